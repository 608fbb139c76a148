package dev.aver.prover;

import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.hash.Sha256;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.zkvm.program.ProgramTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where finished segments wait for the others: {@code job} says which proof they belong to, {@code salt} its salt,
 * {@code segment-N} are the segments as a receipt has them.
 */
final class Checkpoint {
    private final SegmentStore store;

    Checkpoint(SegmentStore store) {
        this.store = store;
    }

    /** The salt of the proof that was begun here, or this one, which is then kept. */
    long[] salt(long[] fresh) throws IOException {
        Optional<byte[]> bytes = store.read("salt");
        if (bytes.isEmpty()) {
            ByteBuffer written = ByteBuffer.allocate(Long.BYTES * fresh.length);
            written.asLongBuffer().put(fresh);
            store.write("salt", written.array());
            return fresh;
        }
        if (bytes.get().length != Long.BYTES * fresh.length) throw damaged("salt");
        long[] kept = new long[fresh.length];
        ByteBuffer.wrap(bytes.get()).asLongBuffer().get(kept);
        return kept;
    }

    /**
     * Begins or resumes a proof.
     *
     * @param receipt what the receipt will be, without segments
     * @throws IOException also if another proof was begun here
     */
    void begin(Receipt receipt, int segmentCycles) throws IOException {
        byte[] job = digest(receipt.encode(), segmentCycles);
        Optional<byte[]> begun = store.read("job");
        if (begun.isEmpty()) {
            store.write("job", job);
        } else if (!Arrays.equals(begun.get(), job)) {
            throw new IOException(store
                    + " holds segments of another proof (program, input, options or version differ): choose another"
                    + " directory, or empty this one");
        }
    }

    private static byte[] digest(byte[] header, int segmentCycles) {
        MessageDigest digest = Sha256.begin();
        digest.update(ByteBuffer.allocate(4).putInt(segmentCycles).array());
        return digest.digest(header);
    }

    /** A segment that was finished. */
    Optional<Receipt.Segment> find(int number, Parameters parameters, ProgramTable program) throws IOException {
        Optional<byte[]> bytes = store.read(SegmentStore.segment(number));
        if (bytes.isEmpty()) return Optional.empty();
        try {
            return Optional.of(SegmentFormat.decode(bytes.get(), parameters, ProgramChip.logHeight(program)));
        } catch (InvalidReceiptException e) {
            throw damaged(SegmentStore.segment(number));
        }
    }

    /** Keeps a finished segment. */
    void keep(int number, Receipt.Segment segment) throws IOException {
        store.write(SegmentStore.segment(number), SegmentFormat.encode(segment));
    }

    private IOException damaged(String name) {
        return new IOException(name + " in " + store + " is damaged: delete it, and this segment is proven again");
    }
}
