#include <string.h>

#include "zkvm_accelerators.h"

/* Keccak-f[1600] with lanes A[x, y] in state[x + 5y], little-endian (the Keccak reference, sections 1.2 and 1.3). */

#define RATE 136  /* bytes: 1600 - 2·256 bits */

static const uint64_t IOTA[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline uint64_t rotl(uint64_t x, int n) {
    return x << n | x >> (-n & 63);
}

/*
 * One row of the state after theta, rho, pi and chi: the five lanes that pi moves there, with the turns that rho gives
 * them. The parities of the new columns, which the next round's theta needs, are gathered on the way, so that a round
 * loads and stores every lane once.
 */
#define ROW(row, from0, n0, from1, n1, from2, n2, from3, n3, from4, n4)                                              \
    do {                                                                                                             \
        uint64_t b0 = rotl(in[from0] ^ d[(from0) % 5], n0), b1 = rotl(in[from1] ^ d[(from1) % 5], n1);               \
        uint64_t b2 = rotl(in[from2] ^ d[(from2) % 5], n2), b3 = rotl(in[from3] ^ d[(from3) % 5], n3);               \
        uint64_t b4 = rotl(in[from4] ^ d[(from4) % 5], n4);                                                          \
        parity[0] ^= out[row] = b0 ^ (~b1 & b2);                                                                     \
        parity[1] ^= out[row + 1] = b1 ^ (~b2 & b3);                                                                 \
        parity[2] ^= out[row + 2] = b2 ^ (~b3 & b4);                                                                 \
        parity[3] ^= out[row + 3] = b3 ^ (~b4 & b0);                                                                 \
        parity[4] ^= out[row + 4] = b4 ^ (~b0 & b1);                                                                 \
    } while (0)

/* Without loops, so that d and the parities can live in registers. */
static inline __attribute__((always_inline)) void permute_round(
        const uint64_t in[25], uint64_t out[25], uint64_t parity[5], uint64_t iota) {
    uint64_t d[5] = {
        parity[4] ^ rotl(parity[1], 1), parity[0] ^ rotl(parity[2], 1), parity[1] ^ rotl(parity[3], 1),
        parity[2] ^ rotl(parity[4], 1), parity[3] ^ rotl(parity[0], 1),
    };
    parity[0] = iota, parity[1] = parity[2] = parity[3] = parity[4] = 0;
    ROW(0, 0, 0, 6, 44, 12, 43, 18, 21, 24, 14);
    ROW(5, 3, 28, 9, 20, 10, 3, 16, 45, 22, 61);
    ROW(10, 1, 1, 7, 6, 13, 25, 19, 8, 20, 18);
    ROW(15, 4, 27, 5, 36, 11, 10, 17, 15, 23, 56);
    ROW(20, 2, 62, 8, 55, 14, 39, 15, 41, 21, 2);
    out[0] ^= iota;
}

static void permute(uint64_t a[25]) {
    uint64_t b[25];
    uint64_t parity[5] = {
        a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20], a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21], a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22],
        a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23], a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24],
    };
    for (int round = 0; round < 24; round += 2) {
        permute_round(a, b, parity, IOTA[round]);
        permute_round(b, a, parity, IOTA[round + 1]);
    }
}

/* Data may be misaligned; memcpy becomes one load when the compiler knows better, eight otherwise. */
static void absorb(uint64_t state[25], const uint8_t *block) {
    for (int i = 0; i < RATE / 8; i++) {
        uint64_t lane;
        memcpy(&lane, block + 8 * i, 8);
        state[i] ^= lane;
    }
    permute(state);
}

zkvm_status zkvm_keccak256(const uint8_t *data, size_t len, zkvm_keccak256_hash *output) {
    uint64_t state[25] = {0};
    for (; len >= RATE; data += RATE, len -= RATE) absorb(state, data);
    uint8_t last[RATE] = {0};
    if (len != 0) memcpy(last, data, len);
    last[len] ^= 0x01;
    last[RATE - 1] ^= 0x80;
    absorb(state, last);
    memcpy(output->data, state, 32);
    return ZKVM_EOK;
}
