package dev.aver.circuits.image;

import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.chips.ProgramColumns;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.merkle.MerkleTree;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.zkvm.program.ProgramTable;
import java.util.Arrays;
import java.util.List;

/**
 * The commitment to a program table: to the columns of {@link ProgramChip}, extended at rate 1/2, always with the suite
 * {@code poseidon2-koalabear-24} and this cap, whatever a proof commits to its other tables with. So the same program
 * has one commitment.
 *
 * @param logHeight logarithm of the number of rows, padding included: 6 to 23
 * @param cap 2^{@link #CAP_LOG} digests
 */
public record ProgramCommitment(int logHeight, int[] cap) {
    /** Logarithm of the number of digests in the cap. */
    public static final int CAP_LOG = 6;

    /** Logarithm of the extension's factor. */
    public static final int LOG_BLOWUP = 1;

    /** Elements of the cap. */
    public static final int CAP_ELEMENTS = Poseidon2Suite.DIGEST << CAP_LOG;

    /** The largest {@link #logHeight}. */
    public static final int MAX_LOG_HEIGHT = 23;

    /** @throws IllegalArgumentException if the height or the cap's length is not one that a program can have */
    public ProgramCommitment {
        if (logHeight < CAP_LOG || logHeight > MAX_LOG_HEIGHT) {
            throw new IllegalArgumentException("a program of height 2^" + logHeight);
        }
        if (cap.length != CAP_ELEMENTS) throw new IllegalArgumentException("a cap of " + cap.length + " elements");
    }

    /** Commits to a program. */
    public static ProgramCommitment of(ProgramTable program) {
        int logHeight = ProgramChip.logHeight(program);
        int[] extended = extend(ProgramChip.preprocessed(program), logHeight);
        return new ProgramCommitment(logHeight, tree(extended, logHeight).cap());
    }

    /**
     * The extension of the columns: what is committed to. Column c is at c · 2^(logHeight + 1), in bit-reversed order.
     *
     * @param columns as {@link ProgramChip#preprocessed} gives them
     */
    public static int[] extend(int[] columns, int logHeight) {
        LowDegreeExtension extension = new LowDegreeExtension(logHeight);
        int[] extended = new int[columns.length << LOG_BLOWUP];
        for (int i = 0; i < ProgramColumns.WIDTH; i++) {
            extension.extend(columns, i << logHeight, extended, i << (logHeight + LOG_BLOWUP));
        }
        return extended;
    }

    /** The tree over what {@link #extend} gives, to open it. */
    public static MerkleTree tree(int[] extended, int logHeight) {
        return new MerkleTree(HashSuite.POSEIDON2, shape(logHeight), List.of(extended));
    }

    /** The shape of the tree over a program of this height. */
    public static TreeShape shape(int logHeight) {
        return new TreeShape(List.of(new TreeShape.Matrix(logHeight + LOG_BLOWUP, ProgramColumns.WIDTH)), CAP_LOG);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgramCommitment(int height, int[] digests)
                && logHeight == height
                && Arrays.equals(cap, digests);
    }

    @Override
    public int hashCode() {
        return 31 * logHeight + Arrays.hashCode(cap);
    }

    @Override
    public String toString() {
        return "ProgramCommitment[2^" + logHeight + " rows]";
    }
}
