package dev.aver.circuits.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.testing.Samples;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KoalaBearTest {
    private static final BigInteger P = BigInteger.valueOf(KoalaBear.P);

    private static BigInteger big(int element) {
        return BigInteger.valueOf(KoalaBear.canonical(element));
    }

    private static void assertElement(int element, BigInteger expected, String what, Object... operands) {
        assertThat(KoalaBear.isCanonical(element)).as(what, operands).isTrue();
        assertThat(big(element)).as(what, operands).isEqualTo(expected.mod(P));
    }

    @Test
    void theModulusIsThePrimeItShouldBe() {
        assertThat(P)
                .isEqualTo(
                        BigInteger.TWO.pow(31).subtract(BigInteger.TWO.pow(24)).add(BigInteger.ONE));
        assertThat(P.isProbablePrime(100)).isTrue();
        assertThat(P.subtract(BigInteger.ONE)).isEqualTo(BigInteger.TWO.pow(24).multiply(BigInteger.valueOf(127)));
    }

    @Test
    void threeGenerates() {
        // p − 1 = 2^24 · 127, both prime to the other.
        assertThat(KoalaBear.canonical(KoalaBear.GENERATOR)).isEqualTo(3);
        assertThat(KoalaBear.pow(KoalaBear.GENERATOR, (KoalaBear.P - 1) / 2)).isEqualTo(KoalaBear.neg(KoalaBear.ONE));
        assertThat(KoalaBear.pow(KoalaBear.GENERATOR, (KoalaBear.P - 1) / 127)).isNotEqualTo(KoalaBear.ONE);
        assertThat(KoalaBear.pow(KoalaBear.GENERATOR, KoalaBear.P - 1)).isEqualTo(KoalaBear.ONE);
    }

    @Test
    void bothFormsLeadIntoEachOther() {
        for (int canonical : Samples.canonical(1000)) {
            int element = KoalaBear.of(canonical);
            assertThat(KoalaBear.canonical(element)).isEqualTo(canonical);
            assertThat(BigInteger.valueOf(element))
                    .isEqualTo(BigInteger.TWO.pow(32).multiply(big(element)).mod(P));
        }
        assertThat(KoalaBear.of(0)).isZero();
        assertThat(KoalaBear.of(1)).isEqualTo(KoalaBear.ONE);
    }

    @Test
    void onlyNumbersBelowThePrimeAreCanonical() {
        assertThat(List.of(0, 1, KoalaBear.P - 1)).allMatch(KoalaBear::isCanonical);
        assertThat(List.of(KoalaBear.P, KoalaBear.P + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -KoalaBear.P, -1))
                .noneMatch(KoalaBear::isCanonical);
        assertThatThrownBy(() -> KoalaBear.of(KoalaBear.P)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> KoalaBear.of(-1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("4294967295");
    }

    @Test
    void anyNumberHasAResidue() {
        for (long value :
                new long[] {0, -1, KoalaBear.P, 1L << 31, 1L << 32, -(1L << 32), Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertElement(KoalaBear.ofLong(value), BigInteger.valueOf(value), "%d", value);
        }
    }

    @Test
    void computesWhatIntegersDo() {
        for (int a : Samples.base(60)) {
            for (int b : Samples.base(60)) {
                assertElement(KoalaBear.add(a, b), big(a).add(big(b)), "%d + %d", a, b);
                assertElement(KoalaBear.sub(a, b), big(a).subtract(big(b)), "%d - %d", a, b);
                assertElement(KoalaBear.mul(a, b), big(a).multiply(big(b)), "%d * %d", a, b);
            }
            assertElement(KoalaBear.neg(a), big(a).negate(), "-%d", a);
            assertElement(KoalaBear.twice(a), big(a).shiftLeft(1), "2 * %d", a);
            assertElement(KoalaBear.square(a), big(a).pow(2), "%d^2", a);
            assertElement(KoalaBear.cube(a), big(a).pow(3), "%d^3", a);
            assertThat(KoalaBear.twice(KoalaBear.halve(a))).as("%d / 2", a).isEqualTo(a);
        }
    }

    /** The edges of the int itself, not of the residue: every boundary that a correction could miss. */
    @Test
    void staysInRangeForExtremeRepresentatives() {
        int max = KoalaBear.P - 1;
        for (int a : new int[] {0, 1, max - 1, max}) {
            for (int b : new int[] {0, 1, max - 1, max}) {
                assertElement(KoalaBear.add(a, b), big(a).add(big(b)), "%d + %d", a, b);
                assertElement(KoalaBear.sub(a, b), big(a).subtract(big(b)), "%d - %d", a, b);
                assertElement(KoalaBear.mul(a, b), big(a).multiply(big(b)), "%d * %d", a, b);
            }
            assertThat(KoalaBear.isCanonical(KoalaBear.halve(a))).isTrue();
        }
    }

    @Test
    void multipliesThePublishedExample() {
        // Plonky3, koala-bear/src/koala_bear.rs.
        assertThat(KoalaBear.mul(KoalaBear.of(0x34167c58), KoalaBear.of(0x61f3207b)))
                .isEqualTo(KoalaBear.of(0x54b46b81));
    }

    @Test
    void dividesByPowersOfTwo() {
        for (int a : Samples.base(200)) {
            for (int k = 0; k <= KoalaBear.TWO_ADICITY; k++) {
                int quotient = KoalaBear.divideByPowerOfTwo(a, k);
                assertElement(quotient, big(a).multiply(BigInteger.TWO.pow(k).modInverse(P)), "%d / 2^%d", a, k);
            }
        }
        assertThatThrownBy(() -> KoalaBear.divideByPowerOfTwo(1, 25)).isInstanceOf(AssertionError.class);
    }

    @Test
    void raisesToPowers() {
        for (int a : Samples.base(20)) {
            for (long exponent : new long[] {0, 1, 2, 3, 127, KoalaBear.P - 1, KoalaBear.P, Long.MAX_VALUE}) {
                BigInteger expected = big(a).modPow(BigInteger.valueOf(exponent), P);
                assertElement(KoalaBear.pow(a, exponent), expected, "%d^%d", a, exponent);
            }
            for (int k = 0; k < 30; k++) {
                assertThat(KoalaBear.powerOfTwoPower(a, k)).isEqualTo(KoalaBear.pow(a, 1L << k));
            }
        }
    }

    @Test
    void cubingIsAPermutation() {
        assertThat(P.subtract(BigInteger.ONE).gcd(BigInteger.valueOf(3))).isEqualTo(BigInteger.ONE);
        for (int a : Samples.base(100)) {
            assertThat(KoalaBear.pow(KoalaBear.cube(a), 1420470955)).isEqualTo(a);
        }
    }

    @Test
    void invertsAllButZero() {
        for (int a : Samples.base(200)) {
            if (a != 0)
                assertThat(KoalaBear.mul(a, KoalaBear.inverse(a)))
                        .as("1 / %d", a)
                        .isEqualTo(KoalaBear.ONE);
        }
        assertThatThrownBy(() -> KoalaBear.inverse(0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void invertsManyAtOnce() {
        int[] elements =
                Samples.base(50).stream().mapToInt(a -> a).filter(a -> a != 0).toArray();
        int[] inverted = elements.clone();
        KoalaBear.invertAll(inverted, 1, elements.length - 2);
        assertThat(inverted[0]).isEqualTo(elements[0]);
        assertThat(inverted[elements.length - 1]).isEqualTo(elements[elements.length - 1]);
        for (int i = 1; i < elements.length - 1; i++) {
            assertThat(inverted[i]).isEqualTo(KoalaBear.inverse(elements[i]));
        }
        KoalaBear.invertAll(inverted, 0, 0);
    }

    @Test
    void invertsNothingIfOneIsZero() {
        int[] elements = Samples.array(new SplittableRandom(7), 9);
        elements[8] = 0;
        int[] before = elements.clone();
        assertThatThrownBy(() -> KoalaBear.invertAll(elements, 0, 9)).isInstanceOf(ArithmeticException.class);
        assertThat(elements).isEqualTo(before);
    }

    @Test
    void rootsOfUnityHaveExactlyTheirOrder() {
        for (int k = 1; k <= KoalaBear.TWO_ADICITY; k++) {
            assertThat(KoalaBear.powerOfTwoPower(KoalaBear.rootOfUnity(k), k - 1))
                    .isEqualTo(KoalaBear.neg(KoalaBear.ONE));
            assertThat(KoalaBear.square(KoalaBear.rootOfUnity(k))).isEqualTo(KoalaBear.rootOfUnity(k - 1));
        }
        assertThat(KoalaBear.rootOfUnity(0)).isEqualTo(KoalaBear.ONE);
    }

    @Test
    void rootsOfUnityAreThePublishedOnes() {
        // Plonky3, koala-bear/src/koala_bear.rs: the same choice, so that domains can be compared.
        assertThat(KoalaBear.rootOfUnity(24)).isEqualTo(KoalaBear.of(0x6ac49f88));
        assertThat(KoalaBear.rootOfUnity(23)).isEqualTo(KoalaBear.of(0x68e7dd49));
        assertThat(KoalaBear.rootOfUnity(2)).isEqualTo(KoalaBear.of(0x7e010002));
        assertThat(KoalaBear.rootOfUnity(1)).isEqualTo(KoalaBear.of(0x7f000000));
    }
}
