package dev.aver.server.service;

import java.util.Set;

/**
 * Who asks. Jobs, inputs and receipts belong to an account, which has one or more keys, so that a key can be replaced.
 *
 * @param account the account's name, 1 to 64 characters of {@code [a-z0-9-]}
 * @param keyId the key's public id, for the audit log; never the key
 * @param scopes what the key may be used for
 */
public record Caller(String account, String keyId, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the key has this scope, or that of an administrator. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether this caller sees what belongs to an account. */
    public boolean owns(String otherAccount) {
        return account.equals(otherAccount) || scopes.contains(Scope.ADMIN);
    }
}
