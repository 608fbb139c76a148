package dev.aver.server.store;

import dev.aver.server.service.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key, but for the key itself.
 *
 * @param id public
 * @param name what its owner calls it, or empty
 * @param hash SHA-256 of its 32 random bytes; not to be modified
 * @param expires when it ends by itself
 * @param revoked when it was ended, or will be
 */
@SuppressWarnings("ArrayRecordComponent")
public record KeyRow(
        String id,
        String account,
        String name,
        byte[] hash,
        Set<Scope> scopes,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked) {
    public KeyRow {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it opens anything at this time. */
    public boolean validAt(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isEmpty()
                && revoked.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
