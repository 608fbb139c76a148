package dev.aver.server.blob;

import dev.aver.server.storage.DiskSpace;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory of blobs under random ids. A blob is written once, and is there, whole and durable, from
 * {@link NewBlob#finish} on. It is pinned from its beginning until its writer closes it, which it does after it has
 * stored who refers to the blob; garbage collection leaves what is pinned alone.
 */
public final class BlobStore {
    private static final String PART = ".part";

    private final Path directory;
    private final BlobCipher cipher;
    private final DiskSpace space;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> pinned = ConcurrentHashMap.newKeySet();

    /**
     * Opens a directory, made if it is not there, and removes what earlier writers left unfinished.
     *
     * @param cipher for private blobs
     */
    public BlobStore(Path directory, BlobCipher cipher, DiskSpace space) throws IOException {
        this.directory = directory;
        this.cipher = cipher;
        this.space = space;
        Files.createDirectories(directory);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + PART)) {
            for (Path part : parts) deleteUnfinished(part);
        }
    }

    /** What cannot be deleted now, since the directory is read-only, is no reason not to start. */
    private static void deleteUnfinished(Path part) {
        try {
            Files.delete(part);
        } catch (IOException e) {
            // The next start tries again.
        }
    }

    /**
     * Begins a blob.
     *
     * @param secret whether it is encrypted
     */
    public NewBlob create(boolean secret) throws StorageException {
        space.require(0);
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        pinned.add(id);
        try {
            Path file = file(id);
            Path part = directory.resolve(id + PART);
            return new NewBlob(id, file, part, secret ? cipher : null, space, () -> pinned.remove(id));
        } catch (IOException e) {
            pinned.remove(id);
            throw broken("write", e);
        }
    }

    /**
     * A blob's content, front to back.
     *
     * @param secret what it was created with
     * @throws StorageException also if it is not there; if it is private, reading reports damage
     */
    public InputStream open(String id, boolean secret) throws StorageException {
        try {
            InputStream file = Files.newInputStream(file(id));
            try {
                return secret ? cipher.decrypt(id, file) : new BufferedInputStream(file);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (StorageException e) {
            throw e;
        } catch (NoSuchFileException e) {
            // Without its directory everything is missing: a disk that is not mounted, which may come back.
            Kind kind = Files.isDirectory(directory) ? Kind.DAMAGED : Kind.BROKEN;
            throw new StorageException(kind, "the blob " + id + " is not there", e);
        } catch (IOException e) {
            throw broken("read", e);
        }
    }

    /** How long a blob's content is. */
    public long length(String id, boolean secret) throws StorageException {
        try {
            long size = Files.size(file(id));
            return secret ? BlobCipher.plainLength(size) : size;
        } catch (IOException e) {
            throw broken("read", e);
        }
    }

    /** All of a blob. */
    public byte[] read(String id, boolean secret) throws StorageException {
        try (InputStream in = open(id, secret)) {
            return in.readAllBytes();
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw broken("read", e);
        }
    }

    /** Deletes a blob, which nothing refers to any more; nothing if it is not there. */
    public void delete(String id) throws StorageException {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw broken("delete", e);
        }
    }

    /** Ids of blobs that were finished before this call and are not pinned: those that someone must refer to. */
    public List<String> settled() throws StorageException {
        List<String> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(PART)) all.add(name);
            }
        } catch (IOException e) {
            throw broken("list", e);
        }
        // Pins are looked at last: what is in the list and not pinned now had its reference stored before.
        Set<String> inUse = new HashSet<>(pinned);
        all.removeIf(inUse::contains);
        return all;
    }

    /** Where a blob is, for a backup. */
    public Path file(String id) {
        return directory.resolve(id);
    }

    private static StorageException broken(String verb, IOException cause) {
        return new StorageException(Kind.BROKEN, "cannot " + verb + " a blob: " + cause, cause);
    }
}
