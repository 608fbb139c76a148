package dev.aver.server.gateway;

import dev.aver.server.service.Administration;
import dev.aver.server.service.ApiKey;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.NewKey;
import dev.aver.server.service.Page;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plays the administrator's part of a server: keys that open nothing, backups of nothing. */
public final class MemoryAdministration implements Administration {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KNOWN = "0123456789abcdef";

    /** A key's secret, which must be in the answers to two calls and nowhere else. */
    static final String SECRET = "aver_0123456789abcdef_secret";

    private static void need(Caller caller) throws ServiceException {
        if (!caller.may(Scope.ADMIN)) {
            throw new ServiceException(ErrorCode.FORBIDDEN, "the key lacks the scope " + Scope.ADMIN);
        }
    }

    private static ApiKey key(String account, String name, Set<Scope> scopes, Optional<Instant> end) {
        return new ApiKey(KNOWN, account, name, scopes, THEN, end, Optional.empty(), true);
    }

    private static ApiKey known(String id) throws ServiceException {
        if (!id.equals(KNOWN)) throw new ServiceException(ErrorCode.NOT_FOUND, "there is no such key");
        return key("alice", "laptop", Set.of(Scope.READ), Optional.empty());
    }

    private static void first(Optional<String> token) throws ServiceException {
        if (token.isPresent()) {
            throw new ServiceException(ErrorCode.INVALID_ARGUMENT, "pageToken must be one that a list gave");
        }
    }

    @Override
    public NewKey createKey(Caller caller, String account, String name, Set<Scope> scopes, Optional<Instant> expires)
            throws ServiceException {
        need(caller);
        return new NewKey(key(account, name, scopes, expires), SECRET, Optional.empty());
    }

    @Override
    public Page<ApiKey> keys(Caller caller, Optional<String> account, int pageSize, Optional<String> token)
            throws ServiceException {
        need(caller);
        first(token);
        return new Page<>(List.of(known(KNOWN)), Optional.empty());
    }

    @Override
    public NewKey rotateKey(Caller caller, String id, Duration grace) throws ServiceException {
        need(caller);
        return new NewKey(known(id), SECRET, Optional.of(known(id)));
    }

    @Override
    public ApiKey revokeKey(Caller caller, String id) throws ServiceException {
        need(caller);
        return known(id);
    }

    @Override
    public BackupInfo createBackup(Caller caller, Optional<String> name) throws ServiceException {
        need(caller);
        return new BackupInfo(name.orElse("now"), BackupInfo.State.RUNNING, THEN, 0, "");
    }

    @Override
    public BackupInfo backup(Caller caller, String name) throws ServiceException {
        need(caller);
        return new BackupInfo(name, BackupInfo.State.COMPLETED, THEN, 100, "");
    }

    @Override
    public Page<BackupInfo> backups(Caller caller, int pageSize, Optional<String> token) throws ServiceException {
        first(token);
        return new Page<>(List.of(backup(caller, "now")), Optional.empty());
    }

    @Override
    public Page<AuditEntry> auditLog(Caller caller, AuditFilter filter, int pageSize, Optional<String> token)
            throws ServiceException {
        need(caller);
        first(token);
        AuditEntry entry = new AuditEntry(THEN, "alice", KNOWN, AuditEntry.Action.SUBMIT, "0".repeat(32));
        return new Page<>(List.of(entry), Optional.empty());
    }
}
