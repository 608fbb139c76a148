package dev.aver.server.engine;

import dev.aver.prover.SegmentStore;
import dev.aver.server.blob.BlobCipher;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A job's finished segments, in a directory of its own, encrypted if the job is private. A convenience, never needed: a
 * value that cannot be kept, or is damaged, costs proving a segment again and nothing else.
 */
final class JobSegments implements SegmentStore {
    private final Path directory;
    private final Optional<BlobCipher> cipher;
    private final Consumer<IOException> trouble;
    private final SegmentStore files;
    private final Set<String> kept = new HashSet<>();

    /**
     * A job's.
     *
     * @param cipher if it is private
     * @param trouble told of what could not be kept or read
     */
    JobSegments(Path directory, Optional<BlobCipher> cipher, Consumer<IOException> trouble) {
        this.directory = directory;
        this.cipher = cipher;
        this.trouble = trouble;
        this.files = SegmentStore.in(directory);
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            Optional<byte[]> found = load(name);
            if (found.isPresent()) kept.add(name);
            return found;
        } catch (IOException e) {
            trouble.accept(e);
            return Optional.empty();
        }
    }

    /**
     * As {@link #read}, for those who tell what is not there from what cannot be read now.
     *
     * @throws StorageException of kind {@code DAMAGED} if it is not what was written
     */
    Optional<byte[]> load(String name) throws StorageException {
        try {
            Optional<byte[]> found = files.read(name);
            if (found.isEmpty() || cipher.isEmpty()) return found;
            try (InputStream in = cipher.get().decrypt(label(name), new ByteArrayInputStream(found.get()))) {
                return Optional.of(in.readAllBytes());
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageException(Kind.BROKEN, "cannot read a finished segment: " + e, e);
        }
    }

    /** Whether a value was written here or found here. */
    boolean keeps(String name) {
        return kept.contains(name);
    }

    @Override
    public void write(String name, byte[] value) {
        try {
            files.write(name, cipher.isEmpty() ? value : encrypted(cipher.get(), name, value));
            kept.add(name);
        } catch (IOException e) {
            trouble.accept(e);
        }
    }

    private byte[] encrypted(BlobCipher with, String name, byte[] value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + (value.length >> 10) + 64);
        try (OutputStream out = with.encrypt(label(name), bytes)) {
            out.write(value);
        }
        return bytes.toByteArray();
    }

    /** What a value is authenticated under: files of different jobs cannot be exchanged. */
    private String label(String name) {
        return directory.getFileName() + "/" + name;
    }

    /** Deletes everything; what cannot be deleted is tried again when garbage is collected. */
    void clear() {
        try {
            delete(directory);
        } catch (IOException e) {
            trouble.accept(e);
        }
    }

    /** Deletes a directory of segments; nothing if it is not there. */
    static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> values = Files.newDirectoryStream(directory)) {
            for (Path value : values) Files.deleteIfExists(value);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
