package dev.aver.server.service;

import java.time.Instant;

/**
 * Who did what.
 *
 * @param account of the key
 * @param keyId the key's public id
 * @param subject the id of what it was done to
 */
public record AuditEntry(Instant at, String account, String keyId, Action action, String subject) {
    /** What is logged. */
    public enum Action {
        REGISTER_PROGRAM,
        UPLOAD_INPUT,
        SUBMIT,
        READ_RECEIPT,
        CANCEL,
        CREATE_KEY,
        ROTATE_KEY,
        REVOKE_KEY,
        BACKUP
    }
}
