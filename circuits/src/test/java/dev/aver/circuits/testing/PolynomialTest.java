package dev.aver.circuits.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The oracle itself, on polynomials whose factors are known. */
class PolynomialTest {
    @Test
    void tellsIrreducibleFromReducible() {
        // 3 generates the units, so it is no square; −3 = (2w + 1)^2 would need a cube root of unity w, and 3 does not
        // divide p − 1.
        assertThat(Polynomial.of(-3, 0, 1).isIrreducible()).isTrue();
        assertThat(Polynomial.of(3, 0, 1).isIrreducible()).isTrue();
        assertThat(Polynomial.of(-4, 0, 1).isIrreducible()).isFalse();
        // Everything is a cube, for the same reason.
        assertThat(Polynomial.of(-3, 0, 0, 1).isIrreducible()).isFalse();
        // A product of two irreducible quadratics, which has no root.
        assertThat(Polynomial.of(-3, 0, 1).times(Polynomial.of(3, 0, 1)).isIrreducible())
                .isFalse();
        assertThat(Polynomial.of(-3, 0, 0, 0, 1).isIrreducible()).isTrue();
    }

    @Test
    void dividesWithRemainder() {
        Polynomial a = Polynomial.of(5, 0, 7, 1);
        Polynomial b = Polynomial.of(2, 9);
        assertThat(a.times(b).plus(Polynomial.of(8), 1).modulo(a)).isEqualTo(Polynomial.of(8));
        assertThat(a.times(b).gcd(a.times(Polynomial.of(1, 1))).degree()).isEqualTo(3);
        assertThat(a.plus(a, -1)).isEqualTo(Polynomial.of());
    }
}
