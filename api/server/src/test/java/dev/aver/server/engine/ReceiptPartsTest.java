package dev.aver.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.SegmentStore;
import dev.aver.server.blob.BlobCipher;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.store.JobRow;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import dev.aver.verifier.stark.ProofTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receipt's segments are on disk, and come back from there or not at all. */
@Timeout(30)
class ReceiptPartsTest {
    @TempDir
    private Path root;

    private final List<IOException> trouble = new CopyOnWriteArrayList<>();
    private final LiveJob job = job();

    private static LiveJob job() {
        Job job =
                EngineFixture.queued("0".repeat(32), "alice", EngineFixture.submission(JobKind.PROVE, "0".repeat(64)));
        return new LiveJob(new JobRow(job, 1, Optional.empty(), 0, false, Optional.empty(), Optional.empty()));
    }

    private JobSegments segments(boolean secret) {
        Optional<BlobCipher> cipher = secret ? Optional.of(new BlobCipher(EngineFixture.KEY)) : Optional.empty();
        return new JobSegments(root.resolve("job"), cipher, trouble::add);
    }

    private static Receipt.Segment segment(int number) throws Exception {
        byte[] proof = new byte[1000 + number];
        Arrays.fill(proof, (byte) number);
        int[] root = new int[HashSuite.POSEIDON2.digestLength()];
        return new Receipt.Segment(number, root, 100 + number, new ProofTables(Machine.CURRENT, everyTable()), proof);
    }

    private static List<ProofTables.Instance> everyTable() {
        List<ProofTables.Instance> all = new ArrayList<>();
        for (int table = 0; table < Machine.CURRENT.tables().size(); table++) {
            int fixed = Machine.CURRENT.tables().get(table).logHeight();
            for (int instance = 0;
                    instance < Machine.CURRENT.tables().get(table).instances();
                    instance++) {
                all.add(new ProofTables.Instance(table, instance, fixed > 0 ? fixed : 6));
            }
        }
        return all;
    }

    private static byte[] written(ReceiptParts parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void whatWasKeptIsWritten() throws Exception {
        for (boolean secret : new boolean[] {false, true}) {
            JobSegments kept = segments(secret);
            kept.clear();
            ReceiptParts parts = new ReceiptParts(job, kept);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (int i = 0; i < 20; i++) {
                byte[] bytes = SegmentFormat.encode(segment(i));
                kept.write(SegmentStore.segment(i), bytes);
                parts.accept(segment(i));
                expected.write(bytes);
            }
            assertThat(written(parts)).isEqualTo(expected.toByteArray());
            assertThat(parts.bytes()).isEqualTo(expected.size());
            assertThat(parts.count()).isEqualTo(20);
        }
        assertThat(trouble).isEmpty();
    }

    @Test
    void whatIsNotWhatWasKeptIsLost() throws Exception {
        JobSegments kept = segments(false);
        ReceiptParts parts = new ReceiptParts(job, kept);
        kept.write(SegmentStore.segment(0), SegmentFormat.encode(segment(0)));
        parts.accept(segment(0));
        Path file = root.resolve("job").resolve(SegmentStore.segment(0));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatExceptionOfType(ReceiptParts.LostException.class).isThrownBy(() -> written(parts));
        Files.delete(file);
        assertThatExceptionOfType(ReceiptParts.LostException.class).isThrownBy(() -> written(parts));
    }

    /** The disk takes nothing: a few are held, then the proof waits until it does, or is told to stop. */
    @Test
    void whatCannotBeKeptIsHeldAndThenWaitedFor() throws Exception {
        Path blocked = Files.writeString(root.resolve("job"), "a file where the directory should be");
        JobSegments kept = segments(false);
        ReceiptParts parts = new ReceiptParts(job, kept);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            kept.write(SegmentStore.segment(i), SegmentFormat.encode(segment(i)));
            parts.accept(segment(i));
            expected.write(SegmentFormat.encode(segment(i)));
        }
        assertThat(trouble).hasSize(4);
        assertThat(written(parts)).isEqualTo(expected.toByteArray());
        List<Throwable> ended = new ArrayList<>();
        Thread fifth = Thread.ofPlatform().start(() -> {
            try {
                parts.accept(segment(4));
            } catch (Exception e) {
                ended.add(e);
            }
        });
        while (trouble.size() < 6) Thread.sleep(5);
        assertThat(fifth.isAlive()).isTrue();
        Files.delete(blocked);
        fifth.join();
        expected.write(SegmentFormat.encode(segment(4)));
        assertThat(ended).isEmpty();
        assertThat(written(parts)).isEqualTo(expected.toByteArray());
        assertThat(root.resolve("job").resolve(SegmentStore.segment(4))).exists();

        kept.clear();
        Files.writeString(root.resolve("job"), "again");
        job.stop(StopReason.CANCELLED);
        ReceiptParts others = new ReceiptParts(job, segments(false));
        for (int i = 0; i < 4; i++) others.accept(segment(i));
        assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> others.accept(segment(4)));
    }
}
