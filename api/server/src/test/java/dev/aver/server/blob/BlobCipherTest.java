package dev.aver.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.server.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobCipherTest {
    private static final int CHUNK = BlobCipher.CHUNK;
    private static final int SEALED = CHUNK + BlobCipher.TAG;
    private static final int HEADER = 36;

    private final BlobCipher cipher =
            new BlobCipher(MasterKey.parse("07".repeat(32)).orElseThrow());

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] encrypt(String name, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = cipher.encrypt(name, bytes)) {
            int half = plain.length / 2;
            out.write(plain, 0, half);
            out.write(plain, half, plain.length - half);
        }
        return bytes.toByteArray();
    }

    private byte[] decrypt(String name, byte[] sealed) throws IOException {
        try (InputStream in = cipher.decrypt(name, new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    private void rejected(String name, byte[] sealed) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> decrypt(name, sealed))
                .matches(e -> e.kind() == StorageException.Kind.DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void givesBackWhatWasWrittenAndNoOneElseSeesIt(int length) throws IOException {
        byte[] plain = random(length);
        byte[] sealed = encrypt("x", plain);
        assertThat(decrypt("x", sealed)).isEqualTo(plain);
        assertThat(encrypt("x", plain)).as("a key of its own each time").isNotEqualTo(sealed);
        int chunks = Math.max(1, (length + CHUNK - 1) / CHUNK);
        assertThat(sealed).hasSize(HEADER + length + chunks * BlobCipher.TAG);
        assertThat(BlobCipher.plainLength(sealed.length)).isEqualTo(length);
        if (length >= 1000) {
            assertThat(indexOf(sealed, Arrays.copyOf(plain, 16))).isEqualTo(-1);
        }
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int i = 0; i + what.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) return i;
        }
        return -1;
    }

    @Test
    void everyByteIsAuthenticated() throws IOException {
        byte[] sealed = encrypt("x", random(2 * CHUNK + 5));
        for (int i = 0; i < sealed.length; i += i < 64 || i > sealed.length - 64 ? 1 : 997) {
            byte[] tampered = sealed.clone();
            tampered[i] ^= 1;
            rejected("x", tampered);
        }
    }

    @Test
    void chunksCannotBeLeftOutRepeatedExchangedOrCutOff() throws IOException {
        byte[] sealed = encrypt("x", random(4 * CHUNK));
        byte[] header = Arrays.copyOf(sealed, HEADER);
        byte[][] chunks = new byte[4][];
        for (int i = 0; i < 4; i++) {
            chunks[i] = Arrays.copyOfRange(sealed, HEADER + i * SEALED, HEADER + (i + 1) * SEALED);
        }
        assertThat(decrypt("x", join(header, chunks[0], chunks[1], chunks[2], chunks[3])))
                .hasSize(4 * CHUNK);
        rejected("x", join(header, chunks[0], chunks[2], chunks[3]));
        rejected("x", join(header, chunks[0], chunks[0], chunks[1], chunks[2], chunks[3]));
        rejected("x", join(header, chunks[1], chunks[0], chunks[2], chunks[3]));
        rejected("x", join(header, chunks[0], chunks[1], chunks[2]));
        rejected("x", join(header, chunks[0], chunks[1], chunks[2], chunks[3], new byte[BlobCipher.TAG]));
        rejected("x", header);
        for (int length = 0; length < HEADER; length++) rejected("x", Arrays.copyOf(sealed, length));
        rejected("x", Arrays.copyOf(sealed, sealed.length - 1));
    }

    @Test
    void blobsCannotBeExchangedNorReadWithAnotherKey() throws IOException {
        byte[] sealed = encrypt("x", random(100));
        rejected("y", sealed);
        BlobCipher other = new BlobCipher(MasterKey.parse("08".repeat(32)).orElseThrow());
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> {
            try (InputStream in = other.decrypt("x", new ByteArrayInputStream(sealed))) {
                in.readAllBytes();
            }
        });
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
