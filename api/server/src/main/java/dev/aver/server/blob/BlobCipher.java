package dev.aver.server.blob;

import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM over chunks, so that a blob of any size streams and nothing unauthenticated is ever handed out.
 *
 * <p>A blob is 4 bytes of format, 32 of random salt, then chunks of 64 KiB of plain text, the last one shorter and
 * perhaps empty, each with its 16-byte tag. Its key is the master key's for this salt, so no key is used twice; the
 * nonce of a chunk is its number and whether it is the last, so chunks cannot be left out, repeated, exchanged or cut
 * off at the end; the blob's name is authenticated with each, so blobs cannot be exchanged.
 */
public final class BlobCipher {
    /** Plain text in all chunks but the last. */
    static final int CHUNK = 64 << 10;

    static final int TAG = 16;
    private static final int SALT = 32;
    private static final byte[] FORMAT = {'A', 'v', 'B', 1};
    private static final String PURPOSE = "aver private blob 1";

    private final MasterKey master;
    private final SecureRandom random;

    /** With this key. */
    public BlobCipher(MasterKey master) {
        this.master = master;
        this.random = new SecureRandom();
    }

    /** Encrypts what is written, to {@code out}; closing it ends the blob and closes {@code out}. */
    public OutputStream encrypt(String name, OutputStream out) throws IOException {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        out.write(FORMAT);
        out.write(salt);
        return new Encryption(out, new Chunks(master.derive(salt, PURPOSE), name));
    }

    /**
     * Decrypts what {@link #encrypt} wrote under this name. Reading throws {@link StorageException} of kind
     * {@link Kind#DAMAGED} before it gives a byte of a chunk that is not authentic, and at the end if it is not one.
     */
    public InputStream decrypt(String name, InputStream in) throws IOException {
        byte[] format = in.readNBytes(FORMAT.length);
        byte[] salt = in.readNBytes(SALT);
        if (!java.util.Arrays.equals(format, FORMAT) || salt.length != SALT) throw damaged(name);
        return new Decryption(in, name, new Chunks(master.derive(salt, PURPOSE), name));
    }

    /** How much plain text an encrypted blob of this length holds. */
    static long plainLength(long length) {
        long sealed = length - FORMAT.length - SALT;
        long chunks = (sealed + CHUNK + TAG - 1) / (CHUNK + TAG);
        return Math.max(0, sealed - TAG * chunks);
    }

    private static StorageException damaged(String name) {
        return new StorageException(
                Kind.DAMAGED, "the private blob " + name + " is damaged, or was encrypted with another key");
    }

    /** The cipher of one blob, chunk after chunk. */
    private static final class Chunks {
        private final SecretKey key;
        private final byte[] name;
        private int number;

        Chunks(SecretKey key, String name) {
            this.key = key;
            this.name = name.getBytes(StandardCharsets.UTF_8);
        }

        byte[] next(int mode, byte[] chunk, int length, boolean last) throws GeneralSecurityException {
            byte[] nonce = ByteBuffer.allocate(12)
                    .putInt(0)
                    .putInt(number)
                    .putInt(last ? 1 : 0)
                    .array();
            number = Math.incrementExact(number);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(name);
            return cipher.doFinal(chunk, 0, length);
        }
    }

    private static final class Encryption extends OutputStream {
        private final OutputStream out;
        private final Chunks chunks;
        private final byte[] plain = new byte[CHUNK];
        private int filled;
        private boolean closed;

        Encryption(OutputStream out, Chunks chunks) {
            this.out = out;
            this.chunks = chunks;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                // A full chunk is written when more follows: then it is not the last.
                if (filled == CHUNK) flushChunk(false);
                int now = Math.min(length - done, CHUNK - filled);
                System.arraycopy(bytes, offset + done, plain, filled, now);
                filled += now;
                done += now;
            }
        }

        private void flushChunk(boolean last) throws IOException {
            try {
                out.write(chunks.next(Cipher.ENCRYPT_MODE, plain, filled, last));
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has AES-GCM", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) return;
            closed = true;
            try (out) {
                flushChunk(true);
            }
        }
    }

    private static final class Decryption extends InputStream {
        private final InputStream in;
        private final String name;
        private final Chunks chunks;
        private byte[] plain = new byte[0];
        private int taken;
        private byte[] sealed;
        private boolean ended;

        Decryption(InputStream in, String name, Chunks chunks) throws IOException {
            this.in = in;
            this.name = name;
            this.chunks = chunks;
            sealed = in.readNBytes(CHUNK + TAG);
        }

        /** One chunk is always read ahead: the last is the one that nothing follows. */
        private void open() throws IOException {
            byte[] following = sealed.length < CHUNK + TAG ? new byte[0] : in.readNBytes(CHUNK + TAG);
            ended = following.length == 0;
            try {
                plain = chunks.next(Cipher.DECRYPT_MODE, sealed, sealed.length, ended);
            } catch (GeneralSecurityException e) {
                throw damaged(name);
            }
            taken = 0;
            sealed = following;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) return 0;
            while (taken == plain.length) {
                if (ended) return -1;
                open();
            }
            int now = Math.min(length, plain.length - taken);
            System.arraycopy(plain, taken, to, offset, now);
            taken += now;
            return now;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
