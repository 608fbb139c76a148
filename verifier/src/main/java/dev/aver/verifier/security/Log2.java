package dev.aver.verifier.security;

import java.math.BigInteger;

/**
 * Binary logarithms, the same on every machine, and how far to trust them.
 *
 * <p>A round's bits are sums of a few logarithms of at most 512 in size, and of up to 2^14 times a logarithm of at most
 * 8. Each is off by a few units in its last place: together less than 2^−32. Every result is therefore lowered by
 * {@link #SLACK}, 2^−30 bits, before it is compared or rounded down, and what is then claimed is there.
 */
final class Log2 {
    /** What is taken off a sum of logarithms before anything is claimed. */
    static final double SLACK = 0x1p-30;

    private static final double LN2 = StrictMath.log(2);

    private Log2() {}

    /** log2(x), x > 0, within a few units in the last place. */
    static double of(double x) {
        return StrictMath.log(x) / LN2;
    }

    /** log2(x), x > 0, likewise. */
    static double of(BigInteger x) {
        int shift = Math.max(0, x.bitLength() - 62);
        return of((double) x.shiftRight(shift).longValueExact()) + shift;
    }
}
