package dev.aver.verifier;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt.Segment;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
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
        out.writeBytes(encodeHeader(receipt, receipt.segments().size()));
        for (Segment segment : receipt.segments()) {
            SegmentFormat.write(segment, out);
        }
        return out.toByteArray();
    }

    /** What stands before the segments. */
    static byte[] encodeHeader(Receipt receipt, int segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bytes.u32(out, MAGIC);
        Bytes.u16(out, VERSION);
        out.write(COMPOSITE);
        out.write(Machine.VERSION);
        Parameters parameters = receipt.parameters();
        out.write(SUITES.indexOf(parameters.suite()));
        out.write(parameters.logBlowup());
        Bytes.u16(out, parameters.queries());
        out.write(parameters.grindingBits());
        out.write(parameters.capLog());
        out.write(parameters.finalLog());
        out.write(parameters.arityLog());
        out.writeBytes(HexFormat.of().parseHex(receipt.keyDigest()));
        Image image = receipt.image();
        out.write(image.commitment().logHeight());
        Bytes.u32(out, image.entryRow());
        Bytes.digests(out, image.commitment().cap());
        Bytes.digests(out, image.programHalf());
        Bytes.digests(out, receipt.inputDigest().elements());
        Bytes.u32(out, receipt.exitCode());
        Bytes.u32(out, receipt.journal().length);
        out.writeBytes(receipt.journal());
        Bytes.u32(out, segments);
        return out.toByteArray();
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
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            Segment segment =
                    SegmentFormat.read(in, parameters, image.commitment().logHeight());
            if (last && segment.endRow() != 0) {
                throw new InvalidReceiptException(
                        Reason.CLAIM, "the last segment ends at row " + segment.endRow() + ", and a halt's is 0");
            }
            segments.add(segment);
        }
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
            if (parameters.logBlowup() != ProgramCommitment.LOG_BLOWUP) {
                throw new InvalidReceiptException(
                        Reason.PARAMETERS, "another rate than that of the program's commitment");
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
}
