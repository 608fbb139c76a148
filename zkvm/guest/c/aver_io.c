#include "aver_io.h"

#include <stdlib.h>

#include "aver_ecall.h"
#include "aver_exit.h"
#include "aver_sha256.h"

#define INPUT_LENGTH ((const volatile uint64_t *)0x80000000)
#define INPUT_DATA 0x80000008ul
#define INPUT_END (0x100000000ul - 512)  /* the input half's last page is the host's */

void read_input(const uint8_t **buf_ptr, size_t *buf_size) {
    uint64_t length = *INPUT_LENGTH;
    /* The prover chooses this word. A caller that trusted it could be led around the address space. */
    if (length > INPUT_END - INPUT_DATA) abort();
    *buf_ptr = (const uint8_t *)INPUT_DATA;
    *buf_size = length;
}

static struct aver_sha256 journal;

static const uint8_t *finish_journal(void) {
    static _Alignas(8) uint8_t digest[32];
    aver_sha256_finish(&journal, digest);
    return digest;
}

void write_output(const uint8_t *output, size_t size) {
    if (aver_finish_journal == NULL) {
        aver_sha256_init(&journal);
        aver_finish_journal = finish_journal;
    }
    aver_sha256_update(&journal, output, size);
    aver_write_all(AVER_FD_JOURNAL, output, size);
}
