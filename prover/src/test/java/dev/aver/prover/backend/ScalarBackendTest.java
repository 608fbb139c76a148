package dev.aver.prover.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.MerkleTree;
import dev.aver.circuits.merkle.Opening;
import dev.aver.circuits.merkle.TreeShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each step against its definition. */
class ScalarBackendTest {
    private static final List<HashSuite> SUITES = List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);

    private final SplittableRandom source = new SplittableRandom(11);
    private final Backend backend = new ScalarBackend(2);

    @Test
    void anExtensionHasThePolynomialsValues() {
        for (int log = 0; log <= 7; log++) {
            for (int blowup = 0; blowup <= 3; blowup++) {
                int width = 1 + source.nextInt(5);
                int[] coefficients = Naive.elements(source, width << log);
                int[] trace = new int[width << log];
                for (int i = 0; i < trace.length; i++) {
                    int column = i >> log;
                    int[] polynomial = Arrays.copyOfRange(coefficients, column << log, (column + 1) << log);
                    int row = KoalaBear.pow(KoalaBear.rootOfUnity(log), i & ((1 << log) - 1));
                    trace[i] = Naive.at(polynomial, row);
                }
                int[] kept = trace.clone();
                assertThat(backend.extend(trace, log, width, blowup))
                        .as("height 2^%d, blowup 2^%d", log, blowup)
                        .isEqualTo(Naive.codewords(coefficients, 1 << log, log + blowup));
                assertThat(trace).isEqualTo(kept);
            }
        }
    }

    @Test
    void coefficientsBecomeCodewordsAndComeBack() {
        for (int log = 0; log <= 7; log++) {
            for (int blowup = 0; blowup <= 3; blowup++) {
                int width = 1 + source.nextInt(5);
                int[] coefficients = Naive.elements(source, width << log);
                int[] kept = coefficients.clone();
                int[] codewords = Naive.codewords(coefficients, 1 << log, log + blowup);
                assertThat(backend.encode(coefficients, log, width, blowup))
                        .as("height 2^%d, blowup 2^%d", log, blowup)
                        .isEqualTo(codewords);
                assertThat(coefficients).isEqualTo(kept);
                // From all values, so that the coefficients above the degree come out as 0.
                int[] padded = new int[width << (log + blowup)];
                for (int i = 0; i < coefficients.length; i++) {
                    padded[(i >> log << (log + blowup)) + (i & ((1 << log) - 1))] = coefficients[i];
                }
                assertThat(backend.coefficients(codewords, log + blowup, width)).isEqualTo(padded);
            }
        }
    }

    @Test
    void treesAreTheSpecified() {
        int[][] shapes = {{6, 3}, {9, 1, 6, 40}, {8, 7, 10, 2, 8, 16, 10, 17, 6, 1}, {0, 5}, {7, 2, 0, 1}};
        for (HashSuite suite : SUITES) {
            for (int[] numbers : shapes) {
                List<TreeShape.Matrix> forms = new ArrayList<>();
                List<int[]> matrices = new ArrayList<>();
                int shortest = 24;
                for (int i = 0; i < numbers.length; i += 2) {
                    forms.add(new TreeShape.Matrix(numbers[i], numbers[i + 1]));
                    matrices.add(Naive.elements(source, numbers[i + 1] << numbers[i]));
                    shortest = Math.min(shortest, numbers[i]);
                }
                for (int capLog = 0; capLog <= shortest; capLog += 3) {
                    TreeShape shape = new TreeShape(forms, capLog);
                    assertSame(new MerkleTree(suite, shape, matrices), backend.commit(suite, shape, matrices), suite);
                }
            }
        }
    }

    @Test
    void aTreeOverACodewordHasGroupsAsRows() {
        for (HashSuite suite : SUITES) {
            for (int arityLog = 1; arityLog <= 3; arityLog++) {
                int logHeight = 7;
                int width = E6.DEGREE << arityLog;
                int[] codeword = Naive.elements(source, width << logHeight);
                int[] matrix = new int[codeword.length];
                for (int i = 0; i < codeword.length; i++) matrix[(i % width << logHeight) + i / width] = codeword[i];
                TreeShape shape = new TreeShape(List.of(new TreeShape.Matrix(logHeight, width)), 2);
                assertSame(
                        new MerkleTree(suite, shape, List.of(matrix)), backend.commit(suite, shape, codeword), suite);
            }
        }
    }

    private void assertSame(MerkleTree expected, CommittedTree tree, HashSuite suite) {
        TreeShape shape = tree.shape();
        assertThat(tree.cap()).as("%s", shape).isEqualTo(expected.cap());
        for (int i = 0; i < 20; i++) {
            int index = i == 0 ? (1 << shape.logHeight()) - 1 : source.nextInt(1 << shape.logHeight());
            Opening opening = tree.open(index);
            assertThat(opening.rows()).isEqualTo(expected.open(index).rows());
            assertThat(opening.path()).isEqualTo(expected.open(index).path());
            assertThat(opening.isIn(tree.cap(), suite, shape, index)).isTrue();
        }
    }

    @Test
    void columnsAreEvaluated() {
        for (int log : new int[] {0, 1, 2, 5, 6, 11, 12}) {
            for (int blowup = 1; blowup <= 2; blowup++) {
                int width = 3;
                int[] trace = Naive.elements(source, width << log);
                int[] codewords = backend.extend(trace, log, width, blowup);
                E6 point = Naive.extension(source);
                List<E6> expected = new ArrayList<>();
                for (int column = 0; column < width; column++) {
                    int[] coefficients = new int[1 << log];
                    Ntt.bitReverse(trace, column << log, coefficients, log);
                    new Ntt().inverse(coefficients, 0, log);
                    int inverse = KoalaBear.inverse(KoalaBear.of(1 << log));
                    expected.add(Naive.at(coefficients, point).times(inverse));
                }
                assertThat(backend.evaluate(codewords, log, width, blowup, point))
                        .as("height 2^%d, blowup 2^%d", log, blowup)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aReducedCodewordIsTheSumOfAllQuotients() {
        for (int log : new int[] {1, 4, 6, 8}) {
            E6 lambda = Naive.extension(source);
            E6 zeta = Naive.extension(source);
            E6 next = zeta.times(KoalaBear.rootOfUnity(5));
            List<Backend.Opened> matrices = List.of(
                    opened(log, 3, zeta, next),
                    opened(log, 1, zeta),
                    opened(log, 17, zeta, next),
                    opened(log, 2, next, Naive.extension(source), zeta));
            int[] reduced = backend.reduce(log, matrices, lambda);
            assertThat(reduced).hasSize(E6.DEGREE << log);
            for (int i = 0; i < 1 << log; i++) {
                E6 x = E6.of(Naive.coset(log, i));
                E6 expected = E6.ZERO;
                E6 power = E6.ONE;
                for (Backend.Opened matrix : matrices) {
                    for (int j = 0; j < matrix.values().size(); j++) {
                        E6 point = matrix.points().get(j / matrix.width());
                        int value = matrix.codewords()[(j % matrix.width() << log) + i];
                        E6 numerator = matrix.values().get(j).minus(E6.of(value));
                        E6 quotient = numerator.times(point.minus(x).inverse());
                        expected = expected.plus(power.times(quotient));
                        power = power.times(lambda);
                    }
                }
                assertThat(E6.read(reduced, E6.DEGREE * i, 1))
                        .as("%d of 2^%d", i, log)
                        .isEqualTo(expected);
            }
        }
    }

    private Backend.Opened opened(int logSize, int width, E6... points) {
        List<E6> values = new ArrayList<>();
        for (int i = 0; i < points.length * width; i++) values.add(Naive.extension(source));
        return new Backend.Opened(Naive.elements(source, width << logSize), width, List.of(points), values);
    }

    /** A codeword of a polynomial over E on a subgroup. */
    private static int[] codeword(List<E6> coefficients, int logSize) {
        int[] codeword = new int[E6.DEGREE << logSize];
        for (int i = 0; i < 1 << logSize; i++) {
            E6 value = E6.ZERO;
            for (E6 coefficient : coefficients.reversed()) {
                value = value.times(Naive.subgroup(logSize, i)).plus(coefficient);
            }
            value.write(codeword, E6.DEGREE * i, 1);
        }
        return codeword;
    }

    private List<E6> polynomial(int count) {
        List<E6> coefficients = new ArrayList<>();
        for (int i = 0; i < count; i++) coefficients.add(Naive.extension(source));
        return coefficients;
    }

    @Test
    void foldingCombinesCoefficients() {
        for (int arityLog = 1; arityLog <= 3; arityLog++) {
            for (int logSize = arityLog; logSize <= arityLog + 5; logSize++) {
                List<E6> coefficients = polynomial(1 << logSize);
                E6 beta = Naive.extension(source);
                List<E6> folded = new ArrayList<>();
                for (int i = 0; i < coefficients.size(); i += 1 << arityLog) {
                    E6 sum = E6.ZERO;
                    for (int j = 0; j < 1 << arityLog; j++)
                        sum = sum.plus(beta.pow(j).times(coefficients.get(i + j)));
                    folded.add(sum);
                }
                assertThat(backend.fold(codeword(coefficients, logSize), logSize, arityLog, beta))
                        .as("2^%d by 2^%d", logSize, arityLog)
                        .isEqualTo(codeword(folded, logSize - arityLog));
            }
        }
    }

    @Test
    void codewordsAreAddedWithAFactor() {
        List<E6> first = polynomial(8);
        List<E6> second = polynomial(8);
        E6 factor = Naive.extension(source);
        int[] target = codeword(first, 5);
        backend.accumulate(target, codeword(second, 5), 5, factor);
        List<E6> sum = new ArrayList<>();
        for (int i = 0; i < 8; i++) sum.add(first.get(i).plus(factor.times(second.get(i))));
        assertThat(target).isEqualTo(codeword(sum, 5));
    }

    @Test
    void thePolynomialOfACodewordComesBack() {
        for (int log = 0; log <= 6; log++) {
            List<E6> coefficients = polynomial(1 << log);
            int[] expected = new int[E6.DEGREE << log];
            for (int i = 0; i < 1 << log; i++) coefficients.get(i).write(expected, E6.DEGREE * i, 1);
            assertThat(backend.interpolate(codeword(coefficients, log + 1), log))
                    .isEqualTo(expected);
        }
    }

    @Test
    void theSmallestNonceWins() {
        for (HashSuite suite : SUITES) {
            for (int trial = 0; trial < 20; trial++) {
                Transcript transcript = suite.transcript();
                transcript.absorbNumber(trial);
                int nonce = 0;
                while (!transcript.copy().provesWork(KoalaBear.of(nonce), 8)) nonce++;
                for (int threads = 1; threads <= 5; threads += 2) {
                    int ground = new ScalarBackend(threads).grind(transcript, 8);
                    assertThat(KoalaBear.canonical(ground))
                            .as("%s, trial %d", suite, trial)
                            .isEqualTo(nonce);
                }
                assertThat(backend.grind(transcript, 0)).isZero();
            }
        }
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertThatThrownBy(() -> new ScalarBackend(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
