package dev.aver.server.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The 256 bits from which every private blob's own key is derived. Without them private blobs cannot be read. */
public final class MasterKey {
    /** Its length. */
    public static final int BYTES = 32;

    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "HKDF");
    }

    /** From 64 hexadecimal digits, white space around them allowed; empty if the text is anything else. */
    public static Optional<MasterKey> parse(String text) {
        String digits = text.strip();
        boolean valid = digits.length() == 2 * BYTES && digits.chars().allMatch(HexFormat::isHexDigit);
        return valid ? Optional.of(new MasterKey(HexFormat.of().parseHex(digits))) : Optional.empty();
    }

    /**
     * What a file holds.
     *
     * @throws IOException also if it holds anything else than a key
     */
    public static MasterKey read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.US_ASCII))
                .orElseThrow(() -> new IOException(file + " does not hold a key of 64 hexadecimal digits"));
    }

    /** What a file holds, which is made with a fresh key, readable by its owner only, if it is not there. */
    public static MasterKey readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            try {
                OwnersFile.create(file, HexFormat.of().formatHex(fresh) + "\n");
            } catch (FileAlreadyExistsException e) {
                // Made by someone else in between: theirs counts.
            }
        }
        return read(file);
    }

    /**
     * A key for one blob.
     *
     * @param salt the blob's own, random
     * @param purpose keeps keys for different uses apart
     */
    SecretKey derive(byte[] salt, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .addSalt(salt)
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 25 on has HKDF-SHA256", e);
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "MasterKey";
    }
}
