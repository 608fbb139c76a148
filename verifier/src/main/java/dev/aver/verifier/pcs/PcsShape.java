package dev.aver.verifier.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.merkle.TreeShape;
import java.util.List;

/**
 * What is opened together, by which everything about an opening proof is determined but its content: which numbers
 * stand where, and how many. Prover and verifier derive it from the verifying key and the absorbed heights.
 *
 * @param parameters how
 * @param commitments what, at least one, in the order of the openings
 */
public record PcsShape(Parameters parameters, List<OpenedCommitment> commitments) {
    /**
     * @throws IllegalArgumentException if there is no commitment, one has no matrix, a matrix has no column, or a
     *     height is outside the parameters' range or below a cap. Whoever has the heights from a proof checks them
     *     first
     */
    public PcsShape {
        commitments = List.copyOf(commitments);
        if (commitments.isEmpty()) throw new IllegalArgumentException("nothing to open");
        for (OpenedCommitment commitment : commitments) {
            if (commitment.matrices().isEmpty()) throw new IllegalArgumentException("a tree without a matrix");
            for (OpenedMatrix matrix : commitment.matrices()) {
                if (matrix.width() < 1) throw new IllegalArgumentException("a matrix without a column: " + matrix);
                if (matrix.logHeight() < Parameters.MIN_LOG_HEIGHT || matrix.logHeight() > parameters.maxLogHeight()) {
                    throw new IllegalArgumentException("a height outside the parameters' range: " + matrix);
                }
                if (commitment.capLog() < 0 || commitment.capLog() > matrix.logHeight() + parameters.logBlowup()) {
                    throw new IllegalArgumentException(
                            "a cap of 2^" + commitment.capLog() + " nodes over a codeword of " + matrix);
                }
            }
        }
    }

    /** The logarithm of the length of a matrix's codewords. */
    public int logSize(OpenedMatrix matrix) {
        return matrix.logHeight() + parameters.logBlowup();
    }

    /** The tree of commitment number {@code commitment}, over the codewords. */
    public TreeShape tree(int commitment) {
        OpenedCommitment opened = commitments.get(commitment);
        List<TreeShape.Matrix> matrices = opened.matrices().stream()
                .map(matrix -> new TreeShape.Matrix(logSize(matrix), matrix.width()))
                .toList();
        return new TreeShape(matrices, opened.capLog());
    }

    /** The tree of a committed codeword of the low-degree test: a row is the neighbours that become one value. */
    public TreeShape tree(FriSchedule.Fold fold) {
        int width = E6.DEGREE * fold.arity();
        return new TreeShape(List.of(new TreeShape.Matrix(fold.nextLogSize(), width)), parameters.capLog());
    }

    /** The lengths of codewords that occur, as a set of bits: bit h stands for 2^h. */
    public int logSizes() {
        int sizes = 0;
        for (OpenedCommitment commitment : commitments) {
            for (OpenedMatrix matrix : commitment.matrices()) sizes |= 1 << logSize(matrix);
        }
        return sizes;
    }

    /** The logarithm of the longest codeword's length: an index has as many bits. */
    public int maxLogSize() {
        return 31 - Integer.numberOfLeadingZeros(logSizes());
    }

    /** How the low-degree test folds. */
    public FriSchedule schedule() {
        return FriSchedule.of(parameters, logSizes());
    }

    /** The number of opened values: each column of each matrix at each of its points. */
    public int openings() {
        int count = 0;
        for (OpenedCommitment commitment : commitments) {
            for (OpenedMatrix matrix : commitment.matrices()) count += matrix.points() * matrix.width();
        }
        return count;
    }

    /**
     * Where the values of a matrix at a point begin among all {@link #openings}: by commitment, then matrix, then
     * point; columns follow each other.
     *
     * @param point 0 for ζ, 1 for the next row
     */
    public int opening(int commitment, int matrix, int point) {
        int count = 0;
        for (int c = 0; c <= commitment; c++) {
            List<OpenedMatrix> matrices = commitments.get(c).matrices();
            int end = c < commitment ? matrices.size() : matrix;
            for (OpenedMatrix before : matrices.subList(0, end)) count += before.points() * before.width();
        }
        return count
                + point * commitments.get(commitment).matrices().get(matrix).width();
    }

    /** The length of an opening proof. */
    public long proofBytes() {
        long element = 4L * E6.DEGREE;
        long digest = 4L * parameters.suite().digestLength();
        long bytes = element * openings() + element * (1L << parameters.finalLog()) + 4;
        long query = 0;
        for (int c = 0; c < commitments.size(); c++) {
            TreeShape tree = tree(c);
            query += 4L * tree.openedElements();
            query += 4L * commitments.get(c).suite().digestLength() * tree.pathLength();
        }
        for (FriSchedule.Fold fold : schedule().folds()) {
            bytes += digest << parameters.capLog();
            query += element * fold.arity() + digest * tree(fold).pathLength();
        }
        return bytes + parameters.queries() * query;
    }
}
