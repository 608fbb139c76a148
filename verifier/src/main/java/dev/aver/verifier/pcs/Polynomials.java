package dev.aver.verifier.pcs;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.List;

/** Polynomials over E, in whatever algebra. */
final class Polynomials {
    private static final int HALF = KoalaBear.halve(KoalaBear.ONE);

    private Polynomials() {}

    /**
     * A polynomial at a point.
     *
     * @param coefficients at least one, lowest first
     */
    static <V> V evaluate(Algebra<V, ?, ?, ?> algebra, List<V> coefficients, V point) {
        V value = coefficients.getLast();
        for (int i = coefficients.size() - 2; i >= 0; i--) {
            value = algebra.add(algebra.mul(value, point), coefficients.get(i));
        }
        return value;
    }

    /**
     * The polynomial of degree below 2^k with given values on the subgroup of order 2^k, at a point.
     *
     * @param values 2^k of them, in bit-reversed order
     */
    static <V> V interpolate(Algebra<V, ?, ?, ?> algebra, List<V> values, V point) {
        // The polynomial is even(y^2) + y·odd(y^2), and its values at u and −u, which are neighbours, give both parts
        // at
        // u^2. So even + point·odd is a polynomial of half the degree, whose value at point^2 is the one asked for.
        List<V> rest = values;
        V power = point;
        while (rest.size() > 1) {
            int k = Integer.numberOfTrailingZeros(rest.size());
            List<V> next = new ArrayList<>();
            for (int i = 0; i < rest.size() / 2; i++) {
                V a = rest.get(2 * i);
                V b = rest.get(2 * i + 1);
                int inverse = KoalaBear.inverse(KoalaBear.pow(KoalaBear.rootOfUnity(k), reversed(i, k - 1)));
                V even = algebra.scale(algebra.add(a, b), HALF);
                V odd = algebra.scale(algebra.sub(a, b), KoalaBear.halve(inverse));
                next.add(algebra.add(even, algebra.mul(power, odd)));
            }
            rest = next;
            power = algebra.mul(power, power);
        }
        return rest.getFirst();
    }

    /** A number's low {@code bits} bits in reversed order. */
    private static int reversed(int number, int bits) {
        return bits == 0 ? 0 : Integer.reverse(number) >>> (32 - bits);
    }

    /** base^exponent, for an exponent of at least 1. */
    static <V> V power(Algebra<V, ?, ?, ?> algebra, V base, int exponent) {
        V power = base;
        for (int bit = 30 - Integer.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
            power = algebra.mul(power, power);
            if (((exponent >>> bit) & 1) != 0) power = algebra.mul(power, base);
        }
        return power;
    }
}
