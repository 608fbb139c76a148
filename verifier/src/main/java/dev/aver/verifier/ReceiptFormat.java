package dev.aver.verifier;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt.Segment;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.StarkShape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A receipt's bytes, all numbers little-endian (docs/protocol.md, section 10). Whoever changes anything here raises
 * {@link #VERSION}; a reader reads one version and names the other in its rejection.
 */
final class ReceiptFormat {
    /** The version of the format. */
    static final int VERSION = 1;

    /** "AVER". */
    private static final int MAGIC = 0x52455641;

    private static final int COMPOSITE = 1;
    private static final int KEY_BYTES = 32;
    private static final List<HashSuite> SUITES = List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);

    private ReceiptFormat() {}

    static byte[] encode(Receipt receipt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u32(out, MAGIC);
        u16(out, VERSION);
        out.write(COMPOSITE);
        out.write(Machine.VERSION);
        Parameters parameters = receipt.parameters();
        out.write(SUITES.indexOf(parameters.suite()));
        out.write(parameters.logBlowup());
        u16(out, parameters.queries());
        out.write(parameters.grindingBits());
        out.write(parameters.capLog());
        out.write(parameters.finalLog());
        out.write(parameters.arityLog());
        out.writeBytes(HexFormat.of().parseHex(receipt.keyDigest()));
        Image image = receipt.image();
        out.write(image.commitment().logHeight());
        u32(out, image.entryRow());
        digests(out, image.commitment().cap());
        digests(out, image.programHalf());
        digests(out, receipt.inputDigest().elements());
        u32(out, receipt.exitCode());
        u32(out, receipt.journal().length);
        out.writeBytes(receipt.journal());
        u32(out, receipt.segments().size());
        for (Segment segment : receipt.segments()) {
            u32(out, segment.endRow());
            digests(out, segment.endRoot());
            u32(out, segment.cycles());
            out.write(segment.tables().tables().size());
            for (Instance table : segment.tables().tables()) {
                out.write(table.table());
                out.write(table.instance());
                out.write(table.logHeight());
            }
            out.writeBytes(segment.proof());
        }
        return out.toByteArray();
    }

    private static void u16(ByteArrayOutputStream out, int number) {
        out.write(number);
        out.write(number >>> 8);
    }

    private static void u32(ByteArrayOutputStream out, int number) {
        u16(out, number);
        u16(out, number >>> 16);
    }

    private static void digests(ByteArrayOutputStream out, int[] digests) {
        int length = HashSuite.POSEIDON2.digestLength();
        for (int at = 0; at < digests.length; at += length) out.writeBytes(HashSuite.POSEIDON2.encode(digests, at));
    }

    static Receipt decode(byte[] bytes) throws InvalidReceiptException {
        ByteReader in = new ByteReader(bytes);
        if (in.u32("the magic number") != MAGIC) {
            throw new InvalidReceiptException(Reason.MALFORMED, "not a receipt: it does not begin with AVER");
        }
        version("receipt format", in.u16("the version"), VERSION);
        version("kind", in.u8("the kind"), COMPOSITE);
        version("machine", in.u8("the machine's version"), Machine.VERSION);
        Parameters parameters = parameters(in);
        String key = HexFormat.of().formatHex(in.bytes(KEY_BYTES, "the key's digest"));
        Image image = image(in);
        InputDigest input = new InputDigest(in.digests(1, "the input's digest"));
        int exitCode = in.u32("the exit code");
        int journalLength = in.count("the journal's length", 0, bytes.length);
        byte[] journal = in.bytes(journalLength, "the journal");
        int count = in.count("the number of segments", 1, bytes.length);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) segments.add(segment(in, parameters, image, i == count - 1));
        in.end();
        return new Receipt(parameters, key, image, input, exitCode, journal, segments);
    }

    private static void version(String what, int found, int known) throws InvalidReceiptException {
        if (found != known) {
            throw new InvalidReceiptException(
                    Reason.VERSION,
                    "%s %d, and this verifier knows %d only: use the verifier of the release that made the receipt"
                            .formatted(what, found, known));
        }
    }

    private static Parameters parameters(ByteReader in) throws InvalidReceiptException {
        int suite = in.u8("the hash suite");
        if (suite >= SUITES.size()) throw new InvalidReceiptException(Reason.PARAMETERS, "no hash suite " + suite);
        try {
            Parameters parameters = new Parameters(
                    SUITES.get(suite),
                    in.u8("the blowup"),
                    in.u16("the number of queries"),
                    in.u8("the grinding"),
                    in.u8("the cap"),
                    in.u8("the final length"),
                    in.u8("the arity"));
            if (parameters.logBlowup() != ProgramCommitment.LOG_BLOWUP
                    || parameters.capLog() != ProgramCommitment.CAP_LOG) {
                throw new InvalidReceiptException(
                        Reason.PARAMETERS, "another rate or cap than those of the program's commitment");
            }
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiptException(Reason.PARAMETERS, "not parameters: " + e.getMessage());
        }
    }

    private static Image image(ByteReader in) throws InvalidReceiptException {
        int logHeight = in.u8("the program's height");
        if (logHeight < ProofTables.MIN_LOG_HEIGHT || logHeight > Machine.MAX_LOG_HEIGHT) {
            throw new InvalidReceiptException(Reason.HEIGHT, "a program of 2^" + logHeight + " rows");
        }
        int entry = in.count("the entry", 0, (1 << logHeight) - 1);
        int[] cap = in.digests(1 << ProgramCommitment.CAP_LOG, "the program's commitment");
        return new Image(entry, new ProgramCommitment(logHeight, cap), in.digests(1, "the program half's root"));
    }

    private static Segment segment(ByteReader in, Parameters parameters, Image image, boolean last)
            throws InvalidReceiptException {
        int endRow = in.count("the end row", 0, last ? 0 : (1 << image.commitment().logHeight()) - 1);
        int[] endRoot = in.digests(1, "the end root");
        int cycles = in.count("the number of cycles", 1, Machine.CYCLE_BOUND - 1);
        int count = in.u8("the number of tables");
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            instances.add(new Instance(in.u8("a table"), in.u8("an instance"), in.u8("a height")));
        }
        ProofTables tables = new ProofTables(Machine.CURRENT, instances);
        if (tables.programLogHeight() != image.commitment().logHeight()) {
            throw new InvalidReceiptException(Reason.HEIGHT, "the program's table is not as high as its commitment says");
        }
        long length = new StarkShape(parameters, tables).proofBytes();
        return new Segment(endRow, endRoot, cycles, tables, in.bytes(length, "a segment's proof"));
    }
}
