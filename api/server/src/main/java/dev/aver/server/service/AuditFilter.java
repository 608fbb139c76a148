package dev.aver.server.service;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit log.
 *
 * @param account what this one did
 * @param from at this time or later
 * @param until before this time
 */
public record AuditFilter(Optional<String> account, Optional<Instant> from, Optional<Instant> until) {
    /** All of them. */
    public static final AuditFilter ALL = new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
