package dev.aver.prover.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NttTest {
    private final Ntt ntt = new Ntt();
    private final SplittableRandom source = new SplittableRandom(7);

    @Test
    void theTableIsEveryOtherElementInBitReversedOrder() {
        for (int log : new int[] {0, 5, 3, 9}) {
            int[] roots = ntt.roots(log);
            int[] inverses = ntt.inverseRoots(log);
            assertThat(roots).hasSizeGreaterThanOrEqualTo(1 << log);
            for (int order = 1; order <= log + 1; order++) {
                for (int i = 0; i < 1 << (order - 1); i++) {
                    assertThat(roots[i]).as("%d of order 2^%d", i, order).isEqualTo(Naive.subgroup(order, 2 * i));
                    assertThat(KoalaBear.neg(roots[i])).isEqualTo(Naive.subgroup(order, 2 * i + 1));
                    assertThat(KoalaBear.mul(roots[i], inverses[i])).isEqualTo(KoalaBear.ONE);
                }
            }
        }
    }

    @Test
    void forwardGivesValuesInBitReversedOrder() {
        for (int log = 0; log <= 10; log++) {
            int[] coefficients = Naive.elements(source, 1 << log);
            int[] values = new int[3 + (1 << log)];
            System.arraycopy(coefficients, 0, values, 3, 1 << log);
            ntt.forward(values, 3, log, 0);
            for (int i = 0; i < 1 << log; i++) {
                assertThat(values[3 + i])
                        .as("value %d of 2^%d", i, log)
                        .isEqualTo(Naive.at(coefficients, Naive.subgroup(log, i)));
            }
            assertThat(values).startsWith(0, 0, 0);
        }
    }

    @Test
    void aPartIsAPieceOfALargerTransform() {
        for (int log = 0; log <= 7; log++) {
            for (int blowup = 1; blowup <= 3; blowup++) {
                int[] coefficients = Naive.elements(source, 1 << log);
                for (int part = 0; part < 1 << blowup; part++) {
                    int[] values = coefficients.clone();
                    new Ntt().forward(values, 0, log, part);
                    for (int i = 0; i < 1 << log; i++) {
                        int x = Naive.subgroup(log + blowup, (part << log) + i);
                        assertThat(values[i])
                                .as("part %d of 2^%d", part, blowup)
                                .isEqualTo(Naive.at(coefficients, x));
                    }
                }
            }
        }
    }

    /** Larger than a cache, even and odd: at a few places, which a wrong pass would not leave right. */
    @Test
    void largeTransformsGoDepthFirst() {
        for (int log = 11; log <= 17; log++) {
            int[] coefficients = Naive.elements(source, 1 << log);
            for (int part = 0; part < 2; part++) {
                int[] values = coefficients.clone();
                ntt.forward(values, 0, log, part);
                for (int trial = 0; trial < 10; trial++) {
                    int i = source.nextInt(1 << log);
                    int x = Naive.subgroup(log + 1, (part << log) + i);
                    assertThat(values[i]).as("value %d of 2^%d", i, log).isEqualTo(Naive.at(coefficients, x));
                }
            }
        }
    }

    @Test
    void inverseUndoesForwardButForAFactor() {
        for (int log = 0; log <= 17; log++) {
            int[] coefficients = Naive.elements(source, 1 << log);
            int[] values = coefficients.clone();
            ntt.forward(values, 0, log, 0);
            ntt.inverse(values, 0, log);
            int[] expected = coefficients.clone();
            for (int i = 0; i < expected.length; i++) expected[i] = KoalaBear.mul(expected[i], KoalaBear.of(1 << log));
            assertThat(values).as("2^%d", log).isEqualTo(expected);
        }
    }

    @Test
    void bitsAreReversed() {
        for (int log = 0; log <= 13; log++) {
            int[] from = source.ints(5 + (1 << log)).toArray();
            int[] to = new int[1 << log];
            Ntt.bitReverse(from, 5, to, log);
            for (int i = 0; i < 1 << log; i++) {
                assertThat(to[Ntt.reverse(i, log)]).as("%d of 2^%d", i, log).isEqualTo(from[5 + i]);
            }
        }
        assertThat(Ntt.reverse(0b0011, 4)).isEqualTo(0b1100);
        assertThat(Ntt.reverse(1, 24)).isEqualTo(1 << 23);
    }

    @Test
    void powersAreProducts() {
        int[] powers = Ntt.powers(KoalaBear.of(5), KoalaBear.GENERATOR, 6);
        assertThat(powers).hasSize(64);
        for (int i = 0; i < 64; i++) {
            assertThat(powers[i]).isEqualTo(KoalaBear.mul(KoalaBear.of(5), KoalaBear.pow(KoalaBear.GENERATOR, i)));
        }
    }
}
