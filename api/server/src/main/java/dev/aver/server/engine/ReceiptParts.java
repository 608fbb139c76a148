package dev.aver.server.engine;

import dev.aver.circuits.hash.Sha256;
import dev.aver.prover.SegmentSink;
import dev.aver.prover.SegmentStore;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.security.ReceiptSecurity;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A receipt in the making. Its segments are on disk, where they were kept so that the proof can go on after a crash,
 * and are read from there when the receipt is written; only those that were not kept, or that the disk did not take,
 * are in memory, and they are few: then the proof waits for the disk.
 */
final class ReceiptParts implements SegmentSink {
    private static final int HELD = 4;
    private static final long LONGEST_WAIT = 2_000;

    private final LiveJob job;
    private final JobSegments kept;
    private final List<Receipt.Segment> shapes = new ArrayList<>();
    private final Map<Integer, byte[]> held = new TreeMap<>();

    /** Of those on disk, since disks lie. */
    private final Map<Integer, byte[]> digests = new HashMap<>();

    private long bytes;

    /** What was kept is not there any more, or is not what was kept: it has to be proven again. */
    static final class LostException extends IOException {
        private static final long serialVersionUID = 1;

        LostException(int segment) {
            super("the finished segment " + segment + " is not what was kept");
        }
    }

    /** @param kept what the proof keeps its segments in, before it hands them to this */
    ReceiptParts(LiveJob job, JobSegments kept) {
        this.job = job;
        this.kept = kept;
    }

    @Override
    public void accept(Receipt.Segment segment) {
        byte[] encoded = SegmentFormat.encode(segment);
        int number = shapes.size();
        bytes += encoded.length;
        shapes.add(new Receipt.Segment(
                segment.endRow(), segment.endRoot(), segment.cycles(), segment.tables(), new byte[0]));
        if (isOnDisk(number, encoded)) return;
        held.put(number, encoded);
        for (long wait = 50; held.size() > HELD; wait = Math.min(2 * wait, LONGEST_WAIT)) {
            held.entrySet().removeIf(part -> written(part.getKey(), part.getValue()));
            job.checkBetweenSegments();
            if (held.size() > HELD) sleep(wait);
        }
    }

    private boolean written(int number, byte[] encoded) {
        kept.write(SegmentStore.segment(number), encoded);
        return isOnDisk(number, encoded);
    }

    private boolean isOnDisk(int number, byte[] encoded) {
        boolean is = kept.keeps(SegmentStore.segment(number));
        if (is) digests.put(number, Sha256.of(encoded));
        return is;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many segments there are. */
    int count() {
        return shapes.size();
    }

    /** Bytes of all segments. */
    long bytes() {
        return bytes;
    }

    /** The security of the receipt that has these segments. */
    ReceiptSecurity security(Receipt withoutSegments) {
        return Verifier.security(withoutSegments.withSegments(shapes));
    }

    /**
     * Writes the segments, one after the other, as they follow a receipt's header.
     *
     * @throws StorageException if they cannot be read or written now
     */
    void writeTo(OutputStream out) throws StorageException, LostException {
        for (int number = 0; number < shapes.size(); number++) {
            byte[] encoded = segment(number);
            try {
                out.write(encoded);
            } catch (StorageException e) {
                throw e;
            } catch (IOException e) {
                throw new StorageException(Kind.BROKEN, "cannot write a receipt: " + e, e);
            }
        }
    }

    private byte[] segment(int number) throws StorageException, LostException {
        byte[] inMemory = held.get(number);
        if (inMemory != null) return inMemory;
        Optional<byte[]> read;
        try {
            read = kept.load(SegmentStore.segment(number));
        } catch (StorageException e) {
            if (e.kind() != Kind.DAMAGED) throw e;
            read = Optional.empty();
        }
        if (read.isPresent() && MessageDigest.isEqual(Sha256.of(read.get()), digests.get(number))) return read.get();
        throw new LostException(number);
    }
}
