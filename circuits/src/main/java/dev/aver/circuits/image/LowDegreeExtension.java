package dev.aver.circuits.image;

import dev.aver.circuits.field.KoalaBear;

/**
 * The extension of a column at rate 1/2, plain: what a prover's kernels must give. The column is a polynomial's values
 * on the subgroup of order N; its extension is that polynomial's values on the coset of 3 of the subgroup of order 2N,
 * bit-reversed: place i holds the value at 3·ω^rev(i).
 */
final class LowDegreeExtension {
    private final int logHeight;

    /** Powers of the root of order 2N, N of them: the butterflies' factors. */
    private final int[] roots;

    private final int[] inverseRoots;

    /** An extension of columns of 2^logHeight values. */
    LowDegreeExtension(int logHeight) {
        this.logHeight = logHeight;
        int root = KoalaBear.rootOfUnity(logHeight + 1);
        roots = powers(root, 1 << logHeight);
        inverseRoots = powers(KoalaBear.inverse(root), 1 << logHeight);
    }

    private static int[] powers(int base, int count) {
        int[] powers = new int[count];
        int power = KoalaBear.ONE;
        for (int i = 0; i < count; i++) {
            powers[i] = power;
            power = KoalaBear.mul(power, base);
        }
        return powers;
    }

    /** Extends {@code values[from …]} into twice as many elements, {@code to[at …]}. */
    void extend(int[] values, int from, int[] to, int at) {
        int height = 1 << logHeight;
        int[] bitReversed = new int[height];
        System.arraycopy(values, from, bitReversed, 0, height);
        transform(bitReversed, 0, logHeight, inverseRoots);
        // Coefficients, each with its power of 3, which moves the subgroup to the coset; the upper half is zero.
        int factor = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logHeight);
        for (int i = 0; i < height; i++) {
            int place = logHeight == 0 ? 0 : Integer.reverse(i) >>> (32 - logHeight);
            to[at + i] = KoalaBear.mul(bitReversed[place], factor);
            to[at + height + i] = 0;
            factor = KoalaBear.mul(factor, KoalaBear.GENERATOR);
        }
        transform(to, at, logHeight + 1, roots);
    }

    /**
     * The discrete Fourier transform by decimation in frequency, in place: natural order in, bit-reversed order out.
     */
    private void transform(int[] a, int at, int log, int[] powers) {
        for (int half = 1 << log >> 1; half > 0; half >>= 1) {
            int stride = (1 << logHeight) / half;
            for (int block = at; block < at + (1 << log); block += 2 * half) {
                for (int j = 0; j < half; j++) {
                    int x = a[block + j];
                    int y = a[block + half + j];
                    a[block + j] = KoalaBear.add(x, y);
                    a[block + half + j] = KoalaBear.mul(KoalaBear.sub(x, y), powers[j * stride]);
                }
            }
        }
    }
}
