package dev.aver.server.engine;

import dev.aver.server.blob.BlobStore;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.SqliteStore;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/**
 * A copy that a server can be started from, made while this one works. It holds rows and blobs; finished segments are
 * proven again. The master key is not in it: private blobs stay encrypted.
 */
final class Backup {
    private Backup() {}

    /**
     * Writes a copy to a new directory. Nothing may be deleted meanwhile.
     *
     * @throws FileAlreadyExistsException if there is a backup
     */
    static void write(Store store, BlobStore blobs, Path to) throws IOException {
        Path database = to.resolve("aver.db");
        if (Files.exists(database)) throw new FileAlreadyExistsException(database.toString());
        Path copies = to.resolve("blobs");
        Files.createDirectories(copies);
        Path part = to.resolve("aver.db.part");
        Files.deleteIfExists(part);
        store.backup(part);
        // What the copy refers to, not what the server does by now.
        for (String id : referred(part)) {
            Path copy = copies.resolve(id);
            if (!Files.exists(blobs.file(id))) continue;
            Files.copy(blobs.file(id), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            force(copy);
        }
        force(part);
        Files.move(part, database);
        force(to);
    }

    private static Set<String> referred(Path database) throws StorageException {
        try (SqliteStore copy = new SqliteStore(database, Duration.ofSeconds(5))) {
            return copy.blobs();
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
