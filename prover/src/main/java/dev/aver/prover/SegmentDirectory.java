package dev.aver.prover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A directory with a file for each value. Files appear whole or not at all, also when the power fails. */
record SegmentDirectory(Path directory) implements SegmentStore {
    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        Files.createDirectories(directory);
        Path part = directory.resolve(name + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer bytes = ByteBuffer.wrap(value); bytes.hasRemaining(); ) channel.write(bytes);
            channel.force(true);
        }
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceNames();
    }

    /**
     * A file's name is durable once its directory is; where directories cannot be opened (Windows), names are anyway.
     */
    private void forceNames() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The segment itself is safe; at worst it is proven again.
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
