package dev.aver.verifier;

import dev.aver.circuits.image.Image;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import java.util.List;

/**
 * A composite receipt: a claim, and one proof for each segment of the run (docs/protocol.md, section 10). Reading one
 * says nothing about its truth; {@link Verifier} does.
 *
 * <p>It holds nothing that follows from the rest: a segment starts where the one before it ended, the first one at the
 * image's entry, the last one halts. So there is one encoding for each receipt.
 *
 * @param parameters what the proofs are made with
 * @param keyDigest the verifying key's digest, in hexadecimal: says which machine and version made the proofs
 * @param image the image id's preimage
 * @param inputDigest root of the input half of memory at the start
 * @param exitCode the exit code
 * @param journal the journal; not to be modified
 * @param segments in order, at least one
 */
@SuppressWarnings("ArrayRecordComponent")
public record Receipt(
        Parameters parameters,
        String keyDigest,
        Image image,
        InputDigest inputDigest,
        int exitCode,
        byte[] journal,
        List<Segment> segments) {
    /** The version of the bytes' format. */
    public static final int FORMAT_VERSION = ReceiptFormat.VERSION;

    /**
     * One segment.
     *
     * @param endRow row of the next instruction, 0 in the last segment
     * @param endRoot root of the memory tree at its end, 9 elements in Montgomery form
     * @param cycles instructions executed, 1 to 2^22 − 1
     * @param tables the proof's tables
     * @param proof the proof's bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Segment(int endRow, int[] endRoot, int cycles, ProofTables tables, byte[] proof) {}

    public Receipt {
        segments = List.copyOf(segments);
    }

    /** This with other segments. */
    public Receipt withSegments(List<Segment> others) {
        return new Receipt(parameters, keyDigest, image, inputDigest, exitCode, journal, others);
    }

    /** The bytes: {@link ReceiptFormat}. */
    public byte[] encode() {
        return ReceiptFormat.encode(this);
    }

    /**
     * The bytes of a receipt with so many segments up to the first: behind them follows each segment's
     * {@link SegmentFormat#encode}. For those who do not hold all segments at once.
     */
    public byte[] encodeHeader(int count) {
        return ReceiptFormat.encodeHeader(this, count);
    }

    /**
     * Reads a receipt.
     *
     * @throws InvalidReceiptException if the bytes are not a receipt of this version
     */
    public static Receipt decode(byte[] bytes) throws InvalidReceiptException {
        return ReceiptFormat.decode(bytes);
    }

    /** Instructions executed in all segments. */
    public long cycles() {
        long cycles = 0;
        for (Segment segment : segments) cycles += segment.cycles;
        return cycles;
    }
}
