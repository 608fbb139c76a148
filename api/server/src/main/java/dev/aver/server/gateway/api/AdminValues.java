package dev.aver.server.gateway.api;

import dev.aver.proto.v1.AuditEntry;
import dev.aver.proto.v1.Backup;
import dev.aver.proto.v1.BackupState;
import dev.aver.proto.v1.Key;
import dev.aver.proto.v1.KeyScope;
import dev.aver.server.service.ApiKey;
import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;

/** What administrators see as the contract's messages, and back. */
final class AdminValues {
    private AdminValues() {}

    static Key key(ApiKey key) {
        Key.Builder message = Key.newBuilder()
                .setId(key.id())
                .setAccount(key.account())
                .setName(key.name())
                .setCreatedAt(Values.timestamp(key.created()))
                .setValid(key.valid());
        key.scopes().stream().sorted().forEach(scope -> message.addScopes(scope(scope)));
        key.expires().ifPresent(end -> message.setExpiresAt(Values.timestamp(end)));
        key.revoked().ifPresent(end -> message.setRevokedAt(Values.timestamp(end)));
        return message.build();
    }

    private static KeyScope scope(Scope scope) {
        return switch (scope) {
            case SUBMIT -> KeyScope.KEY_SCOPE_SUBMIT;
            case READ -> KeyScope.KEY_SCOPE_READ;
            case ADMIN -> KeyScope.KEY_SCOPE_ADMIN;
        };
    }

    static Scope scope(KeyScope scope) throws ServiceException {
        return switch (scope) {
            case KEY_SCOPE_SUBMIT -> Scope.SUBMIT;
            case KEY_SCOPE_READ -> Scope.READ;
            case KEY_SCOPE_ADMIN -> Scope.ADMIN;
            case KEY_SCOPE_UNSPECIFIED, UNRECOGNIZED ->
                throw Arguments.invalid("scopes", "scopes that this server knows");
        };
    }

    static Backup backup(BackupInfo backup) {
        return Backup.newBuilder()
                .setName(backup.name())
                .setState(
                        switch (backup.state()) {
                            case RUNNING -> BackupState.BACKUP_STATE_RUNNING;
                            case COMPLETED -> BackupState.BACKUP_STATE_COMPLETED;
                            case FAILED -> BackupState.BACKUP_STATE_FAILED;
                        })
                .setAt(Values.timestamp(backup.at()))
                .setSizeBytes(backup.bytes())
                .setFailure(backup.failure())
                .build();
    }

    static AuditEntry entry(dev.aver.server.service.AuditEntry entry) {
        return AuditEntry.newBuilder()
                .setAt(Values.timestamp(entry.at()))
                .setAccount(entry.account())
                .setKeyId(entry.keyId())
                .setAction(entry.action().name())
                .setSubject(entry.subject())
                .build();
    }
}
