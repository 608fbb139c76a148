package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.LaneHashTest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.backend.ScalarBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every step gives what the scalar backend gives, whatever the size and the number of threads. */
class SimdBackendTest {
    private static final List<HashSuite> SUITES = List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);

    private final Backend scalar = new ScalarBackend(2);
    private final Backend simd = new SimdBackend(2);

    @Test
    void extensions() {
        for (int logHeight = 0; logHeight <= 16; logHeight++) {
            int logBlowup = logHeight % 3;
            int width = logHeight < 14 ? 1 + logHeight % 4 : 1;
            int[] trace = elements(logHeight, width << logHeight);
            int[] kept = trace.clone();
            assertThat(simd.extend(trace, logHeight, width, logBlowup))
                    .as("height 2^%d, blowup 2^%d", logHeight, logBlowup)
                    .isEqualTo(scalar.extend(trace, logHeight, width, logBlowup));
            assertThat(simd.encode(trace, logHeight, width, logBlowup))
                    .as("height 2^%d, blowup 2^%d", logHeight, logBlowup)
                    .isEqualTo(scalar.encode(trace, logHeight, width, logBlowup));
            assertThat(simd.coefficients(trace, logHeight, width))
                    .as("2^%d", logHeight)
                    .isEqualTo(scalar.coefficients(trace, logHeight, width));
            assertThat(trace).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void trees(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TreeShape.Matrix> forms = new ArrayList<>();
        List<int[]> matrices = new ArrayList<>();
        int shortest = 24;
        for (int i = 0; i < 5; i++) {
            TreeShape.Matrix form = new TreeShape.Matrix(random.nextInt(4, 10), random.nextInt(1, 40));
            forms.add(form);
            matrices.add(elements(seed, form.width() << form.logHeight()));
            shortest = Math.min(shortest, form.logHeight());
        }
        TreeShape shape = new TreeShape(forms, random.nextInt(shortest + 1));
        for (HashSuite suite : SUITES) {
            assertSame(scalar.commit(suite, shape, matrices), simd.commit(suite, shape, matrices), random);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void treesOverCodewords(int arityLog) {
        for (int logHeight = 1; logHeight <= 9; logHeight += 4) {
            int width = E6.DEGREE << arityLog;
            TreeShape shape = new TreeShape(List.of(new TreeShape.Matrix(logHeight, width)), 1);
            int[] codeword = elements(arityLog, width << logHeight);
            for (HashSuite suite : SUITES) {
                SplittableRandom random = new SplittableRandom(logHeight);
                assertSame(scalar.commit(suite, shape, codeword), simd.commit(suite, shape, codeword), random);
            }
        }
    }

    private static void assertSame(CommittedTree expected, CommittedTree tree, SplittableRandom random) {
        TreeShape shape = expected.shape();
        assertThat(tree.shape()).isEqualTo(shape);
        assertThat(tree.cap()).as("%s", shape).isEqualTo(expected.cap());
        for (int i = 0; i < 20; i++) {
            int index = random.nextInt(1 << shape.logHeight());
            assertThat(tree.open(index).rows())
                    .as("%s", shape)
                    .isEqualTo(expected.open(index).rows());
            assertThat(tree.open(index).path())
                    .as("%s", shape)
                    .isEqualTo(expected.open(index).path());
        }
    }

    @Test
    void evaluations() {
        for (int logHeight = 0; logHeight <= 13; logHeight++) {
            int logBlowup = 1 + logHeight % 2;
            int width = 1 + logHeight % 5;
            int[] codewords = elements(logHeight, width << (logHeight + logBlowup));
            E6 point = extension(logHeight);
            assertThat(simd.evaluate(codewords, logHeight, width, logBlowup, point))
                    .as("height 2^%d, width %d", logHeight, width)
                    .isEqualTo(scalar.evaluate(codewords, logHeight, width, logBlowup, point));
        }
    }

    @Test
    void reducedCodewords() {
        for (int logSize = 1; logSize <= 11; logSize++) {
            E6 zeta = extension(100);
            E6 next = zeta.times(KoalaBear.rootOfUnity(5));
            List<Backend.Opened> matrices = List.of(
                    opened(logSize, 3, zeta, next),
                    opened(logSize, 1, zeta),
                    opened(logSize, 17 + logSize, zeta, next),
                    opened(logSize, 2, next, extension(101), zeta));
            assertThat(simd.reduce(logSize, matrices, extension(102)))
                    .as("size 2^%d", logSize)
                    .isEqualTo(scalar.reduce(logSize, matrices, extension(102)));
        }
    }

    private static Backend.Opened opened(int logSize, int width, E6... points) {
        List<E6> values = new ArrayList<>();
        for (int i = 0; i < points.length * width; i++) values.add(extension(1000 + i));
        return new Backend.Opened(elements(width, width << logSize), width, List.of(points), values);
    }

    @Test
    void folds() {
        for (int arityLog = 1; arityLog <= 4; arityLog++) {
            for (int logSize = arityLog; logSize <= 13; logSize++) {
                int[] codeword = elements(logSize, E6.DEGREE << logSize);
                int[] kept = codeword.clone();
                assertThat(simd.fold(codeword, logSize, arityLog, extension(1)))
                        .as("2^%d by 2^%d", logSize, arityLog)
                        .isEqualTo(scalar.fold(codeword, logSize, arityLog, extension(1)));
                assertThat(codeword).isEqualTo(kept);
            }
        }
    }

    @Test
    void accumulations() {
        for (int logSize = 0; logSize <= 12; logSize++) {
            int[] expected = elements(logSize, E6.DEGREE << logSize);
            int[] target = expected.clone();
            int[] codeword = elements(50 + logSize, E6.DEGREE << logSize);
            scalar.accumulate(expected, codeword, logSize, extension(2));
            simd.accumulate(target, codeword, logSize, extension(2));
            assertThat(target).as("2^%d", logSize).isEqualTo(expected);
        }
    }

    @Test
    void interpolations() {
        for (int logCount = 0; logCount <= 8; logCount++) {
            int[] codeword = elements(logCount, E6.DEGREE << (logCount + 1));
            assertThat(simd.interpolate(codeword, logCount))
                    .as("2^%d", logCount)
                    .isEqualTo(scalar.interpolate(codeword, logCount));
        }
    }

    @Test
    void nonces() {
        for (HashSuite suite : SUITES) {
            for (int absorbed = 0; absorbed <= 31; absorbed++) {
                Transcript transcript = suite.transcript();
                for (int i = 0; i < absorbed; i++) transcript.absorb(KoalaBear.of(i + 1));
                if (absorbed % 2 == 0) transcript.squeeze();
                assertThat(simd.grind(transcript, 7))
                        .as("%s, %d absorbed", suite.name(), absorbed)
                        .isEqualTo(scalar.grind(transcript, 7));
            }
        }
    }

    private static E6 extension(long seed) {
        return E6.read(elements(seed, E6.DEGREE), 0, 1);
    }
}
