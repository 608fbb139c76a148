package dev.aver.circuits.merkle;

import dev.aver.circuits.field.KoalaBear;
import java.util.List;

/**
 * The shape of a commitment: which matrices it holds, and where it is cut. A verifier derives it from what it knows,
 * never from the proof.
 *
 * <p>Level k of the tree has 2^k nodes. The rows of a matrix of height 2^k belong to level k; matrices of equal height
 * are one matrix, their rows joined in the order given. The tallest's rows are the leaves; a shorter one's are injected
 * at their level. The nodes of level {@code capLog} are the commitment.
 *
 * <p>Index i of the tallest matrix opens row i ≫ d of one that is 2^d times shorter. For matrices of evaluations on
 * nested domains that is the same point's power, if rows are stored in bit-reversed order, and this is why they are.
 *
 * @param matrices at least one
 * @param capLog the logarithm of the number of nodes that are the commitment; no matrix is shorter
 */
public record TreeShape(List<Matrix> matrices, int capLog) {
    /**
     * One matrix.
     *
     * @param logHeight the logarithm of its number of rows, at most 24
     * @param width its number of columns, at least 1
     */
    public record Matrix(int logHeight, int width) {}

    /**
     * @throws IllegalArgumentException if there is no matrix, one has no column, or a height is below the cap's or
     *     above 2^24
     */
    public TreeShape {
        matrices = List.copyOf(matrices);
        if (matrices.isEmpty()) throw new IllegalArgumentException("a tree without a matrix");
        if (capLog < 0) throw new IllegalArgumentException("a cap of 2^" + capLog + " nodes");
        for (Matrix matrix : matrices) {
            if (matrix.width < 1) throw new IllegalArgumentException("a matrix without a column: " + matrix);
            if (matrix.logHeight < capLog || matrix.logHeight > KoalaBear.TWO_ADICITY) {
                throw new IllegalArgumentException("a height outside 2^" + capLog + " to 2^24: " + matrix);
            }
        }
    }

    /** The logarithm of the tallest matrix's height, which is the level of the leaves. */
    public int logHeight() {
        return matrices.stream().mapToInt(Matrix::logHeight).max().orElseThrow();
    }

    /** The number of digests of a path. */
    public int pathLength() {
        return logHeight() - capLog;
    }

    /**
     * The number of elements in a row of this level: all columns of matrices of height 2^level. 0 if there are none.
     */
    public int width(int level) {
        return matrices.stream()
                .filter(matrix -> matrix.logHeight == level)
                .mapToInt(Matrix::width)
                .sum();
    }

    /** The number of elements that an index opens: all columns. */
    public int openedElements() {
        return matrices.stream().mapToInt(Matrix::width).sum();
    }

    /**
     * Where the row of matrix number {@code matrix} begins among the opened elements: taller ones come first, equally
     * tall ones as given.
     */
    public int rowOffset(int matrix) {
        int level = matrices.get(matrix).logHeight;
        int offset = 0;
        for (int i = 0; i < matrices.size(); i++) {
            int other = matrices.get(i).logHeight;
            if (other > level || (other == level && i < matrix)) offset += matrices.get(i).width;
        }
        return offset;
    }
}
