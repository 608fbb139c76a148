package dev.aver.server.gateway.api;

import dev.aver.server.service.Caller;
import java.util.Optional;

/** Knows keys. */
@FunctionalInterface
public interface Authenticator {
    /** Who has this key; nobody if it is unknown, expired or revoked. Takes the same time whatever the key. */
    Optional<Caller> authenticate(String key);
}
