package dev.aver.verifier;

import dev.aver.circuits.chips.Machine;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt.Segment;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.StarkShape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A segment's bytes, as they stand in a receipt and, alone, in a prover's checkpoint. */
public final class SegmentFormat {
    /** At most so many bytes stand before a segment's proof, with which there is no need to grow. */
    private static final int HEADER_BYTES = 1024;

    private SegmentFormat() {}

    /** The bytes of a segment. */
    public static byte[] encode(Segment segment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(segment.proof().length + HEADER_BYTES);
        write(segment, out);
        return out.toByteArray();
    }

    /**
     * Reads a segment that stands alone.
     *
     * @param programLogHeight the logarithm of the height of the program's table
     * @throws InvalidReceiptException if the bytes are not one
     */
    public static Segment decode(byte[] bytes, Parameters parameters, int programLogHeight)
            throws InvalidReceiptException {
        ByteReader in = new ByteReader(bytes);
        Segment segment = read(in, parameters, programLogHeight);
        in.end();
        return segment;
    }

    static void write(Segment segment, ByteArrayOutputStream out) {
        Bytes.u32(out, segment.endRow());
        Bytes.digests(out, segment.endRoot());
        Bytes.u32(out, segment.cycles());
        out.write(segment.tables().tables().size());
        for (Instance table : segment.tables().tables()) {
            out.write(table.table());
            out.write(table.instance());
            out.write(table.logHeight());
        }
        out.writeBytes(segment.proof());
    }

    static Segment read(ByteReader in, Parameters parameters, int programLogHeight) throws InvalidReceiptException {
        int endRow = in.count("the end row", 0, (1 << programLogHeight) - 1);
        int[] endRoot = in.digests(1, "the end root");
        int cycles = in.count("the number of cycles", 1, Machine.CYCLE_BOUND - 1);
        int count = in.u8("the number of tables");
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            instances.add(new Instance(in.u8("a table"), in.u8("an instance"), in.u8("a height")));
        }
        ProofTables tables = new ProofTables(Machine.CURRENT, instances);
        if (tables.programLogHeight() != programLogHeight) {
            throw new InvalidReceiptException(Reason.HEIGHT, "the program's table is not as high as its commitment");
        }
        long length = new StarkShape(parameters, tables).proofBytes();
        return new Segment(endRow, endRoot, cycles, tables, in.bytes(length, "a segment's proof"));
    }
}
