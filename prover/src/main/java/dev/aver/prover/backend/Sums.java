package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;

/**
 * Sums of products in K with one reduction at the end, and products in E made of them.
 *
 * <p>4·p^2 is below 2^64, so four products are added as they are, as an unsigned number. Of many such numbers the
 * halves are added apart.
 */
public final class Sums {
    private static final long LOW = 0xffffffffL;

    /** p^-1 modulo 2^32, as in {@link KoalaBear}. */
    private static final int P_INVERSE = 0x81000001;

    private Sums() {}

    /** The sum of {@code a[aAt + i] · b[bAt + i]} over i below {@code count}. */
    public static int dot(int[] a, int aAt, int[] b, int bAt, int count) {
        long high = 0;
        long low = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            long four = (long) a[aAt + i] * b[bAt + i]
                    + (long) a[aAt + i + 1] * b[bAt + i + 1]
                    + (long) a[aAt + i + 2] * b[bAt + i + 2]
                    + (long) a[aAt + i + 3] * b[bAt + i + 3];
            high += four >>> 32;
            low += four & LOW;
        }
        for (; i < count; i++) {
            long product = (long) a[aAt + i] * b[bAt + i];
            high += product >>> 32;
            low += product & LOW;
        }
        return reduce(high, low);
    }

    /** (high·2^32 + low) / 2^32, which is what a sum of products of Montgomery forms has to be divided by. */
    public static int reduce(long high, long low) {
        // Adding the multiple of p that ends in the same 32 bits leaves a number divisible by 2^32; see KoalaBear.
        long multiple = Integer.toUnsignedLong((int) low * P_INVERSE) * KoalaBear.P;
        return (int) ((high + (low >>> 32) - (multiple >>> 32) + KoalaBear.P) % KoalaBear.P);
    }

    private static int sum6(long p0, long p1, long p2, long p3, long p4, long p5) {
        long four = p0 + p1 + p2 + p3;
        long two = p4 + p5;
        return reduce((four >>> 32) + (two >>> 32), (four & LOW) + (two & LOW));
    }

    /**
     * The product in E of the elements at {@code a[aAt]} and {@code b[bAt]}, coordinates together, to {@code out[at]}.
     * The places may overlap.
     */
    static void multiply(int[] a, int aAt, int[] b, int bAt, int[] out, int at) {
        long a0 = a[aAt];
        long a1 = a[aAt + 1];
        long a2 = a[aAt + 2];
        long a3 = a[aAt + 3];
        long a4 = a[aAt + 4];
        long a5 = a[aAt + 5];
        long b0 = b[bAt];
        long b1 = b[bAt + 1];
        long b2 = b[bAt + 2];
        long b3 = b[bAt + 3];
        long b4 = b[bAt + 4];
        long b5 = b[bAt + 5];
        // What z^i·b consists of, by z^6 = −z^3 − 1. Negatives of 0 are p here, which the bound on four products
        // allows.
        long n1 = KoalaBear.P - b1;
        long n2 = KoalaBear.P - b2;
        long n3 = KoalaBear.P - b3;
        long n4 = KoalaBear.P - b4;
        long n5 = KoalaBear.P - b5;
        long d0 = KoalaBear.sub((int) b0, (int) b3);
        long d1 = KoalaBear.sub((int) b1, (int) b4);
        long d2 = KoalaBear.sub((int) b2, (int) b5);
        long e1 = KoalaBear.P - d1;
        long e2 = KoalaBear.P - d2;
        out[at] = sum6(a0 * b0, a1 * n5, a2 * n4, a3 * n3, a4 * e2, a5 * e1);
        out[at + 1] = sum6(a0 * b1, a1 * b0, a2 * n5, a3 * n4, a4 * n3, a5 * e2);
        out[at + 2] = sum6(a0 * b2, a1 * b1, a2 * b0, a3 * n5, a4 * n4, a5 * n3);
        out[at + 3] = sum6(a0 * b3, a1 * d2, a2 * d1, a3 * d0, a4 * n2, a5 * n1);
        out[at + 4] = sum6(a0 * b4, a1 * b3, a2 * d2, a3 * d1, a4 * d0, a5 * n2);
        out[at + 5] = sum6(a0 * b5, a1 * b4, a2 * b3, a3 * d2, a4 * d1, a5 * d0);
    }

    /** Adds the element of E at {@code element[from]} to that at {@code target[at]}, coordinates together. */
    static void addTo(int[] target, int at, int[] element, int from) {
        for (int k = 0; k < E6.DEGREE; k++) target[at + k] = KoalaBear.add(target[at + k], element[from + k]);
    }
}
