package dev.aver.server.blob;

import dev.aver.server.storage.DiskSpace;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A blob in the making: write, {@link #finish}, store who refers to it, {@link #close}. Closing one that was not
 * finished leaves nothing behind. For one thread.
 */
public final class NewBlob extends OutputStream implements Closeable {
    /** How much is written between two looks at the disk. */
    private static final long STRIDE = 16 << 20;

    private final String id;
    private final Path file;
    private final Path part;
    private final DiskSpace space;
    private final Runnable unpin;
    private final FileChannel channel;
    private final OutputStream out;
    private long bytes;
    private long unlooked;
    private boolean finished;

    NewBlob(String id, Path file, Path part, @Nullable BlobCipher cipher, DiskSpace space, Runnable unpin)
            throws IOException {
        this.id = id;
        this.file = file;
        this.part = part;
        this.space = space;
        this.unpin = unpin;
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream raw = new Unclosed(channel);
        this.out = cipher == null ? raw : cipher.encrypt(id, raw);
    }

    /** Random, 128 bits in hexadecimal. */
    public String id() {
        return id;
    }

    /** What has been written, before encryption. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void write(int value) throws StorageException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws StorageException {
        unlooked += length;
        if (unlooked >= STRIDE) {
            space.require(0);
            unlooked = 0;
        }
        try {
            out.write(data, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
        bytes += length;
    }

    /** Makes the blob durable and gives it its name. */
    public void finish() throws StorageException {
        try {
            out.close();
            channel.force(true);
            channel.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            forceName();
        } catch (IOException e) {
            throw failed(e);
        }
        finished = true;
    }

    private void forceName() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) throw new IOException("a file has a directory");
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private StorageException failed(IOException e) {
        if (e instanceof StorageException typed) return typed;
        boolean full = String.valueOf(e instanceof FileSystemException system ? system.getReason() : e.getMessage())
                .contains("No space left");
        return new StorageException(full ? Kind.FULL : Kind.BROKEN, "cannot write a blob: " + e, e);
    }

    /** Ends the pin: who refers to the blob has been stored, or nobody will. */
    @Override
    public void close() {
        try {
            if (!finished) {
                channel.close();
                Files.deleteIfExists(part);
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Left over, and collected: as a part at the next start, as a blob when garbage is.
        } finally {
            unpin.run();
        }
    }

    /** The channel outlives the streams on top of it, to be forced. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream to;

        Unclosed(FileChannel channel) {
            to = Channels.newOutputStream(channel);
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
        }
    }
}
