package dev.aver.prover;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.pcs.CommittedMatrices;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * A file of codewords and their tree, to be read faster than they are computed, by a JVM that has compiled nothing yet:
 * nothing here goes through elements one by one.
 *
 * <p>Little-endian: {@link #FORMAT}; CRC-32C of all that follows, as 8 bytes; then 4 bytes for each element, as in
 * memory: the matrices in order, and the tree's digests level by level from the cap on. How many, the reader knows.
 *
 * @param suite of the tree
 * @param shape of the tree
 */
record FixedKeyFile(Path path, HashSuite suite, TreeShape shape) {
    /** "AVERKEY1". It changes with the order of anything in the file. */
    private static final long FORMAT = 0x3159454b52455641L;

    private static final int HEADER = 2 * Long.BYTES;
    private static final int CHUNK = 1 << 20;

    /**
     * What is in the file; empty if there is none, it cannot be read, or it is damaged.
     *
     * @param cap what the tree commits to, so that another machine's file is not taken for this one's
     */
    Optional<CommittedMatrices> read(int[] cap) {
        int[] lengths = lengths();
        List<int[]> arrays = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path)) {
            if (file.size()
                    != HEADER
                            + Integer.BYTES
                                    * Arrays.stream(lengths).asLongStream().sum()) return Optional.empty();
            ByteBuffer chunk = chunk();
            fill(file, chunk.limit(HEADER));
            if (chunk.getLong() != FORMAT) return Optional.empty();
            long sum = chunk.getLong();
            CRC32C crc = new CRC32C();
            for (int length : lengths) {
                int[] array = new int[length];
                read(file, chunk, crc, array);
                arrays.add(array);
            }
            if (crc.getValue() != sum) return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
        int count = shape.matrices().size();
        List<int[]> matrices = arrays.subList(0, count);
        List<int[]> levels = arrays.subList(count, arrays.size());
        if (!Arrays.equals(levels.getFirst(), cap)) return Optional.empty();
        return Optional.of(new CommittedMatrices(matrices, CommittedTree.of(suite, shape, matrices, levels)));
    }

    /** Of the matrices and of the tree's levels. */
    private int[] lengths() {
        IntStream matrices = shape.matrices().stream().mapToInt(matrix -> matrix.width() << matrix.logHeight());
        IntStream levels =
                IntStream.rangeClosed(shape.capLog(), shape.logHeight()).map(level -> suite.digestLength() << level);
        return IntStream.concat(matrices, levels).toArray();
    }

    private static ByteBuffer chunk() {
        return ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void read(FileChannel file, ByteBuffer chunk, CRC32C crc, int[] to) throws IOException {
        for (int at = 0; at < to.length; at += CHUNK / Integer.BYTES) {
            int count = Math.min(CHUNK / Integer.BYTES, to.length - at);
            fill(file, chunk.clear().limit(count * Integer.BYTES));
            crc.update(chunk.duplicate());
            chunk.asIntBuffer().get(to, at, count);
        }
    }

    private static void fill(FileChannel file, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) {
            if (file.read(chunk) < 0) throw new EOFException();
        }
        chunk.flip();
    }

    /**
     * Writes the file anew; whoever reads it meanwhile has the old one.
     *
     * @param matrices of this shape, and their tree
     */
    void write(CommittedMatrices matrices) throws IOException {
        Path unfinished = path.resolveSibling(
                "%s.%d.%d".formatted(path.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
        try {
            try (FileChannel file =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.position(HEADER);
                ByteBuffer chunk = chunk();
                CRC32C crc = new CRC32C();
                List<int[]> arrays = new ArrayList<>(matrices.codewords());
                arrays.addAll(matrices.tree().levels());
                int[] lengths = lengths();
                for (int i = 0; i < lengths.length; i++) write(file, chunk, crc, arrays.get(i), lengths[i]);
                file.position(0);
                drain(
                        file,
                        chunk.clear().putLong(FORMAT).putLong(crc.getValue()).flip());
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(FileChannel file, ByteBuffer chunk, CRC32C crc, int[] from, int length)
            throws IOException {
        for (int at = 0; at < length; at += CHUNK / Integer.BYTES) {
            int count = Math.min(CHUNK / Integer.BYTES, length - at);
            chunk.clear().limit(count * Integer.BYTES);
            chunk.asIntBuffer().put(from, at, count);
            crc.update(chunk.duplicate());
            drain(file, chunk);
        }
    }

    private static void drain(FileChannel file, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) file.write(chunk);
    }
}
