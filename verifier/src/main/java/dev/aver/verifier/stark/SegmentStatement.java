package dev.aver.verifier.stark;

import java.util.List;

/**
 * What a segment's proof proves, in the terms of an algebra: the values are elements of K, and within their ranges for
 * a reason that whoever makes a statement knows.
 *
 * @param imageId 9 elements: the program's, as computed from the commitment that the proof is verified with
 * @param startRow row of the first instruction
 * @param startRoot 9 elements: the memory tree's root before
 * @param endRow row after the last instruction, 0 after a halt
 * @param endRoot the memory tree's root after
 * @param halted 1 if the segment ends the run, else 0
 * @param result the exit code's two limbs and the journal digest's sixteen; zeros if not halted
 * @param cycles the number of instructions, from 1 to 2^22 − 1
 */
public record SegmentStatement<V>(
        List<V> imageId, V startRow, List<V> startRoot, V endRow, List<V> endRoot, V halted, List<V> result, V cycles) {
    /** The elements of a digest. */
    public static final int DIGEST = 9;

    /** The limbs of a result. */
    public static final int RESULT = 18;

    public SegmentStatement {
        imageId = List.copyOf(imageId);
        startRoot = List.copyOf(startRoot);
        endRoot = List.copyOf(endRoot);
        result = List.copyOf(result);
        assert imageId.size() == DIGEST && startRoot.size() == DIGEST && endRoot.size() == DIGEST : "digests";
        assert result.size() == RESULT : result.size();
    }
}
