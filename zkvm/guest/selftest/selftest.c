/*
 * Checks the C library's footing on the machine: start-up, memory, thread-local data, arithmetic helpers, input and
 * output, and the ways in which a program can end. The first byte of the input says what to do:
 *
 *   a  all checks that return; prints each one's name, exits with 1 at the first failure
 *   x  exit with the code in the next four bytes
 *   r  return 7 from main, with an atexit handler and a destructor that print
 *   b  abort             f  fail an assertion
 *   j  write a journal in pieces of 0 to 99 bytes, printing in between
 *   e  write a journal and exit with 9
 *   s  overflow the stack by recursion      S  by one frame of 64 MiB
 *   n  load from address 8      i  execute an instruction that does not exist
 *
 * Any other input exits with 2.
 */
#include <assert.h>
#include <errno.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aver.h"
#include "aver_io.h"
#include "aver_sha256.h"
#include "zkvm_accelerators.h"

/* The compiler must not work these out by itself. */
static volatile uint64_t opaque_zero;

static int constructed;
static uint64_t zeroed[1000];
static int initialised[] = {1, 2, 3};
static _Thread_local uint64_t tls_value = 0x1122334455667788;
static _Thread_local uint64_t tls_zero;
static _Thread_local _Alignas(64) uint8_t tls_aligned[64];
static bool print_at_end;

__attribute__((constructor)) static void construct(void) {
    constructed++;
}

__attribute__((destructor)) static void destruct(void) {
    if (print_at_end) puts("destructor");
}

static void at_exit(void) {
    puts("atexit");
}

static bool start_up(void) {
    bool fine = constructed == 1 && initialised[2] == 3;
    for (size_t i = 0; i < sizeof zeroed / sizeof zeroed[0]; i++) fine &= zeroed[i] == 0;
    return fine;
}

static bool thread_local_data(void) {
    bool fine = tls_value == 0x1122334455667788 && tls_zero == 0 && (uintptr_t)tls_aligned % 64 == 0;
    for (int i = 0; i < 64; i++) fine &= tls_aligned[i] == 0;
    tls_value++, tls_zero++;
    memset(tls_aligned, 0xff, 64);
    return fine && tls_value == 0x1122334455667789 && tls_zero == 1;
}

static bool heap(void) {
    uint8_t *blocks[100];
    for (int i = 0; i < 100; i++) {
        blocks[i] = malloc(i * 37 + 1);
        if (blocks[i] == NULL || (uintptr_t)blocks[i] % 8 != 0) return false;
        memset(blocks[i], i, i * 37 + 1);
    }
    for (int i = 0; i < 100; i += 2) free(blocks[i]);
    for (int i = 1; i < 100; i += 2) {
        blocks[i] = realloc(blocks[i], i * 100 + 1);
        if (blocks[i] == NULL || blocks[i][0] != i || blocks[i][i * 37] != i) return false;
    }
    for (int i = 1; i < 100; i += 2) free(blocks[i]);
    uint64_t *clear = calloc(1000, 8);
    if (clear == NULL) return false;
    for (int i = 0; i < 1000; i++) {
        if (clear[i] != 0) return false;
    }
    free(clear);
    errno = 0;
    void *(*volatile allocate)(size_t) = malloc; /* compilers may assume that malloc itself succeeds */
    void *huge = allocate(0x70000000);
    return huge == NULL && errno == ENOMEM;
}

static uint8_t pattern(size_t i) {
    return i * 151 + 7;
}

#define AREA 112

static uint8_t actual[AREA], expected[AREA];

static void fill(void) {
    for (size_t i = 0; i < AREA; i++) actual[i] = expected[i] = pattern(i);
}

static bool as_expected(const void *result, size_t to) {
    return result == actual + to && memcmp(actual, expected, AREA) == 0;
}

/* memcpy, memmove and memset against one byte at a time, over alignments and overlaps. */
static bool memory_functions(void) {
    static const size_t SIZES[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 39, 47, 48, 63};
    for (size_t s = 0; s < sizeof SIZES / sizeof SIZES[0]; s++) {
        size_t size = SIZES[s];
        for (size_t to = 24; to < 32; to++) {
            for (size_t from = 18; from < 40; from += from % 3 + 1) {
                fill();
                for (size_t i = 0; i < size; i++) expected[to + i] = pattern(from + i);
                if (!as_expected(memmove(actual + to, actual + from, size), to)) return false;
            }
            for (size_t from = 0; from < 8; from++) {
                static uint8_t source[80];
                for (size_t i = 0; i < sizeof source; i++) source[i] = pattern(i + size);
                fill();
                for (size_t i = 0; i < size; i++) expected[to + i] = source[from + i];
                if (!as_expected(memcpy(actual + to, source + from, size), to)) return false;
            }
            fill();
            for (size_t i = 0; i < size; i++) expected[to + i] = 0xa5;
            if (!as_expected(memset(actual + to, 0x1a5, size), to)) return false;
        }
    }
    return true;
}

#define ACCESS(name, type, load, store)                                                                              \
    static type load_##name(const void *from) {                                                                      \
        type value;                                                                                                  \
        __asm__ volatile(load " %0, 0(%1)" : "=r"(value) : "r"(from) : "memory");                                    \
        return value;                                                                                                \
    }                                                                                                                \
    static void store_##name(void *to, type value) {                                                                 \
        __asm__ volatile(store " %0, 0(%1)" : : "r"(value), "r"(to) : "memory");                                     \
    }

ACCESS(16, uint16_t, "lhu", "sh")
ACCESS(32, uint32_t, "lwu", "sw")
ACCESS(64, uint64_t, "ld", "sd")

/* Loads and stores at every offset around a boundary of 4 KiB, which is one of words and of 512-byte pages too. */
static bool misaligned(void) {
    static _Alignas(4096) uint8_t pages[8192];
    for (size_t at = 4096 - 16; at <= 4096 + 8; at++) {
        uint64_t expected = 0;
        for (size_t i = 4000; i < 4200; i++) pages[i] = pattern(i);
        for (int i = 7; i >= 0; i--) expected = expected << 8 | pattern(at + i);
        if (load_64(pages + at) != expected) return false;
        if (load_32(pages + at) != (uint32_t)expected || load_16(pages + at) != (uint16_t)expected) return false;
        store_64(pages + at, ~expected);
        for (int i = 0; i < 8; i++) {
            if ((pages[at + i] ^ pattern(at + i)) != 0xff) return false;
        }
        store_32(pages + at, (uint32_t)expected);
        store_16(pages + at + 4, (uint16_t)(expected >> 32));
        if (load_64(pages + at) != ((expected & 0xffffffffffff) | (~expected & 0xffff000000000000))) return false;
        if (pages[at - 1] != pattern(at - 1) || pages[at + 8] != pattern(at + 8)) return false;
    }
    return true;
}

/* What the instruction set does not have: 128-bit division, floating point. */
static bool arithmetic(void) {
    unsigned __int128 big = (unsigned __int128)0x0123456789abcdef << 64 | (0xfedcba9876543210 + opaque_zero);
    uint64_t divisor = 0x123456789abcdef1 + opaque_zero;
    unsigned __int128 quotient = big / divisor;
    if (quotient * divisor + big % divisor != big || big % divisor >= divisor) return false;
    double third = (1.0 + opaque_zero) / 3, sum = 0;
    uint64_t bits;
    memcpy(&bits, &third, 8);
    for (int i = 0; i < 10; i++) sum += 0.1;
    return bits == 0x3fd5555555555555 && sum < 1 && sum > 0.999 && (int64_t)(third * 3e9) == 1000000000;
}

static bool atomics(void) {
    uint32_t word = 5;
    uint64_t doubleword = 1ul << 40;
    uint64_t expected = (1ul << 40) + 3;
    if (__atomic_fetch_add(&word, 0xffffffff, __ATOMIC_SEQ_CST) != 5 || word != 4) return false;
    if (__atomic_exchange_n(&word, 9, __ATOMIC_ACQ_REL) != 4 || word != 9) return false;
    if (__atomic_add_fetch(&doubleword, 3, __ATOMIC_RELAXED) != expected) return false;
    const int order = __ATOMIC_SEQ_CST;
    if (!__atomic_compare_exchange_n(&doubleword, &expected, 77, false, order, order)) return false;
    if (__atomic_compare_exchange_n(&doubleword, &expected, 78, false, order, order)) return false;
    return doubleword == 77 && expected == 77;
}

static int descending(const void *a, const void *b) {
    return *(const int *)b - *(const int *)a;
}

static bool library(void) {
    char text[80];
    int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6};
    qsort(numbers, 8, sizeof numbers[0], descending);
    snprintf(text, sizeof text, "%d %5u|%-5x|%08lX %s %c %%", numbers[0], 42u, 255u, 0xabcdeful, "text", 'z');
    static jmp_buf jump;
    volatile int jumps = 0;
    if (setjmp(jump) < 3) longjmp(jump, ++jumps);
    return strcmp(text, "9    42|ff   |00ABCDEF text z %") == 0 && numbers[7] == 1 && jumps == 3 &&
            strtol("-0x7f", NULL, 0) == -127 && strlen(text + opaque_zero) == 31;
}

static bool input(void) {
    const uint8_t *first, *second;
    size_t first_size = 0, second_size = 1;
    read_input(&first, &first_size);
    read_input(&second, &second_size);
    return first == second && first_size == second_size && first_size == 1 && first[0] == 'a' && (uintptr_t)first % 8 == 0;
}

static bool equals_hex(const uint8_t *bytes, const char *hex) {
    for (int i = 0; i < 32; i++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", bytes[i]);
        if (memcmp(digits, hex + 2 * i, 2) != 0) return false;
    }
    return true;
}

/* Published vectors, then hashes of hashes over all lengths around the block sizes, whole and in pieces. */
static bool hashes(void) {
    zkvm_sha256_hash sha;
    zkvm_keccak256_hash keccak;
    zkvm_sha256((const uint8_t *)"abc", 3, &sha);
    if (!equals_hex(sha.data, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")) return false;
    zkvm_sha256(NULL, 0, &sha);
    if (!equals_hex(sha.data, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")) return false;
    zkvm_keccak256(NULL, 0, &keccak);
    if (!equals_hex(keccak.data, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")) return false;

    static uint8_t data[141], all_sha[141 * 32], all_keccak[141 * 32];
    for (size_t i = 0; i < sizeof data; i++) data[i] = pattern(i);
    for (size_t size = 0; size <= 140; size++) {
        struct aver_sha256 pieces;
        uint8_t digest[32];
        zkvm_sha256(data + 1, size, &sha);
        zkvm_keccak256(data + 1, size, &keccak);
        aver_sha256_init(&pieces);
        for (size_t at = 0; at < size;) {
            size_t piece = (at * 7 + size) % 90;
            if (piece > size - at) piece = size - at;
            aver_sha256_update(&pieces, data + 1 + at, piece);
            at += piece == 0 ? aver_sha256_update(&pieces, data + 1 + at, 1), 1 : piece;
        }
        aver_sha256_finish(&pieces, digest);
        if (memcmp(digest, sha.data, 32) != 0) return false;
        memcpy(all_sha + 32 * size, sha.data, 32);
        memcpy(all_keccak + 32 * size, keccak.data, 32);
    }
    zkvm_sha256(all_sha, sizeof all_sha, &sha);
    zkvm_keccak256(all_keccak, sizeof all_keccak, &keccak);
    write_output(sha.data, 32);
    write_output(keccak.data, 32);
    return true;
}

static int run_checks(void) {
    static const struct {
        const char *name;
        bool (*check)(void);
    } CHECKS[] = {
        {"start-up", start_up}, {"thread-local data", thread_local_data}, {"heap", heap},
        {"memory functions", memory_functions}, {"misaligned accesses", misaligned}, {"arithmetic", arithmetic},
        {"atomics", atomics}, {"library", library}, {"input", input}, {"hashes", hashes},
    };
    for (size_t i = 0; i < sizeof CHECKS / sizeof CHECKS[0]; i++) {
        aver_region_begin(CHECKS[i].name);
        bool fine = CHECKS[i].check();
        aver_region_end();
        printf("%s: %s\n", CHECKS[i].name, fine ? "ok" : "FAILED");
        if (!fine) return 1;
    }
    return 0;
}

static void write_pieces(void) {
    uint8_t bytes[100];
    for (size_t size = 0; size < sizeof bytes; size++) {
        for (size_t i = 0; i < size; i++) bytes[i] = pattern(i + size);
        write_output(bytes, size);
        if (size % 10 == 0) printf("%lu ", size);
    }
}

#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Winfinite-recursion"

__attribute__((noinline)) static uint64_t recurse(uint64_t depth) {
    volatile uint64_t frame[64];
    frame[depth % 64] = depth;
    return recurse(depth + 1) + frame[depth % 64];
}

__attribute__((noinline)) static uint64_t large_frame(uint64_t at) {
    volatile uint8_t frame[64 << 20];
    frame[at] = 1;
    return frame[at] + frame[at + 1];
}

int main(void) {
    const uint8_t *in;
    size_t size;
    read_input(&in, &size);
    uint32_t code = 0;
    if (size == 5) memcpy(&code, in + 1, 4);
    switch (size == 0 ? 0 : in[0]) {
        case 'a':
            return run_checks();
        case 'x':
            exit((int)code);
        case 'r':
            print_at_end = true;
            atexit(at_exit);
            puts("main");
            return 7;
        case 'b':
            printf("aborting");
            abort();
        case 'f':
            assert(opaque_zero == 1);
            return 0;
        case 'j':
            write_pieces();
            return 0;
        case 'e':
            write_output((const uint8_t *)"failed", 6);
            exit(9);
        case 's':
            return (int)recurse(opaque_zero);
        case 'S':
            return (int)large_frame(opaque_zero);
        case 'n':
            return *(volatile int *)(opaque_zero + 8);
        case 'i':
            __asm__ volatile("unimp");
            return 0;
        default:
            return 2;
    }
}
