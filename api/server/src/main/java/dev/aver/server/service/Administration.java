package dev.aver.server.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an administrator may do with a server besides jobs. Every call refuses who has not {@link Scope#ADMIN}, and is
 * in the audit log if it changes something. Changes are durable and effective when the call returns.
 */
public interface Administration {
    /** The longest that a replaced key can stay valid. */
    Duration LONGEST_GRACE = Duration.ofDays(30);

    /**
     * Makes a key.
     *
     * @param account whose it will be, 1 to 64 characters of {@code [a-z0-9-]}
     * @param name shown in listings, at most 128 characters, or empty
     * @param scopes at least one
     * @param expires when it ends by itself
     */
    NewKey createKey(Caller caller, String account, String name, Set<Scope> scopes, Optional<Instant> expires)
            throws ServiceException;

    /**
     * Keys, oldest first, those that have ended too.
     *
     * @param account only of this one
     */
    Page<ApiKey> keys(Caller caller, Optional<String> account, int pageSize, Optional<String> token)
            throws ServiceException;

    /**
     * Makes a key like another one, which ends.
     *
     * @param id the old key's
     * @param grace how long the old key stays valid, 0 for not at all, {@link #LONGEST_GRACE} at most
     */
    NewKey rotateKey(Caller caller, String id, Duration grace) throws ServiceException;

    /** Ends a key at once; one that has ended stays as it is. */
    ApiKey revokeKey(Caller caller, String id) throws ServiceException;

    /**
     * Begins a backup, in the server's directory for them.
     *
     * @param name {@link BackupInfo#NAME}, or the time; one that is begun or completed is given as it is
     */
    BackupInfo createBackup(Caller caller, Optional<String> name) throws ServiceException;

    /** A backup. */
    BackupInfo backup(Caller caller, String name) throws ServiceException;

    /** All backups, by name. */
    Page<BackupInfo> backups(Caller caller, int pageSize, Optional<String> token) throws ServiceException;

    /** The audit log, newest first. */
    Page<AuditEntry> auditLog(Caller caller, AuditFilter filter, int pageSize, Optional<String> token)
            throws ServiceException;
}
