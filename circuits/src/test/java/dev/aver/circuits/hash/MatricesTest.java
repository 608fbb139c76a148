package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.testing.Polynomial;
import org.junit.jupiter.api.Test;

/** The oracle itself, on a matrix worked out by hand. */
class MatricesTest {
    private static final long[][] A = {{0, 2, 1}, {1, 0, 0}, {3, 1, 4}};

    @Test
    void knowsDeterminants() {
        // 0·(0 − 0) − 2·(4 − 0) + 1·(1 − 0) = −7.
        assertThat(Matrices.determinant(A)).isEqualTo(0x7f000001L - 7);
        assertThat(Matrices.determinant(new long[][] {{1, 2}, {2, 4}})).isZero();
    }

    @Test
    void knowsCharacteristicPolynomials() {
        // x^3 − trace·x^2 + (sum of principal minors)·x − determinant; minors −2, −3, 0.
        assertThat(Matrices.characteristicPolynomial(A)).isEqualTo(Polynomial.of(7, -5, -4, 1));
        assertThat(Matrices.characteristicPolynomial(Matrices.times(A, A)).degree())
                .isEqualTo(3);
    }
}
