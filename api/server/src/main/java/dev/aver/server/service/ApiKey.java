package dev.aver.server.service;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key as administrators see it: nothing of its secret, nor of the secret's hash.
 *
 * @param id public, 16 hexadecimal digits
 * @param account whose it is
 * @param name what it is called, or empty
 * @param scopes what it may be used for
 * @param created when it was made
 * @param expires when it ends by itself
 * @param revoked when it was ended, or will be
 * @param valid whether it opens anything now
 */
public record ApiKey(
        String id,
        String account,
        String name,
        Set<Scope> scopes,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        boolean valid) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
