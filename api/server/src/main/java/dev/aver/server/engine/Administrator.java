package dev.aver.server.engine;

import dev.aver.server.keys.Keys;
import dev.aver.server.service.Administration;
import dev.aver.server.service.ApiKey;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditEntry.Action;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.Caller;
import dev.aver.server.service.NewKey;
import dev.aver.server.service.Page;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.store.KeyRow;
import dev.aver.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The administrator's calls on an engine's keys, backups and audit log. */
final class Administrator implements Administration {
    private final Keys keys;
    private final Backups backups;
    private final Store store;
    private final Guard guard;
    private final InstantSource clock;

    Administrator(Keys keys, Backups backups, Store store, Guard guard, InstantSource clock) {
        this.keys = keys;
        this.backups = backups;
        this.store = store;
        this.guard = guard;
        this.clock = clock;
    }

    private ApiKey shown(KeyRow key) {
        return new ApiKey(
                key.id(),
                key.account(),
                key.name(),
                key.scopes(),
                key.created(),
                key.expires(),
                key.revoked(),
                key.validAt(clock.instant()));
    }

    private ApiKey known(String id) throws ServiceException {
        return keys.find(id).map(this::shown).orElseThrow(() -> Errors.notFound("key", id));
    }

    @Override
    public NewKey createKey(Caller caller, String account, String name, Set<Scope> scopes, Optional<Instant> expires)
            throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        try {
            Keys.Created created = guard.stored(() -> keys.create(caller, account, name, scopes, expires));
            return new NewKey(shown(created.key()), created.text(), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw Errors.invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Page<ApiKey> keys(Caller caller, Optional<String> account, int pageSize, Optional<String> token)
            throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        Submissions.requirePageSize(pageSize);
        List<KeyRow> all = keys.list();
        int from = 0;
        if (token.isPresent()) {
            List<String> ids = all.stream().map(KeyRow::id).toList();
            from = ids.indexOf(token.get()) + 1;
            if (from == 0) throw Errors.badToken();
        }
        List<ApiKey> rest = all.subList(from, all.size()).stream()
                .filter(key -> account.isEmpty() || account.get().equals(key.account()))
                .limit(pageSize + 1L)
                .map(this::shown)
                .toList();
        return rest.size() > pageSize
                ? new Page<>(
                        rest.subList(0, pageSize),
                        Optional.of(rest.get(pageSize - 1).id()))
                : new Page<>(rest, Optional.empty());
    }

    @Override
    public NewKey rotateKey(Caller caller, String id, Duration grace) throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw Errors.invalid("an old key stays valid for 0 seconds to " + LONGEST_GRACE.toDays() + " days");
        }
        Keys.Created created =
                guard.stored(() -> keys.rotate(caller, id, grace)).orElseThrow(() -> Errors.notFound("valid key", id));
        return new NewKey(shown(created.key()), created.text(), Optional.of(known(id)));
    }

    @Override
    public ApiKey revokeKey(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        if (!guard.stored(() -> keys.revoke(caller, id))) throw Errors.notFound("key", id);
        return known(id);
    }

    @Override
    public BackupInfo createBackup(Caller caller, Optional<String> name) throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        return guard.stored(() -> backups.create(
                name,
                chosen -> store.audit(
                        new AuditEntry(clock.instant(), caller.account(), caller.keyId(), Action.BACKUP, chosen))));
    }

    @Override
    public BackupInfo backup(Caller caller, String name) throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        return guard.stored(() -> backups.find(name)).orElseThrow(() -> Errors.notFound("backup", name));
    }

    @Override
    public Page<BackupInfo> backups(Caller caller, int pageSize, Optional<String> token) throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        Submissions.requirePageSize(pageSize);
        return guard.stored(() -> backups.list(pageSize, token));
    }

    @Override
    public Page<AuditEntry> auditLog(Caller caller, AuditFilter filter, int pageSize, Optional<String> token)
            throws ServiceException {
        Guard.require(caller, Scope.ADMIN);
        Submissions.requirePageSize(pageSize);
        return guard.listed(() -> store.auditLog(filter, pageSize, token));
    }
}
