package dev.aver.client;

import dev.aver.proto.v1.AdminServiceGrpc.AdminServiceStub;
import dev.aver.proto.v1.Backup;
import dev.aver.proto.v1.CreateBackupRequest;
import dev.aver.proto.v1.CreateBackupResponse;
import dev.aver.proto.v1.CreateKeyRequest;
import dev.aver.proto.v1.CreateKeyResponse;
import dev.aver.proto.v1.GetBackupRequest;
import dev.aver.proto.v1.GetBackupResponse;
import dev.aver.proto.v1.Key;
import dev.aver.proto.v1.ListAuditEntriesRequest;
import dev.aver.proto.v1.ListAuditEntriesResponse;
import dev.aver.proto.v1.ListBackupsRequest;
import dev.aver.proto.v1.ListBackupsResponse;
import dev.aver.proto.v1.ListKeysRequest;
import dev.aver.proto.v1.ListKeysResponse;
import dev.aver.proto.v1.RevokeKeyRequest;
import dev.aver.proto.v1.RevokeKeyResponse;
import dev.aver.proto.v1.RotateKeyRequest;
import dev.aver.proto.v1.RotateKeyResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A server's calls for administrators as futures, which complete as {@link AsyncClient}'s do. */
public final class AsyncAdmin {
    private static final int DEADLINE_SECONDS = 60;

    private final AdminServiceStub stub;
    private final Repeating repeating;

    AsyncAdmin(AdminServiceStub stub, Repeating repeating) {
        this.stub = stub;
        this.repeating = repeating;
    }

    private <A> CompletableFuture<A> ask(BiConsumer<AdminServiceStub, StreamObserver<A>> call, boolean repeatable) {
        return repeating.call(
                () -> Answer.of(
                        answer -> call.accept(stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS), answer)),
                repeatable);
    }

    /** Makes a key. Not repeated if the answer is lost: a key whose secret nobody has would stay behind. */
    public CompletableFuture<CreateKeyResponse> createKey(CreateKeyRequest request) {
        return ask((server, answer) -> server.createKey(request, answer), false);
    }

    /** A part of all keys. */
    public CompletableFuture<ListKeysResponse> keys(ListKeysRequest request) {
        return ask((server, answer) -> server.listKeys(request, answer), true);
    }

    /**
     * Makes a key like another one, which ends. Not repeated if the answer is lost.
     *
     * @param grace how long the old key stays valid, in whole seconds; 0 for not at all
     */
    public CompletableFuture<RotateKeyResponse> rotateKey(String id, Duration grace) {
        RotateKeyRequest request = RotateKeyRequest.newBuilder()
                .setKeyId(id)
                .setGraceSeconds(Math.toIntExact(grace.toSeconds()))
                .build();
        return ask((server, answer) -> server.rotateKey(request, answer), false);
    }

    /** Ends a key at once. */
    public CompletableFuture<Key> revokeKey(String id) {
        RevokeKeyRequest request = RevokeKeyRequest.newBuilder().setKeyId(id).build();
        return this.<RevokeKeyResponse>ask((server, answer) -> server.revokeKey(request, answer), true)
                .thenApply(RevokeKeyResponse::getKey);
    }

    /**
     * Begins a backup.
     *
     * @param name as {@link CreateBackupRequest} has it; the time if empty
     */
    public CompletableFuture<Backup> createBackup(String name) {
        CreateBackupRequest request =
                CreateBackupRequest.newBuilder().setName(name).build();
        return this.<CreateBackupResponse>ask((server, answer) -> server.createBackup(request, answer), !name.isEmpty())
                .thenApply(CreateBackupResponse::getBackup);
    }

    /** A backup. */
    public CompletableFuture<Backup> backup(String name) {
        GetBackupRequest request = GetBackupRequest.newBuilder().setName(name).build();
        return this.<GetBackupResponse>ask((server, answer) -> server.getBackup(request, answer), true)
                .thenApply(GetBackupResponse::getBackup);
    }

    /** A part of all backups. */
    public CompletableFuture<ListBackupsResponse> backups(ListBackupsRequest request) {
        return ask((server, answer) -> server.listBackups(request, answer), true);
    }

    /** A part of the audit log. */
    public CompletableFuture<ListAuditEntriesResponse> auditLog(ListAuditEntriesRequest request) {
        return ask((server, answer) -> server.listAuditEntries(request, answer), true);
    }
}
