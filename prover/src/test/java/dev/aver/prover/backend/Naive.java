package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Polynomials and domains by their definitions, one element at a time: what the steps of a backend are held against.
 */
final class Naive {
    private Naive() {}

    /** Random elements of K, with some extreme ones among them. */
    static int[] elements(SplittableRandom source, int count) {
        int[] elements = source.ints(count, 0, KoalaBear.P).toArray();
        for (int i = 0; i < count; i += 1 + source.nextInt(20))
            elements[i] = source.nextBoolean() ? 0 : KoalaBear.P - 1;
        return elements;
    }

    /** A random element of E. */
    static E6 extension(SplittableRandom source) {
        return E6.read(elements(source, E6.DEGREE), 0, 1);
    }

    /** Element {@code index} of the subgroup of order 2^log in bit-reversed order. */
    static int subgroup(int log, int index) {
        int reversed = log == 0 ? 0 : Integer.reverse(index) >>> (32 - log);
        return KoalaBear.pow(KoalaBear.rootOfUnity(log), reversed);
    }

    /** Element {@code index} of the coset 3·H in bit-reversed order, H having order 2^log. */
    static int coset(int log, int index) {
        return KoalaBear.mul(KoalaBear.GENERATOR, subgroup(log, index));
    }

    /** A polynomial over K at a point of K. */
    static int at(int[] coefficients, int x) {
        int value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--)
            value = KoalaBear.add(KoalaBear.mul(value, x), coefficients[i]);
        return value;
    }

    /** A polynomial over K at a point of E. */
    static E6 at(int[] coefficients, E6 x) {
        E6 value = E6.ZERO;
        for (int i = coefficients.length - 1; i >= 0; i--)
            value = value.times(x).plus(E6.of(coefficients[i]));
        return value;
    }

    /** Columns of polynomials, each of {@code count} coefficients, as codewords of length 2^logSize. */
    static int[] codewords(int[] coefficients, int count, int logSize) {
        int width = coefficients.length / count;
        int[] codewords = new int[width << logSize];
        for (int column = 0; column < width; column++) {
            int[] polynomial = Arrays.copyOfRange(coefficients, column * count, (column + 1) * count);
            for (int i = 0; i < 1 << logSize; i++) {
                codewords[(column << logSize) + i] = at(polynomial, coset(logSize, i));
            }
        }
        return codewords;
    }
}
