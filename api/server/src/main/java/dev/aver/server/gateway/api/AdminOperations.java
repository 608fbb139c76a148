package dev.aver.server.gateway.api;

import dev.aver.proto.v1.AdminServiceGrpc;
import dev.aver.proto.v1.CreateBackupResponse;
import dev.aver.proto.v1.CreateKeyRequest;
import dev.aver.proto.v1.CreateKeyResponse;
import dev.aver.proto.v1.GetBackupResponse;
import dev.aver.proto.v1.ListAuditEntriesRequest;
import dev.aver.proto.v1.ListAuditEntriesResponse;
import dev.aver.proto.v1.ListBackupsRequest;
import dev.aver.proto.v1.ListBackupsResponse;
import dev.aver.proto.v1.ListKeysRequest;
import dev.aver.proto.v1.ListKeysResponse;
import dev.aver.proto.v1.RevokeKeyResponse;
import dev.aver.proto.v1.RotateKeyRequest;
import dev.aver.proto.v1.RotateKeyResponse;
import dev.aver.server.gateway.api.Operation.Unary;
import dev.aver.server.service.Administration;
import dev.aver.server.service.ApiKey;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.Caller;
import dev.aver.server.service.NewKey;
import dev.aver.server.service.Page;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server offers to administrators: each call of {@code aver.v1.AdminService} with what it does. */
public final class AdminOperations {
    private static final int LONGEST_GRACE_SECONDS = (int) Administration.LONGEST_GRACE.toSeconds();

    private final Administration administration;

    private AdminOperations(Administration administration) {
        this.administration = administration;
    }

    /** Every call for administrators, on this service. */
    public static List<Operation<?, ?>> of(Administration administration) {
        AdminOperations on = new AdminOperations(administration);
        return List.of(
                new Unary<>(
                        AdminServiceGrpc.getCreateKeyMethod(), (caller, ask, wait) -> on.create(caller, ask), false),
                new Unary<>(AdminServiceGrpc.getListKeysMethod(), (caller, ask, wait) -> on.keys(caller, ask), false),
                new Unary<>(
                        AdminServiceGrpc.getRotateKeyMethod(), (caller, ask, wait) -> on.rotate(caller, ask), false),
                new Unary<>(
                        AdminServiceGrpc.getRevokeKeyMethod(),
                        (caller, ask, wait) -> RevokeKeyResponse.newBuilder()
                                .setKey(AdminValues.key(
                                        administration.revokeKey(caller, Arguments.key(ask.getKeyId()))))
                                .build(),
                        false),
                new Unary<>(
                        AdminServiceGrpc.getCreateBackupMethod(),
                        (caller, ask, wait) -> CreateBackupResponse.newBuilder()
                                .setBackup(AdminValues.backup(administration.createBackup(
                                        caller,
                                        ask.getName().isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(Arguments.backup(ask.getName())))))
                                .build(),
                        false),
                new Unary<>(
                        AdminServiceGrpc.getGetBackupMethod(),
                        (caller, ask, wait) -> GetBackupResponse.newBuilder()
                                .setBackup(AdminValues.backup(
                                        administration.backup(caller, Arguments.backup(ask.getName()))))
                                .build(),
                        false),
                new Unary<>(
                        AdminServiceGrpc.getListBackupsMethod(), (caller, ask, wait) -> on.backups(caller, ask), false),
                new Unary<>(
                        AdminServiceGrpc.getListAuditEntriesMethod(),
                        (caller, ask, wait) -> on.audit(caller, ask),
                        false));
    }

    private CreateKeyResponse create(Caller caller, CreateKeyRequest ask) throws ServiceException {
        String account = Arguments.account(ask.getAccount())
                .orElseThrow(() -> Arguments.invalid("account", "1 to 64 of a-z, 0-9 and -"));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (dev.aver.proto.v1.KeyScope scope : ask.getScopesList()) scopes.add(AdminValues.scope(scope));
        if (scopes.isEmpty()) throw Arguments.invalid("scopes", "at least one");
        Optional<Instant> expires =
                ask.hasExpiresAt() ? Optional.of(Values.instant(ask.getExpiresAt(), "expiresAt")) : Optional.empty();
        NewKey made =
                administration.createKey(caller, account, Arguments.label(ask.getName(), "name"), scopes, expires);
        return CreateKeyResponse.newBuilder()
                .setKey(AdminValues.key(made.key()))
                .setSecret(made.secret())
                .build();
    }

    private ListKeysResponse keys(Caller caller, ListKeysRequest ask) throws ServiceException {
        Page<ApiKey> page = administration.keys(
                caller,
                Arguments.account(ask.getAccount()),
                Arguments.pageSize(ask.getPageSize()),
                Arguments.token(ask.getPageToken()));
        ListKeysResponse.Builder answer = ListKeysResponse.newBuilder();
        page.items().forEach(key -> answer.addKeys(AdminValues.key(key)));
        page.nextToken().ifPresent(answer::setNextPageToken);
        return answer.build();
    }

    private RotateKeyResponse rotate(Caller caller, RotateKeyRequest ask) throws ServiceException {
        int seconds = Arguments.range(ask.getGraceSeconds(), 0, LONGEST_GRACE_SECONDS, "graceSeconds");
        NewKey made = administration.rotateKey(caller, Arguments.key(ask.getKeyId()), Duration.ofSeconds(seconds));
        RotateKeyResponse.Builder answer = RotateKeyResponse.newBuilder()
                .setKey(AdminValues.key(made.key()))
                .setSecret(made.secret());
        made.replaced().ifPresent(old -> answer.setReplaced(AdminValues.key(old)));
        return answer.build();
    }

    private ListBackupsResponse backups(Caller caller, ListBackupsRequest ask) throws ServiceException {
        Page<BackupInfo> page = administration.backups(
                caller, Arguments.pageSize(ask.getPageSize()), Arguments.token(ask.getPageToken()));
        ListBackupsResponse.Builder answer = ListBackupsResponse.newBuilder();
        page.items().forEach(backup -> answer.addBackups(AdminValues.backup(backup)));
        page.nextToken().ifPresent(answer::setNextPageToken);
        return answer.build();
    }

    private ListAuditEntriesResponse audit(Caller caller, ListAuditEntriesRequest ask) throws ServiceException {
        AuditFilter filter = new AuditFilter(
                Arguments.account(ask.getAccount()),
                ask.hasFrom() ? Optional.of(Values.instant(ask.getFrom(), "from")) : Optional.empty(),
                ask.hasUntil() ? Optional.of(Values.instant(ask.getUntil(), "until")) : Optional.empty());
        Page<AuditEntry> page = administration.auditLog(
                caller, filter, Arguments.pageSize(ask.getPageSize()), Arguments.token(ask.getPageToken()));
        ListAuditEntriesResponse.Builder answer = ListAuditEntriesResponse.newBuilder();
        page.items().forEach(entry -> answer.addEntries(AdminValues.entry(entry)));
        page.nextToken().ifPresent(answer::setNextPageToken);
        return answer.build();
    }
}
