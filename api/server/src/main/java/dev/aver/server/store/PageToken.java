package dev.aver.server.store;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** Where a page ended: the sequence number of its last row. Opaque to callers. */
final class PageToken {
    private PageToken() {}

    static String of(long sequence) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The sequence number below which the next page begins. */
    static long below(Optional<String> token) throws BadTokenException {
        if (token.isEmpty()) return Long.MAX_VALUE;
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.get());
            if (bytes.length != Long.BYTES) throw new BadTokenException();
            long sequence = ByteBuffer.wrap(bytes).getLong();
            if (sequence <= 0) throw new BadTokenException();
            return sequence;
        } catch (IllegalArgumentException e) {
            throw new BadTokenException();
        }
    }
}
