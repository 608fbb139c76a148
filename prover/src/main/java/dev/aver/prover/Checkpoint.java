package dev.aver.prover;

import dev.aver.circuits.chips.ProgramChip;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.zkvm.Sha256;
import dev.aver.zkvm.program.ProgramTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A directory in which finished segments wait for the others: {@code job} says which proof they belong to, {@code salt}
 * its salt, {@code segment-N} are the segments as a receipt has them. Files appear whole or not at all.
 */
final class Checkpoint {
    private final Path directory;

    Checkpoint(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
    }

    /** The salt of the proof that was begun here, or this one, which is then kept. */
    long[] salt(long[] fresh) throws IOException {
        Path file = directory.resolve("salt");
        if (!Files.exists(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * fresh.length);
            bytes.asLongBuffer().put(fresh);
            write(file, bytes.array());
            return fresh;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != Long.BYTES * fresh.length) throw damaged(file);
        long[] kept = new long[fresh.length];
        ByteBuffer.wrap(bytes).asLongBuffer().get(kept);
        return kept;
    }

    /**
     * Begins or resumes a proof.
     *
     * @param receipt what the receipt will be, without segments
     * @throws IOException also if the directory belongs to another proof
     */
    void begin(Receipt receipt, int segmentCycles) throws IOException {
        Path file = directory.resolve("job");
        byte[] job = digest(receipt.encode(), segmentCycles);
        if (!Files.exists(file)) {
            write(file, job);
        } else if (!Arrays.equals(Files.readAllBytes(file), job)) {
            throw new IOException(directory
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
        Path file = directory.resolve("segment-" + number);
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(
                    SegmentFormat.decode(Files.readAllBytes(file), parameters, ProgramChip.logHeight(program)));
        } catch (InvalidReceiptException e) {
            throw damaged(file);
        }
    }

    /** Keeps a finished segment. */
    void keep(int number, Receipt.Segment segment) throws IOException {
        write(directory.resolve("segment-" + number), SegmentFormat.encode(segment));
    }

    private static IOException damaged(Path file) {
        return new IOException(file + " is damaged: delete it, and this segment is proven again");
    }

    /** Under another name first, which goes when the process is interrupted: a name of ours is a whole file. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        part.toFile().deleteOnExit();
        try {
            Files.write(
                    part,
                    bytes,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
