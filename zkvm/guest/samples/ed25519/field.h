/*
 * The integers modulo p = 2^255 - 19 in five limbs of 51 bits, least significant first. Results of multiplications have
 * limbs below 2^52; sums and differences of such are not carried, and multiplication accepts limbs below 2^54.
 */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t limb[5];
} fe;

extern const fe FE_ZERO, FE_ONE;

static inline fe fe_add(fe a, fe b) {
    for (int i = 0; i < 5; i++) a.limb[i] += b.limb[i];
    return a;
}

/* b's limbs below 2^53 - 76: 4p is added so that none goes below zero. */
static inline fe fe_sub(fe a, fe b) {
    a.limb[0] += 0x1fffffffffffb4 - b.limb[0];
    for (int i = 1; i < 5; i++) a.limb[i] += 0x1ffffffffffffc - b.limb[i];
    return a;
}

void fe_mul(fe *out, const fe *a, const fe *b);
void fe_square(fe *out, const fe *a);

/* a to the power of 2^252 - 3 = (p - 5) / 8, the heart of the square root; and a to the power of p - 2, its inverse. */
fe fe_pow_p58(fe a);
fe fe_invert(fe a);

bool fe_equal(fe a, fe b);
/* The lowest bit of a's canonical form. */
bool fe_is_odd(fe a);

/* The top bit is ignored. False if the other 255 are not below p. */
bool fe_decode(fe *out, const uint8_t bytes[32]);
void fe_encode(uint8_t bytes[32], fe a);

#endif
