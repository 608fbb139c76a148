package dev.aver.circuits.field;

import static dev.aver.circuits.field.KoalaBear.add;
import static dev.aver.circuits.field.KoalaBear.fold;
import static dev.aver.circuits.field.KoalaBear.mul;
import static dev.aver.circuits.field.KoalaBear.sub;

/**
 * An element c0 + c1·z + … + c5·z^5 of the extension E = K[z]/(z^6 + z^3 + 1), whose size p^6 is 185.9 bits.
 *
 * <p>z^6 + z^3 + 1 is the ninth cyclotomic polynomial. It is irreducible over K because p ≡ 2 generates the units
 * modulo 9 (Lidl, Niederreiter, <i>Finite Fields</i>, Theorem 2.47), and it gives two things for nothing. z^9 = 1, so a
 * product is reduced by additions only. And z^p = z^2, so the Frobenius map, which fixes K, permutes the powers of z:
 * z^i → z^(2i mod 9).
 *
 * <p>A value: the verifier and tables of constants hold these. Many elements are held as six columns of coordinates in
 * one array, which {@link #read} and {@link #write} address.
 *
 * @param c0 the coordinate of 1, as all coordinates an element of K in Montgomery form
 */
public record E6(int c0, int c1, int c2, int c3, int c4, int c5) {
    /** The number of coordinates. */
    public static final int DEGREE = 6;

    /** 0. */
    public static final E6 ZERO = of(0);

    /** 1. */
    public static final E6 ONE = of(KoalaBear.ONE);

    /** z, a root of unity of order 9. */
    public static final E6 Z = new E6(0, KoalaBear.ONE, 0, 0, 0, 0);

    public E6 {
        assert KoalaBear.isCanonical(c0) && KoalaBear.isCanonical(c1) && KoalaBear.isCanonical(c2) : "not below p";
        assert KoalaBear.isCanonical(c3) && KoalaBear.isCanonical(c4) && KoalaBear.isCanonical(c5) : "not below p";
    }

    /** An element of K as one of E. */
    public static E6 of(int base) {
        return new E6(base, 0, 0, 0, 0, 0);
    }

    /**
     * The element whose coordinate i is {@code array[offset + i * stride]}: with stride 1 the six lie together, with
     * the number of elements as stride they lie in six columns.
     */
    public static E6 read(int[] array, int offset, int stride) {
        return new E6(
                array[offset],
                array[offset + stride],
                array[offset + 2 * stride],
                array[offset + 3 * stride],
                array[offset + 4 * stride],
                array[offset + 5 * stride]);
    }

    /** Writes the coordinates where {@link #read} finds them. */
    public void write(int[] array, int offset, int stride) {
        array[offset] = c0;
        array[offset + stride] = c1;
        array[offset + 2 * stride] = c2;
        array[offset + 3 * stride] = c3;
        array[offset + 4 * stride] = c4;
        array[offset + 5 * stride] = c5;
    }

    /** this + b. */
    public E6 plus(E6 b) {
        return new E6(add(c0, b.c0), add(c1, b.c1), add(c2, b.c2), add(c3, b.c3), add(c4, b.c4), add(c5, b.c5));
    }

    /** this − b. */
    public E6 minus(E6 b) {
        return new E6(sub(c0, b.c0), sub(c1, b.c1), sub(c2, b.c2), sub(c3, b.c3), sub(c4, b.c4), sub(c5, b.c5));
    }

    /** −this. */
    public E6 negated() {
        return ZERO.minus(this);
    }

    /** this · b, for b in K. */
    public E6 times(int b) {
        return new E6(mul(c0, b), mul(c1, b), mul(c2, b), mul(c3, b), mul(c4, b), mul(c5, b));
    }

    /** this · b. */
    public E6 times(E6 b) {
        // The product modulo z^9 − 1, each a sum of at most six numbers below p.
        return reduced(
                product(c0, b.c0) + product(c4, b.c5) + product(c5, b.c4),
                product(c0, b.c1) + product(c1, b.c0) + product(c5, b.c5),
                product(c0, b.c2) + product(c1, b.c1) + product(c2, b.c0),
                product(c0, b.c3) + product(c1, b.c2) + product(c2, b.c1) + product(c3, b.c0),
                product(c0, b.c4) + product(c1, b.c3) + product(c2, b.c2) + product(c3, b.c1) + product(c4, b.c0),
                product(c0, b.c5)
                        + product(c1, b.c4)
                        + product(c2, b.c3)
                        + product(c3, b.c2)
                        + product(c4, b.c1)
                        + product(c5, b.c0),
                product(c1, b.c5) + product(c2, b.c4) + product(c3, b.c3) + product(c4, b.c2) + product(c5, b.c1),
                product(c2, b.c5) + product(c3, b.c4) + product(c4, b.c3) + product(c5, b.c2),
                product(c3, b.c5) + product(c4, b.c4) + product(c5, b.c3));
    }

    /** this · this. */
    public E6 squared() {
        return times(this);
    }

    /**
     * This to the power of {@code exponent}; 1 if that is 0, whatever this is.
     *
     * @param exponent not negative
     */
    public E6 pow(long exponent) {
        assert exponent >= 0 : exponent;
        E6 power = ONE;
        for (int bit = 63 - Long.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
            power = power.squared();
            if (((exponent >>> bit) & 1) != 0) power = power.times(this);
        }
        return power;
    }

    /**
     * The Frobenius map applied {@code times} times, this to the power of p^times: one of the six conjugates.
     *
     * @param times not negative; 6 is the identity
     */
    public E6 frobenius(int times) {
        assert times >= 0 : times;
        int factor = 1;
        for (int i = 0; i < times % DEGREE; i++) factor = factor * 2 % 9;
        long[] powers = new long[9];
        powers[0] = c0;
        powers[factor] = c1;
        powers[2 * factor % 9] = c2;
        powers[3 * factor % 9] = c3;
        powers[4 * factor % 9] = c4;
        powers[5 * factor % 9] = c5;
        return reduced(
                powers[0], powers[1], powers[2], powers[3], powers[4], powers[5], powers[6], powers[7], powers[8]);
    }

    /** The product of the six conjugates, which lies in K; 0 only for 0. */
    public int norm() {
        return times(otherConjugates()).c0;
    }

    /**
     * 1 / this: the other five conjugates' product over the norm (Itoh, Tsujii, <i>A fast algorithm for computing
     * multiplicative inverses in GF(2^m) using normal bases</i>, Information and Computation 78, 1988).
     *
     * @throws ArithmeticException if this is 0. Whoever divides by what another party chose checks that first
     */
    public E6 inverse() {
        E6 others = otherConjugates();
        E6 norm = times(others);
        assert norm.inBaseField() : norm;
        if (norm.c0 == 0) throw new ArithmeticException("0 has no inverse in E");
        return others.times(KoalaBear.inverse(norm.c0));
    }

    /** The product of this to the powers of p, p^2, p^3, p^4 and p^5. */
    private E6 otherConjugates() {
        E6 one = frobenius(1);
        E6 oneToTwo = one.times(one.frobenius(1));
        E6 oneToFour = oneToTwo.times(oneToTwo.frobenius(2));
        return oneToFour.times(one.frobenius(4));
    }

    /** Whether this is 0. */
    public boolean isZero() {
        return (c0 | c1 | c2 | c3 | c4 | c5) == 0;
    }

    /** Whether this lies in K: its coordinates but the first are 0. */
    public boolean inBaseField() {
        return (c1 | c2 | c3 | c4 | c5) == 0;
    }

    /**
     * Replaces {@code count} elements in six columns, element k being {@code read(columns, offset + k, stride)}, by
     * their inverses, at the price of one inversion and three multiplications for each (Montgomery's trick).
     *
     * @throws ArithmeticException if one of them is 0; the array is then unchanged
     */
    public static void invertAll(int[] columns, int offset, int stride, int count) {
        int[] products = new int[DEGREE * count];
        E6 product = ONE;
        for (int k = 0; k < count; k++) {
            product.write(products, k, count);
            product = product.times(read(columns, offset + k, stride));
        }
        E6 inverse = product.inverse();
        for (int k = count - 1; k >= 0; k--) {
            E6 element = read(columns, offset + k, stride);
            inverse.times(read(products, k, count)).write(columns, offset + k, stride);
            inverse = inverse.times(element);
        }
    }

    /** The coordinates in canonical form, as a polynomial in z. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] coordinates = {c0, c1, c2, c3, c4, c5};
        for (int i = 0; i < DEGREE; i++) {
            if (coordinates[i] == 0) continue;
            if (!text.isEmpty()) text.append(" + ");
            text.append(KoalaBear.canonical(coordinates[i]));
            if (i > 0) text.append("·z");
            if (i > 1) text.append('^').append(i);
        }
        return text.isEmpty() ? "0" : text.toString();
    }

    private static long product(int a, int b) {
        return mul(a, b);
    }

    /** d0 + d1·z + … + d8·z^8, each in [0, 6p]: z^6 = −z^3 − 1, and so for z^7 and z^8. */
    private static E6 reduced(long d0, long d1, long d2, long d3, long d4, long d5, long d6, long d7, long d8) {
        // Adding 6p keeps the differences from being negative.
        long lift6 = 6L * KoalaBear.P - d6;
        long lift7 = 6L * KoalaBear.P - d7;
        long lift8 = 6L * KoalaBear.P - d8;
        return new E6(
                fold(d0 + lift6),
                fold(d1 + lift7),
                fold(d2 + lift8),
                fold(d3 + lift6),
                fold(d4 + lift7),
                fold(d5 + lift8));
    }
}
