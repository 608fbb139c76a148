#include "aver_sha256.h"

#include <string.h>

#include "zkvm_accelerators.h"

/* The fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2). */
static const uint32_t ROUND[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotr(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static inline uint32_t load_be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void store_be32(uint8_t *p, uint32_t x) {
    p[0] = x >> 24;
    p[1] = x >> 16;
    p[2] = x >> 8;
    p[3] = x;
}

/* One round, with the working variables passed in rotated order instead of being moved. */
#define STEP(a, b, c, d, e, f, g, h, i)                                                                     \
    do {                                                                                                    \
        uint32_t t = h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + (g ^ (e & (f ^ g))) + ROUND[i] + w[i];  \
        d += t;                                                                                             \
        h = t + (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) | (c & (a | b)));                       \
    } while (0)

static void compress(uint32_t state[8], const uint8_t *block) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) w[i] = load_be32(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i += 8) {
        STEP(a, b, c, d, e, f, g, h, i);
        STEP(h, a, b, c, d, e, f, g, i + 1);
        STEP(g, h, a, b, c, d, e, f, i + 2);
        STEP(f, g, h, a, b, c, d, e, i + 3);
        STEP(e, f, g, h, a, b, c, d, i + 4);
        STEP(d, e, f, g, h, a, b, c, i + 5);
        STEP(c, d, e, f, g, h, a, b, i + 6);
        STEP(b, c, d, e, f, g, h, a, i + 7);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void aver_sha256_init(struct aver_sha256 *hash) {
    static const uint32_t INITIAL[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    memcpy(hash->state, INITIAL, sizeof INITIAL);
    hash->length = 0;
}

void aver_sha256_update(struct aver_sha256 *hash, const uint8_t *data, size_t len) {
    if (len == 0) return;
    size_t waiting = hash->length % 64;
    hash->length += len;
    if (waiting != 0) {
        size_t missing = 64 - waiting;
        if (len < missing) {
            memcpy(hash->block + waiting, data, len);
            return;
        }
        memcpy(hash->block + waiting, data, missing);
        compress(hash->state, hash->block);
        data += missing;
        len -= missing;
    }
    for (; len >= 64; data += 64, len -= 64) compress(hash->state, data);
    memcpy(hash->block, data, len);
}

void aver_sha256_finish(struct aver_sha256 *hash, uint8_t digest[32]) {
    size_t waiting = hash->length % 64;
    hash->block[waiting++] = 0x80;
    if (waiting > 56) {
        memset(hash->block + waiting, 0, 64 - waiting);
        compress(hash->state, hash->block);
        waiting = 0;
    }
    memset(hash->block + waiting, 0, 56 - waiting);
    uint64_t bits = hash->length * 8;
    store_be32(hash->block + 56, bits >> 32);
    store_be32(hash->block + 60, bits);
    compress(hash->state, hash->block);
    for (int i = 0; i < 8; i++) store_be32(digest + 4 * i, hash->state[i]);
}

zkvm_status zkvm_sha256(const uint8_t *data, size_t len, zkvm_sha256_hash *output) {
    struct aver_sha256 hash;
    aver_sha256_init(&hash);
    aver_sha256_update(&hash, data, len);
    aver_sha256_finish(&hash, output->data);
    return ZKVM_EOK;
}
