package dev.aver.prover.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.TreeShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashing in lanes against the suites. */
class LaneHashTest {
    private static final int LOG_HEIGHT = 8;
    private static final int HEIGHT = 1 << LOG_HEIGHT;

    /** Widths around a sponge's rate, BLAKE3's blocks of 16 and chunks of 256 elements. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 14, 15, 16, 17, 29, 30, 31, 32, 100, 255, 256, 257, 272, 511, 512, 513, 769, 1030, 1300})
    void rows(int width) {
        int first = width / 3;
        TreeShape shape = new TreeShape(
                first == 0
                        ? List.of(new TreeShape.Matrix(LOG_HEIGHT, width))
                        : List.of(
                                new TreeShape.Matrix(LOG_HEIGHT, first),
                                new TreeShape.Matrix(LOG_HEIGHT - 1, 5),
                                new TreeShape.Matrix(LOG_HEIGHT, width - first)),
                0);
        List<int[]> matrices = shape.matrices().stream()
                .map(matrix -> elements(width, matrix.width() << matrix.logHeight()))
                .toList();
        Rows rows = Rows.Columns.at(LOG_HEIGHT, shape, matrices);
        assertThat(rows.width()).isEqualTo(width);
        int[] consecutive = new int[width * HEIGHT];
        for (int i = 0; i < width; i++) {
            int[] column = new int[HEIGHT];
            rows.read(i, 0, HEIGHT, column, 0);
            for (int row = 0; row < HEIGHT; row++) consecutive[row * width + i] = column[row];
        }
        for (HashSuite suite : List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3)) {
            int[] expected = new int[suite.digestLength() * HEIGHT];
            for (int row = 0; row < HEIGHT; row++) {
                suite.leaf(consecutive, row * width, width, expected, row * suite.digestLength());
            }
            assertThat(leaves(suite, rows)).as(suite.name()).isEqualTo(expected);
            assertThat(leaves(suite, new Rows.Consecutive(consecutive, width)))
                    .as(suite.name())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nodes(long seed) {
        for (HashSuite suite : List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3)) {
            int digest = suite.digestLength();
            int[] below = elements(seed, 2 * HEIGHT * digest);
            int[] rows = elements(seed + 100, HEIGHT * digest);
            int[] expected = new int[HEIGHT * digest];
            for (int i = 0; i < HEIGHT; i++) {
                suite.node(below, 2 * i * digest, below, (2 * i + 1) * digest, expected, i * digest);
            }
            LaneHash hash = LaneHash.of(suite);
            int[] nodes = new int[HEIGHT * digest];
            for (int i = 0; i < HEIGHT; i += hash.lanes()) hash.nodes(below, i, nodes);
            assertThat(nodes).as(suite.name() + ", seed " + seed).isEqualTo(expected);

            for (int i = 0; i < HEIGHT; i++) suite.inject(expected, i * digest, rows, i * digest, expected, i * digest);
            for (int i = 0; i < HEIGHT; i += hash.lanes()) hash.inject(rows, i, nodes);
            assertThat(nodes).as(suite.name() + ", seed " + seed).isEqualTo(expected);
        }
    }

    private static int[] leaves(HashSuite suite, Rows rows) {
        LaneHash hash = LaneHash.of(suite);
        int[] digests = new int[suite.digestLength() * HEIGHT];
        for (int row = 0; row < HEIGHT; row += hash.lanes()) hash.leaves(rows, row, digests);
        return digests;
    }

    /** Random elements, a third of them 0 or p − 1. */
    static int[] elements(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] elements = random.ints(count, 0, KoalaBear.P).toArray();
        Arrays.setAll(elements, i -> switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> KoalaBear.P - 1;
            default -> elements[i];
        });
        return elements;
    }
}
