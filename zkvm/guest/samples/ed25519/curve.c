#include "curve.h"

#include <string.h>

/* d = -121665/121666, a square root of -1, and the base point: y = 4/5, x even (RFC 8032, section 5.1). */
static const fe D = {{0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff}};
static const fe ROOT = {{0x61b274a0ea0b0, 0xd5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d}};
static const fe BASE_X = {{0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5}};
static const fe BASE_Y = {{0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666}};

point point_base(void) {
    point base = {BASE_X, BASE_Y, FE_ONE, FE_ZERO};
    fe_mul(&base.t, &BASE_X, &BASE_Y);
    return base;
}

/* x/z · y/z = t/z */
static void from_factors(point *out, fe e, fe f, fe g, fe h) {
    fe_mul(&out->x, &e, &f);
    fe_mul(&out->y, &g, &h);
    fe_mul(&out->t, &e, &h);
    fe_mul(&out->z, &f, &g);
}

static void point_double(point *p) {
    fe a, b, c, s, sum = fe_add(p->x, p->y);
    fe_square(&a, &p->x);
    fe_square(&b, &p->y);
    fe_square(&c, &p->z);
    fe_square(&s, &sum);
    fe h = fe_add(a, b);
    fe g = fe_sub(a, b);
    from_factors(p, fe_sub(h, s), fe_add(fe_add(c, c), g), g, h);
}

/* A summand with what the addition needs of it: y + x, y - x, 2z, 2dt. */
typedef struct {
    fe sum, difference, z2, dt2;
} summand;

static void prepare(summand *out, const point *p) {
    fe dt;
    fe_mul(&dt, &p->t, &D);
    fe sum = fe_add(p->y, p->x), difference = fe_sub(p->y, p->x);
    *out = (summand){sum, difference, fe_add(p->z, p->z), fe_add(dt, dt)};
}

static void point_add(point *p, const summand *q) {
    fe a, b, c, d, sum = fe_add(p->y, p->x), difference = fe_sub(p->y, p->x);
    fe_mul(&a, &difference, &q->difference);
    fe_mul(&b, &sum, &q->sum);
    fe_mul(&c, &p->t, &q->dt2);
    fe_mul(&d, &p->z, &q->z2);
    from_factors(p, fe_sub(b, a), fe_sub(d, c), fe_add(d, c), fe_add(b, a));
}

static const point NEUTRAL = {{{0}}, {{1}}, {{1}}, {{0}}};

/* 1·p to 15·p at their index. */
static void multiples(summand table[16], const point *p) {
    point multiple = *p;
    prepare(&table[1], p);
    for (int i = 2; i < 16; i++) {
        point_add(&multiple, &table[1]);
        prepare(&table[i], &multiple);
    }
}

static int nibble(const uint8_t scalar[32], int i) {
    return scalar[i / 2] >> (i % 2 * 4) & 15;
}

point point_combine(const uint8_t s[32], const point *p, const uint8_t k[32], const point *q) {
    static summand of_p[16], of_q[16];
    multiples(of_p, p);
    multiples(of_q, q);
    point sum = NEUTRAL;
    for (int i = 63; i >= 0; i--) {
        for (int j = 0; j < 4; j++) point_double(&sum);
        if (nibble(s, i) != 0) point_add(&sum, &of_p[nibble(s, i)]);
        if (nibble(k, i) != 0) point_add(&sum, &of_q[nibble(k, i)]);
    }
    return sum;
}

point point_negate(point p) {
    p.x = fe_sub(FE_ZERO, p.x);
    p.t = fe_sub(FE_ZERO, p.t);
    return p;
}

/* x is the root of u/v with u = y^2 - 1 and v = dy^2 + 1: x = u v^3 (u v^7)^((p-5)/8), perhaps times the root of -1. */
bool point_decode(point *out, const uint8_t bytes[32]) {
    fe y, square, v, v3, v7, x, check;
    if (!fe_decode(&y, bytes)) return false;
    fe_square(&square, &y);
    fe u = fe_sub(square, FE_ONE);
    fe_mul(&v, &square, &D);
    v = fe_add(v, FE_ONE);
    fe_square(&v3, &v);
    fe_mul(&v3, &v3, &v);
    fe_square(&v7, &v3);
    fe_mul(&v7, &v7, &v);
    fe_mul(&v7, &v7, &u);
    x = fe_pow_p58(v7);
    fe_mul(&x, &x, &v3);
    fe_mul(&x, &x, &u);

    fe_square(&check, &x);
    fe_mul(&check, &check, &v);
    if (!fe_equal(check, u)) {
        if (!fe_equal(fe_add(check, u), FE_ZERO)) return false;
        fe_mul(&x, &x, &ROOT);
    }
    bool odd = bytes[31] >> 7;
    if (odd && fe_equal(x, FE_ZERO)) return false;
    if (fe_is_odd(x) != odd) x = fe_sub(FE_ZERO, x);
    *out = (point){x, y, FE_ONE, FE_ZERO};
    fe_mul(&out->t, &x, &y);
    return true;
}

void point_encode(uint8_t bytes[32], const point *p) {
    fe x, y, inverse = fe_invert(p->z);
    fe_mul(&x, &p->x, &inverse);
    fe_mul(&y, &p->y, &inverse);
    fe_encode(bytes, y);
    bytes[31] |= fe_is_odd(x) << 7;
}
