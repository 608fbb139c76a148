package dev.aver.server.engine;

import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of one server, locked while it runs: two would take each other's jobs. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    DataDirectory(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root);
        channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new StorageException(Kind.BUSY, "another server runs in " + root);
        }
        Files.createDirectories(segments());
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path database() {
        return root.resolve("aver.db");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path segments() {
        return root.resolve("segments");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process.
        }
    }
}
