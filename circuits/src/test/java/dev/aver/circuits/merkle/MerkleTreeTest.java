package dev.aver.circuits.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.TreeShape.Matrix;
import dev.aver.circuits.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MerkleTreeTest {
    private static final int ONE = KoalaBear.ONE;

    static List<HashSuite> suites() {
        return List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);
    }

    /** One matrix; several of one height; injections at every level; cap at the root, in the middle, at the leaves. */
    private static List<TreeShape> shapes() {
        return List.of(
                shape(0, 0, 1),
                shape(0, 4, 3),
                shape(4, 4, 17),
                shape(2, 5, 2, 5, 16, 5, 1),
                shape(1, 4, 1, 3, 2, 2, 3, 1, 4),
                shape(2, 2, 5, 5, 1, 3, 30, 2, 2, 5, 7));
    }

    /** A shape from a cap and pairs of height and width. */
    private static TreeShape shape(int capLog, int... heightsAndWidths) {
        List<Matrix> matrices = new ArrayList<>();
        for (int i = 0; i < heightsAndWidths.length; i += 2) {
            matrices.add(new Matrix(heightsAndWidths[i], heightsAndWidths[i + 1]));
        }
        return new TreeShape(matrices, capLog);
    }

    private static List<int[]> matrices(TreeShape shape) {
        SplittableRandom source = new SplittableRandom(17);
        return shape.matrices().stream()
                .map(matrix -> Samples.array(source, matrix.width() << matrix.logHeight()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyIndexOpens(HashSuite suite) {
        for (TreeShape shape : shapes()) {
            List<int[]> matrices = matrices(shape);
            MerkleTree tree = new MerkleTree(suite, shape, matrices);
            for (int index = 0; index < 1 << shape.logHeight(); index++) {
                Opening opening = tree.open(index);
                assertThat(opening.isIn(tree.cap(), suite, shape, index))
                        .as("%s at %d", shape, index)
                        .isTrue();
                for (int i = 0; i < matrices.size(); i++) {
                    Matrix matrix = shape.matrices().get(i);
                    int row = index >> (shape.logHeight() - matrix.logHeight());
                    for (int column = 0; column < matrix.width(); column++) {
                        assertThat(opening.rows()[shape.rowOffset(i) + column])
                                .isEqualTo(matrices.get(i)[(column << matrix.logHeight()) + row]);
                    }
                }
            }
        }
    }

    /** Two levels and an injection at each, put together by hand. */
    @ParameterizedTest
    @MethodSource("suites")
    void hashesWhatTheDocumentSays(HashSuite suite) {
        // Heights 1, 4, 2, 4: the two of height 4 are one row, first matrix first.
        TreeShape shape = shape(0, 0, 1, 2, 2, 1, 1, 2, 1);
        int[] top = {9};
        int[] tall = {10, 11, 12, 13, 20, 21, 22, 23};
        int[] middle = {30, 31};
        int[] second = {40, 41, 42, 43};
        int[] cap = new MerkleTree(suite, shape, List.of(top, tall, middle, second)).cap();

        int[] left = node(suite, leaf(suite, 10, 20, 40), leaf(suite, 11, 21, 41));
        int[] right = node(suite, leaf(suite, 12, 22, 42), leaf(suite, 13, 23, 43));
        int[] leftInjected = inject(suite, left, leaf(suite, 30));
        int[] rightInjected = inject(suite, right, leaf(suite, 31));
        assertThat(cap).isEqualTo(inject(suite, node(suite, leftInjected, rightInjected), leaf(suite, 9)));
    }

    private static int[] leaf(HashSuite suite, int... row) {
        int[] digest = new int[suite.digestLength()];
        suite.leaf(row, 0, row.length, digest, 0);
        return digest;
    }

    private static int[] node(HashSuite suite, int[] left, int[] right) {
        int[] digest = new int[suite.digestLength()];
        suite.node(left, 0, right, 0, digest, 0);
        return digest;
    }

    private static int[] inject(HashSuite suite, int[] node, int[] row) {
        int[] digest = new int[suite.digestLength()];
        suite.inject(node, 0, row, 0, digest, 0);
        return digest;
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyChangeIsNoticed(HashSuite suite) {
        for (TreeShape shape : shapes()) {
            MerkleTree tree = new MerkleTree(suite, shape, matrices(shape));
            int leaves = 1 << shape.logHeight();
            int index = leaves * 2 / 3;
            Opening opening = tree.open(index);
            int[] cap = tree.cap();
            for (int i = 0; i < opening.rows().length; i++) {
                Opening changed = new Opening(changed(opening.rows(), i), opening.path());
                assertThat(changed.isIn(cap, suite, shape, index))
                        .as("%s, element %d", shape, i)
                        .isFalse();
            }
            for (int i = 0; i < opening.path().length; i++) {
                Opening changed = new Opening(opening.rows(), changed(opening.path(), i));
                assertThat(changed.isIn(cap, suite, shape, index))
                        .as("%s, path %d", shape, i)
                        .isFalse();
            }
            for (int other = 0; other < leaves; other++) {
                assertThat(opening.isIn(cap, suite, shape, other))
                        .as("%s, index %d", shape, other)
                        .isEqualTo(other == index);
            }
            int node = index >> shape.pathLength();
            for (int i = 0; i < cap.length; i++) {
                boolean used = i / suite.digestLength() == node;
                assertThat(opening.isIn(changed(cap, i), suite, shape, index)).isEqualTo(!used);
            }
        }
    }

    private static int[] changed(int[] array, int at) {
        int[] changed = array.clone();
        changed[at] = KoalaBear.add(changed[at] & 0x3fffffff, ONE);
        return changed;
    }

    @ParameterizedTest
    @MethodSource("suites")
    void whatHasNotTheShapesLengthIsNoOpening(HashSuite suite) {
        TreeShape shape = shape(1, 3, 2, 2, 1);
        MerkleTree tree = new MerkleTree(suite, shape, matrices(shape));
        Opening opening = tree.open(5);
        int[] cap = tree.cap();
        int[] rows = opening.rows();
        int[] path = opening.path();
        assertThat(opening.isIn(cap, suite, shape, 5)).isTrue();
        assertThat(opening.isIn(cap, suite, shape, 5 + 8)).isFalse();
        assertThat(opening.isIn(cap, suite, shape, -3)).isFalse();
        assertThat(opening.isIn(Arrays.copyOf(cap, cap.length + 1), suite, shape, 5))
                .isFalse();
        for (int change : new int[] {-1, 1}) {
            Opening otherRows = new Opening(Arrays.copyOf(rows, rows.length + change), path);
            assertThat(otherRows.isIn(cap, suite, shape, 5)).isFalse();
            Opening otherPath = new Opening(rows, Arrays.copyOf(path, path.length + change));
            assertThat(otherPath.isIn(cap, suite, shape, 5)).isFalse();
        }
    }

    /**
     * The tree one level shorter, whose "leaves" are digests of the true one: a node is not a leaf of the same content.
     */
    @ParameterizedTest
    @MethodSource("suites")
    void aNodeIsNoLeaf(HashSuite suite) {
        int digest = suite.digestLength();
        TreeShape shape = shape(0, 3, 4);
        MerkleTree tree = new MerkleTree(suite, shape, matrices(shape));
        Opening opening = tree.open(0);
        int[] children = Arrays.copyOf(leaf(suite, opening.rows()), 2 * digest);
        System.arraycopy(opening.path(), 0, children, digest, digest);
        Opening shorter = new Opening(children, Arrays.copyOfRange(opening.path(), digest, 3 * digest));
        assertThat(shorter.isIn(tree.cap(), suite, shape(0, 2, 2 * digest), 0)).isFalse();
    }

    /**
     * The same elements, cut into matrices otherwise, are another commitment; so are a row's parts moved between
     * levels.
     */
    @ParameterizedTest
    @MethodSource("suites")
    void anotherShapeIsAnotherTree(HashSuite suite) {
        int[] all = Samples.array(new SplittableRandom(2), 24);
        int[] tall = Arrays.copyOf(all, 16);
        int[] small = Arrays.copyOfRange(all, 16, 24);
        int[] injected = new MerkleTree(suite, shape(1, 3, 2, 2, 2), List.of(tall, small)).cap();
        int[] joined = new MerkleTree(suite, shape(1, 3, 3), List.of(all)).cap();
        int[] lower = new MerkleTree(suite, shape(1, 3, 2, 1, 4), List.of(tall, small)).cap();
        assertThat(List.of(boxed(injected), boxed(joined), boxed(lower))).doesNotHaveDuplicates();
        // Matrices of one height are one: where the cut between them is, the shape says, not the hash.
        int[] cut = new MerkleTree(
                        suite, shape(1, 3, 1, 3, 2), List.of(Arrays.copyOf(all, 8), Arrays.copyOfRange(all, 8, 24)))
                .cap();
        assertThat(cut).isEqualTo(joined);
    }

    private static List<Integer> boxed(int[] array) {
        return Arrays.stream(array).boxed().toList();
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatThrownBy(() -> shape(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shape(-1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shape(3, 4, 1, 2, 1)).hasMessageContaining("logHeight=2");
        assertThatThrownBy(() -> shape(3, 25, 1)).hasMessageContaining("logHeight=25");
        assertThatThrownBy(() -> shape(3, 4, 0)).hasMessageContaining("width=0");
        assertThat(shape(3, 24, 1).pathLength()).isEqualTo(21);
    }

    @Test
    void opensRowsInTheDocumentedOrder() {
        TreeShape shape = shape(1, 2, 3, 4, 5, 2, 7, 3, 11, 4, 13);
        assertThat(List.of(0, 1, 2, 3, 4)).map(shape::rowOffset).containsExactly(29, 0, 32, 18, 5);
        assertThat(shape.openedElements()).isEqualTo(39);
        assertThat(shape.width(4)).isEqualTo(18);
        assertThat(shape.width(1)).isZero();
    }
}
