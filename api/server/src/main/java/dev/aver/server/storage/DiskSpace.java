package dev.aver.server.storage;

import dev.aver.server.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses to fill the disk to its end, where even what is under way could not be finished.
 *
 * @param usable bytes that can still be written
 * @param floor bytes that stay free
 */
public record DiskSpace(Usable usable, long floor) {
    /** Asks how much room there is. */
    @FunctionalInterface
    public interface Usable {
        /** Bytes. */
        long bytes() throws IOException;
    }

    /** The disk that a directory is on. */
    public static DiskSpace of(Path directory, long floor) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return new DiskSpace(store::getUsableSpace, floor);
    }

    /** Refuses if so many more bytes would leave less than the floor. */
    public void require(long bytes) throws StorageException {
        long free;
        try {
            free = usable.bytes();
        } catch (IOException e) {
            throw new StorageException(Kind.BROKEN, "cannot tell how much disk space is left", e);
        }
        if (free - bytes < floor) {
            throw new StorageException(
                    Kind.FULL,
                    "the disk has %d MiB left, of which %d MiB are kept free: make room, or lower the floor"
                            .formatted(free >> 20, floor >> 20));
        }
    }
}
