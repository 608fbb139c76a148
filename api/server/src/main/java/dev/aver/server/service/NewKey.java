package dev.aver.server.service;

import java.util.Optional;

/**
 * A key that was just made.
 *
 * @param key the key
 * @param secret what its owner presents; it cannot be had again
 * @param replaced the key that it takes the place of
 */
public record NewKey(ApiKey key, String secret, Optional<ApiKey> replaced) {
    /** Without the secret, which belongs into no log. */
    @Override
    public String toString() {
        return "NewKey[" + key + "]";
    }
}
