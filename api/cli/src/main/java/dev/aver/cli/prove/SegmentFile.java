package dev.aver.cli.prove;

import dev.aver.prover.SegmentSink;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the segments of a receipt wait on disk until all are proven, so that a long proof needs no more memory than a
 * short one. The file is gone when this is closed, or the process is interrupted.
 */
final class SegmentFile implements SegmentSink, AutoCloseable {
    /**
     * The heap may be much larger than a proof needs, and what a segment leaves behind, some 7 MiB, has been promoted
     * by the time that it is garbage: a long run would fill the heap before the collector looks at it. So it is asked
     * to, after so many segments, which takes less than a thousandth of their time.
     */
    private static final int COLLECT = 8;

    private final Path file;
    private final OutputStream out;
    private int segments;

    private SegmentFile(Path file) throws IOException {
        this.file = file;
        file.toFile().deleteOnExit();
        out = Files.newOutputStream(file);
    }

    /** The disk is full, or the like; not the prover's fault. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        Failure(Path file, IOException cause) {
            super("cannot write " + file + ": " + cause.getMessage(), cause);
        }
    }

    /** An empty file in the receipt's directory, unless the receipt goes to a device or a pipe. */
    static SegmentFile beside(Path receipt) throws Failure {
        Path directory = receipt.toAbsolutePath().getParent();
        boolean device = directory == null || (Files.exists(receipt) && !Files.isRegularFile(receipt));
        try {
            Path file = device
                    ? Files.createTempFile("aver", ".segments")
                    : Files.createTempFile(directory, "." + receipt.getFileName() + ".", ".segments");
            return new SegmentFile(file);
        } catch (IOException e) {
            throw new Failure(receipt, e);
        }
    }

    @Override
    public void accept(Receipt.Segment segment) throws Failure {
        try {
            out.write(SegmentFormat.encode(segment));
            segments++;
        } catch (IOException e) {
            throw new Failure(file, e);
        }
        if (segments % COLLECT == 0) System.gc();
    }

    /**
     * Writes the receipt that consists of this and the segments.
     *
     * @return its length
     */
    long writeReceipt(Receipt withoutSegments, OutputStream to) throws IOException {
        byte[] header = withoutSegments.encodeHeader(segments);
        to.write(header);
        return header.length + Files.copy(file, to);
    }

    @Override
    public void close() {
        try (out) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is deleted when the process ends.
        }
    }
}
