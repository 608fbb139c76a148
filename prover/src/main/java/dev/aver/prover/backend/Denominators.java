package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.add;
import static dev.aver.circuits.field.KoalaBear.mul;
import static dev.aver.circuits.field.KoalaBear.neg;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * 1 / (z − x) for one z of E and many x of K, at the price of about fifteen multiplications in K for each x.
 *
 * <p>Let χ(X) be the product of X − z' over z and its five conjugates; its coefficients lie in K. Then χ(X) = (X − z) ·
 * q(X), where q has degree 5 and coefficients q_j in E, and
 *
 * <pre>1 / (z − x) = −q(x) / χ(x) = Σ_j q_j · w_j(x),   w_j(x) = −x^j / χ(x)</pre>
 *
 * The six weights lie in K, and so does all that is inverted. Sums over many x with coefficients in K need no more than
 * the weights: Σ_x f(x) / (z − x) = Σ_j q_j · (Σ_x f(x)·w_j(x)).
 */
public final class Denominators {
    private final int[] norm = new int[E6.DEGREE];
    private final E6[] quotient = new E6[E6.DEGREE];

    /** Coordinate k of q_j is at 6·k + j. */
    private final int[] coordinates = new int[E6.DEGREE * E6.DEGREE];

    /**
     * Those of one z.
     *
     * @param z outside K
     */
    public Denominators(E6 z) {
        E6[] product = new E6[E6.DEGREE + 1];
        Arrays.fill(product, E6.ZERO);
        product[0] = E6.ONE;
        for (int conjugate = 0; conjugate < E6.DEGREE; conjugate++) {
            E6 root = z.frobenius(conjugate);
            for (int i = conjugate + 1; i > 0; i--) product[i] = product[i - 1].minus(product[i].times(root));
            product[0] = product[0].times(root).negated();
        }
        // Division by X − z, from the highest coefficient down.
        E6 carry = product[E6.DEGREE];
        for (int j = E6.DEGREE - 1; j >= 0; j--) {
            norm[j] = product[j].c0();
            quotient[j] = carry;
            carry.write(coordinates, j, E6.DEGREE);
            carry = product[j].plus(carry.times(z));
        }
        assert carry.isZero() : carry;
    }

    /**
     * The weights, times a power of x.
     *
     * @param xs elements of K of which none is a conjugate of z: none at all, if z is outside K
     * @param lowest the exponent for j = 0
     * @param weights where w_j(x)·x^lowest for x = xs[i] is put at {@code j * count + i}
     * @throws ArithmeticException if some x is z
     */
    public void weights(int[] xs, int count, int lowest, int[] weights) {
        for (int i = 0; i < count; i++) {
            int x = xs[i];
            int value = KoalaBear.ONE;
            for (int j = E6.DEGREE - 1; j >= 0; j--) value = add(mul(value, x), norm[j]);
            weights[i] = neg(value);
        }
        KoalaBear.invertAll(weights, 0, count);
        for (int i = 0; i < lowest * count; i++) weights[i] = mul(weights[i], xs[i]);
        for (int j = 1; j < E6.DEGREE; j++) {
            for (int i = 0; i < count; i++) {
                weights[j * count + i] = mul(weights[(j - 1) * count + i], xs[i]);
            }
        }
    }

    /** Σ_j q_j · sums[at + j]. */
    public E6 combine(int[] sums, int at) {
        E6 value = E6.ZERO;
        for (int j = 0; j < E6.DEGREE; j++) value = value.plus(quotient[j].times(sums[at + j]));
        return value;
    }

    /** 1 / (z − x) in coordinates to {@code out[at]}, from the weights that lie at {@code weights[i + j * count]}. */
    public void inverse(int[] weights, int i, int count, int[] out, int at) {
        long w0 = weights[i];
        long w1 = weights[i + count];
        long w2 = weights[i + 2 * count];
        long w3 = weights[i + 3 * count];
        long w4 = weights[i + 4 * count];
        long w5 = weights[i + 5 * count];
        for (int k = 0; k < E6.DEGREE; k++) {
            out[at + k] = Sums.dot6(coordinates, E6.DEGREE * k, w0, w1, w2, w3, w4, w5);
        }
    }
}
