/*
 * SHA-256 applied to its own output again and again: a proof of sequential work.
 *
 * Input: seed (32 bytes), count (u32). Journal: seed, count, the last digest.
 */
#include "aver.h"
#include "sample.h"
#include "zkvm_accelerators.h"

int main(void) {
    struct reader in = open_input();
    const uint8_t *seed = take(&in, 32);
    uint32_t count = take_u32(&in);
    expect_end(&in);

    zkvm_sha256_hash digest;
    memcpy(digest.data, seed, 32);
    aver_region_begin("chain");
    for (uint32_t i = 0; i < count; i++) zkvm_sha256(digest.data, 32, &digest);
    aver_region_end();

    print_hex("digest: ", digest.data, 32);
    write_output(seed, 32);
    write_output((const uint8_t *)&count, sizeof count);
    write_output(digest.data, 32);
    return 0;
}
