#include "field.h"

#include <string.h>

typedef unsigned __int128 u128;

#define MASK ((1ul << 51) - 1)

const fe FE_ZERO = {{0}}, FE_ONE = {{1}};

/* Sums of products, below 2^115 each, to limbs of 51 bits (and a little in the second). */
static inline void carry(fe *out, u128 r0, u128 r1, u128 r2, u128 r3, u128 r4) {
    r1 += (uint64_t)(r0 >> 51);
    r2 += (uint64_t)(r1 >> 51);
    r3 += (uint64_t)(r2 >> 51);
    r4 += (uint64_t)(r3 >> 51);
    u128 low = (u128)(uint64_t)(r4 >> 51) * 19 + ((uint64_t)r0 & MASK);
    out->limb[0] = (uint64_t)low & MASK;
    out->limb[1] = ((uint64_t)r1 & MASK) + (uint64_t)(low >> 51);
    out->limb[2] = (uint64_t)r2 & MASK;
    out->limb[3] = (uint64_t)r3 & MASK;
    out->limb[4] = (uint64_t)r4 & MASK;
    out->limb[2] += out->limb[1] >> 51;
    out->limb[1] &= MASK;
}

void fe_mul(fe *out, const fe *a, const fe *b) {
    uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    uint64_t b0 = b->limb[0], b1 = b->limb[1], b2 = b->limb[2], b3 = b->limb[3], b4 = b->limb[4];
    uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
    carry(out,
            (u128)a0 * b0 + (u128)a1 * c4 + (u128)a2 * c3 + (u128)a3 * c2 + (u128)a4 * c1,
            (u128)a0 * b1 + (u128)a1 * b0 + (u128)a2 * c4 + (u128)a3 * c3 + (u128)a4 * c2,
            (u128)a0 * b2 + (u128)a1 * b1 + (u128)a2 * b0 + (u128)a3 * c4 + (u128)a4 * c3,
            (u128)a0 * b3 + (u128)a1 * b2 + (u128)a2 * b1 + (u128)a3 * b0 + (u128)a4 * c4,
            (u128)a0 * b4 + (u128)a1 * b3 + (u128)a2 * b2 + (u128)a3 * b1 + (u128)a4 * b0);
}

void fe_square(fe *out, const fe *a) {
    uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, c3 = 19 * a3, c4 = 19 * a4;
    carry(out,
            (u128)a0 * a0 + (u128)d1 * c4 + (u128)d2 * c3,
            (u128)d0 * a1 + (u128)d2 * c4 + (u128)a3 * c3,
            (u128)d0 * a2 + (u128)a1 * a1 + (u128)(2 * a3) * c4,
            (u128)d0 * a3 + (u128)d1 * a2 + (u128)a4 * c4,
            (u128)d0 * a4 + (u128)d1 * a3 + (u128)a2 * a2);
}

/* a^(2^n) · b */
static fe shift_mul(fe a, int n, fe b) {
    for (int i = 0; i < n; i++) fe_square(&a, &a);
    fe_mul(&a, &a, &b);
    return a;
}

/* a^(2^250 - 1), by doubling the number of ones in the exponent: 1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 250. */
static fe ones_250(fe a) {
    fe n2 = shift_mul(a, 1, a);
    fe n4 = shift_mul(n2, 2, n2);
    fe n5 = shift_mul(n4, 1, a);
    fe n10 = shift_mul(n5, 5, n5);
    fe n20 = shift_mul(n10, 10, n10);
    fe n40 = shift_mul(n20, 20, n20);
    fe n50 = shift_mul(n40, 10, n10);
    fe n100 = shift_mul(n50, 50, n50);
    fe n200 = shift_mul(n100, 100, n100);
    return shift_mul(n200, 50, n50);
}

fe fe_pow_p58(fe a) {
    return shift_mul(ones_250(a), 2, a);
}

fe fe_invert(fe a) {
    fe a3 = shift_mul(a, 1, a);
    return shift_mul(ones_250(a), 5, shift_mul(a, 3, a3)); /* p - 2 = (2^250 - 1) · 2^5 + 11 */
}

void fe_encode(uint8_t bytes[32], fe a) {
    uint64_t *l = a.limb;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 4; i++) {
            l[i + 1] += l[i] >> 51;
            l[i] &= MASK;
        }
        l[0] += 19 * (l[4] >> 51);
        l[4] &= MASK;
    }
    /* a is below 2^255 + 19 now: subtract p if a + 19 reaches 2^255. */
    uint64_t q = (l[0] + 19) >> 51;
    for (int i = 1; i < 5; i++) q = (l[i] + q) >> 51;
    l[0] += 19 * q;
    for (int i = 0; i < 4; i++) {
        l[i + 1] += l[i] >> 51;
        l[i] &= MASK;
    }
    l[4] &= MASK;
    uint64_t words[4] = {
        l[0] | l[1] << 51,
        l[1] >> 13 | l[2] << 38,
        l[2] >> 26 | l[3] << 25,
        l[3] >> 39 | l[4] << 12,
    };
    memcpy(bytes, words, 32);
}

bool fe_decode(fe *out, const uint8_t bytes[32]) {
    uint64_t words[4];
    memcpy(words, bytes, 32);
    words[3] &= ~(1ul << 63);
    out->limb[0] = words[0] & MASK;
    out->limb[1] = (words[0] >> 51 | words[1] << 13) & MASK;
    out->limb[2] = (words[1] >> 38 | words[2] << 26) & MASK;
    out->limb[3] = (words[2] >> 25 | words[3] << 39) & MASK;
    out->limb[4] = words[3] >> 12;
    uint8_t canonical[32];
    fe_encode(canonical, *out);
    return memcmp(canonical, words, 32) == 0;
}

bool fe_equal(fe a, fe b) {
    uint8_t x[32], y[32];
    fe_encode(x, a);
    fe_encode(y, b);
    return memcmp(x, y, 32) == 0;
}

bool fe_is_odd(fe a) {
    uint8_t bytes[32];
    fe_encode(bytes, a);
    return bytes[0] & 1;
}
