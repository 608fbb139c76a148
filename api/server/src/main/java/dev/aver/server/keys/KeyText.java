package dev.aver.server.keys;

import dev.aver.circuits.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as text: {@code aver_}, 16 digits of public id, {@code _}, and 256 random bits in 43 characters of base64url.
 */
final class KeyText {
    private static final Pattern FORM = Pattern.compile("aver_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final int SECRET = 32;

    private final SecureRandom random = new SecureRandom();

    /** A new key. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fresh(String id, String text, byte[] hash) {}

    /** A presented key. */
    @SuppressWarnings("ArrayRecordComponent")
    record Parts(String id, byte[] hash) {}

    Fresh fresh() {
        byte[] id = new byte[8];
        byte[] secret = new byte[SECRET];
        random.nextBytes(id);
        random.nextBytes(secret);
        String name = HexFormat.of().formatHex(id);
        String text =
                "aver_" + name + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new Fresh(name, text, Sha256.of(secret));
    }

    static Optional<Parts> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        try {
            return Optional.of(
                    new Parts(matcher.group(1), Sha256.of(Base64.getUrlDecoder().decode(matcher.group(2)))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
