package dev.aver.server.engine;

import dev.aver.server.blob.BlobStore;
import dev.aver.server.storage.DiskSpace;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.SqliteStore;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A copy that a server can be started from, made while this one works. It holds rows and blobs; finished segments are
 * proven again. The master key is not in it: private blobs stay encrypted.
 */
final class Backup {
    /** The file that is there once the backup is complete. */
    static final String DATABASE = "aver.db";

    /** Where its blobs are. */
    static final String BLOBS = "blobs";

    private Backup() {}

    /**
     * Writes a copy to a directory, and goes on with one that was not finished. Nothing may be deleted meanwhile.
     *
     * @param floor bytes that stay free on the disk that it is written to
     * @param proceed asked before each file
     * @throws FileAlreadyExistsException if there is a backup
     */
    static void write(Store store, BlobStore blobs, Path to, long floor, Backups.Proceed proceed) throws IOException {
        Path database = to.resolve(DATABASE);
        if (Files.exists(database)) throw new FileAlreadyExistsException(database.toString());
        Path copies = to.resolve(BLOBS);
        Files.createDirectories(copies);
        DiskSpace space = DiskSpace.of(to, floor);
        Path part = to.resolve(DATABASE + ".part");
        // With what SQLite wrote beside an earlier attempt: it would take that for the new one's.
        for (String beside : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(to.resolve(DATABASE + ".part" + beside));
        }
        proceed.check();
        space.require(0);
        store.backup(part);
        // What the copy refers to, not what the server does by now.
        Set<String> wanted = referred(part);
        prune(copies, wanted);
        for (String id : wanted) {
            proceed.check();
            Path copy = copies.resolve(id);
            // A blob never changes: one that an earlier attempt copied is the same.
            if (Files.exists(copy) || !Files.exists(blobs.file(id))) continue;
            space.require(Files.size(blobs.file(id)));
            Path unfinished = copies.resolve(id + ".part");
            Files.copy(blobs.file(id), unfinished);
            force(unfinished);
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        force(copies);
        force(part);
        Files.move(part, database);
        force(to);
    }

    /** Deletes what an earlier attempt copied and is not wanted any more: it may have been private. */
    private static void prune(Path copies, Set<String> wanted) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(copies)) {
            for (Path file : files) if (!wanted.contains(String.valueOf(file.getFileName()))) Files.delete(file);
        }
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
