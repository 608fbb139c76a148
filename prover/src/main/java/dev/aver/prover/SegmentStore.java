package dev.aver.prover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a proof keeps what it has finished, so that an interrupted one goes on from there: a few small values under
 * names of letters, digits and dashes. {@link Object#toString} says where, for messages. Used by one proof at a time.
 */
public interface SegmentStore {
    /**
     * A value that was kept.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<byte[]> read(String name) throws IOException;

    /** Keeps a value, in place of an earlier one; when this returns it survives a crash, and before it is not there. */
    void write(String name, byte[] value) throws IOException;

    /** The name of a finished segment; its value is the segment as a receipt has it, {@code SegmentFormat.encode}. */
    static String segment(int number) {
        return "segment-" + number;
    }

    /** A directory with a file for each value; made when first written to. */
    static SegmentStore in(Path directory) {
        return new SegmentDirectory(directory);
    }
}
