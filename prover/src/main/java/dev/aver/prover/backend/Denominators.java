package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import java.util.Arrays;
import java.util.List;

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
final class Denominators {
    private final int[] norm = new int[E6.DEGREE];
    private final E6[] quotient = new E6[E6.DEGREE];

    /**
     * Those of one z.
     *
     * @param z outside K
     */
    Denominators(E6 z) {
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
            carry = product[j].plus(carry.times(z));
        }
        assert carry.isZero() : carry;
    }

    /** Coefficient j of χ, for j below 6; the next one is 1. */
    int norm(int j) {
        return norm[j];
    }

    /** The coefficients of q. */
    List<E6> quotient() {
        return List.of(quotient);
    }

    /** Σ_j q_j · sums[at + j]. */
    E6 combine(int[] sums, int at) {
        E6 value = E6.ZERO;
        for (int j = 0; j < E6.DEGREE; j++) value = value.plus(quotient[j].times(sums[at + j]));
        return value;
    }
}
