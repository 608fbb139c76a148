/*
 * The twisted Edwards curve -x^2 + y^2 = 1 + d x^2 y^2 modulo 2^255 - 19, in extended coordinates: the point is
 * (x/z, y/z), and t = xy/z. Formulas: Hisil, Wong, Carter, Dawson, "Twisted Edwards curves revisited", which are
 * complete here (they need no special cases).
 */
#ifndef CURVE_H
#define CURVE_H

#include <stdbool.h>

#include "field.h"

typedef struct {
    fe x, y, z, t;
} point;

point point_base(void);
point point_negate(point p);

/* s·p + k·q for scalars of 256 bits, least significant byte first. Not in constant time: everything here is public. */
point point_combine(const uint8_t s[32], const point *p, const uint8_t k[32], const point *q);

/* False unless the bytes are the one encoding of a point of the curve (RFC 8032, section 5.1.3). */
bool point_decode(point *out, const uint8_t bytes[32]);
void point_encode(uint8_t bytes[32], const point *p);

#endif
