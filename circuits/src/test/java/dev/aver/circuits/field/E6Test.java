package dev.aver.circuits.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.testing.Polynomial;
import dev.aver.circuits.testing.Samples;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class E6Test {
    private static final Polynomial MODULUS = Polynomial.of(1, 0, 0, 1, 0, 0, 1);

    private static Polynomial polynomial(E6 a) {
        int[] coordinates = new int[6];
        a.write(coordinates, 0, 1);
        long[] coefficients = new long[6];
        for (int i = 0; i < 6; i++) coefficients[i] = KoalaBear.canonical(coordinates[i]);
        return Polynomial.of(coefficients);
    }

    @Test
    void theModulusIsIrreducible() {
        assertThat(MODULUS.isIrreducible()).isTrue();
    }

    @Test
    void pGeneratesTheUnitsModuloNine() {
        assertThat(KoalaBear.P % 9).isEqualTo(2);
        List<Integer> powers =
                Stream.iterate(2, power -> power * 2 % 9).limit(6).toList();
        assertThat(powers).containsExactly(2, 4, 8, 7, 5, 1);
    }

    @Test
    void zIsAPrimitiveNinthRootOfUnity() {
        assertThat(E6.Z.pow(9)).isEqualTo(E6.ONE);
        assertThat(E6.Z.pow(3)).isNotEqualTo(E6.ONE);
        assertThat(E6.Z.pow(6).plus(E6.Z.pow(3)).plus(E6.ONE)).isEqualTo(E6.ZERO);
        // The ninth cyclotomic polynomial: x^9 − 1 = (x^3 − 1)(x^6 + x^3 + 1).
        assertThat(MODULUS.times(Polynomial.of(-1, 0, 0, 1))).isEqualTo(Polynomial.of(-1, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void computesWhatPolynomialsDo() {
        for (E6 a : Samples.extension(30)) {
            for (E6 b : Samples.extension(30)) {
                Polynomial product = polynomial(a).times(polynomial(b)).modulo(MODULUS);
                assertThat(polynomial(a.times(b))).as("(%s) * (%s)", a, b).isEqualTo(product);
                assertThat(polynomial(a.plus(b))).isEqualTo(polynomial(a).plus(polynomial(b), 1));
                assertThat(polynomial(a.minus(b))).isEqualTo(polynomial(a).plus(polynomial(b), -1));
            }
            assertThat(a.squared()).isEqualTo(a.times(a));
            assertThat(a.plus(a.negated())).isEqualTo(E6.ZERO);
        }
    }

    @Test
    void isARing() {
        List<E6> elements = Samples.extension(6);
        for (E6 a : elements) {
            assertThat(a.times(E6.ONE)).isEqualTo(a);
            assertThat(a.times(E6.ZERO)).isEqualTo(E6.ZERO);
            for (E6 b : elements) {
                assertThat(a.times(b)).isEqualTo(b.times(a));
                for (E6 c : elements) {
                    assertThat(a.times(b).times(c)).isEqualTo(a.times(b.times(c)));
                    assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
                }
            }
        }
    }

    @Test
    void containsTheBaseField() {
        for (int a : Samples.base(20)) {
            assertThat(E6.of(a).inBaseField()).isTrue();
            for (int b : Samples.base(20)) {
                assertThat(E6.of(a).times(E6.of(b))).isEqualTo(E6.of(KoalaBear.mul(a, b)));
            }
            for (E6 b : Samples.extension(5)) assertThat(b.times(a)).isEqualTo(b.times(E6.of(a)));
        }
        assertThat(E6.Z.inBaseField()).isFalse();
    }

    @Test
    void frobeniusIsThePowerOfP() {
        for (E6 a : Samples.extension(5)) {
            E6 power = a;
            for (int times = 0; times <= 12; times++) {
                assertThat(a.frobenius(times)).as("(%s)^p^%d", a, times).isEqualTo(power);
                power = power.pow(KoalaBear.P);
            }
        }
    }

    @Test
    void frobeniusFixesTheBaseFieldOnly() {
        for (int a : Samples.base(10)) assertThat(E6.of(a).frobenius(1)).isEqualTo(E6.of(a));
        // An element of a subfield of degree 2 or 3 comes back earlier; z does not.
        for (int times = 1; times < 6; times++)
            assertThat(E6.Z.frobenius(times)).isNotEqualTo(E6.Z);
        assertThat(E6.Z.frobenius(1)).isEqualTo(E6.Z.squared());
    }

    @Test
    void theNormIsTheProductOfConjugates() {
        for (E6 a : Samples.extension(20)) {
            E6 product = E6.ONE;
            for (int times = 0; times < 6; times++) product = product.times(a.frobenius(times));
            assertThat(product.inBaseField()).isTrue();
            assertThat(a.norm()).isEqualTo(product.c0());
        }
        assertThat(E6.ZERO.norm()).isZero();
    }

    @Test
    void invertsAllButZero() {
        for (E6 a : Samples.extension(100)) {
            if (!a.isZero()) assertThat(a.times(a.inverse())).as("1 / (%s)", a).isEqualTo(E6.ONE);
        }
        assertThatThrownBy(E6.ZERO::inverse)
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("0 has no inverse in E");
    }

    @Test
    void raisesToPowers() {
        E6 a = Samples.extension(1).getLast();
        assertThat(a.pow(0)).isEqualTo(E6.ONE);
        assertThat(a.pow(1)).isEqualTo(a);
        assertThat(E6.ZERO.pow(0)).isEqualTo(E6.ONE);
        BigInteger exponent = BigInteger.valueOf(Long.MAX_VALUE);
        assertThat(polynomial(a.pow(Long.MAX_VALUE))).isEqualTo(polynomial(a).pow(exponent, MODULUS));
        // The order of the group: a^(p^6 − 1) = a^p^6 / a.
        assertThat(a.frobenius(6).times(a.inverse())).isEqualTo(E6.ONE);
    }

    @Test
    void readsAndWritesRowsAndColumns() {
        E6 a = new E6(1, 2, 3, 4, 5, 6);
        int[] row = new int[8];
        a.write(row, 1, 1);
        assertThat(row).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
        assertThat(E6.read(row, 1, 1)).isEqualTo(a);
        int[] columns = new int[12];
        a.write(columns, 1, 2);
        assertThat(columns).containsExactly(0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
        assertThat(E6.read(columns, 1, 2)).isEqualTo(a);
    }

    @Test
    void invertsManyAtOnce() {
        int count = 20;
        int[] columns = Samples.array(new SplittableRandom(11), 1 + 6 * count);
        int[] inverted = columns.clone();
        E6.invertAll(inverted, 1, count, count - 1);
        for (int k = 0; k < count; k++) {
            E6 before = E6.read(columns, 1 + k, count);
            assertThat(E6.read(inverted, 1 + k, count)).isEqualTo(k < count - 1 ? before.inverse() : before);
        }
        assertThat(inverted[0]).isEqualTo(columns[0]);
        E6.invertAll(inverted, 0, 0, 0);
    }

    @Test
    void invertsNothingIfOneIsZero() {
        int[] columns = Samples.array(new SplittableRandom(12), 6 * 4);
        E6.ZERO.write(columns, 2, 4);
        int[] before = columns.clone();
        assertThatThrownBy(() -> E6.invertAll(columns, 0, 4, 4)).isInstanceOf(ArithmeticException.class);
        assertThat(columns).isEqualTo(before);
    }

    @Test
    void refusesCoordinatesOutOfRange() {
        assertThatThrownBy(() -> new E6(0, 0, 0, 0, 0, KoalaBear.P)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> new E6(-1, 0, 0, 0, 0, 0)).isInstanceOf(AssertionError.class);
    }

    @Test
    void printsAsAPolynomial() {
        assertThat(E6.ZERO).hasToString("0");
        assertThat(E6.ONE.plus(E6.Z.pow(5).times(KoalaBear.of(7))).plus(E6.Z)).hasToString("1 + 1·z + 7·z^5");
    }
}
