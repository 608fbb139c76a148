package dev.aver.client;

import dev.aver.proto.v1.Backup;
import dev.aver.proto.v1.CreateKeyRequest;
import dev.aver.proto.v1.CreateKeyResponse;
import dev.aver.proto.v1.Key;
import dev.aver.proto.v1.ListAuditEntriesRequest;
import dev.aver.proto.v1.ListAuditEntriesResponse;
import dev.aver.proto.v1.ListBackupsRequest;
import dev.aver.proto.v1.ListBackupsResponse;
import dev.aver.proto.v1.ListKeysRequest;
import dev.aver.proto.v1.ListKeysResponse;
import dev.aver.proto.v1.RotateKeyResponse;
import java.time.Duration;

/** A server's calls for administrators, one after the other: {@link AsyncAdmin}, blocking. */
public final class AdminClient {
    private final AsyncAdmin async;

    AdminClient(AsyncAdmin async) {
        this.async = async;
    }

    /** Makes a key; its secret is in the answer and nowhere else. */
    public CreateKeyResponse createKey(CreateKeyRequest request) throws RemoteException, InterruptedException {
        return AverClient.get(async.createKey(request));
    }

    /** A part of all keys, never with their secrets. */
    public ListKeysResponse keys(ListKeysRequest request) throws RemoteException, InterruptedException {
        return AverClient.get(async.keys(request));
    }

    /** Makes a key like another one, which ends after {@code grace}; {@link AsyncAdmin#rotateKey}. */
    public RotateKeyResponse rotateKey(String id, Duration grace) throws RemoteException, InterruptedException {
        return AverClient.get(async.rotateKey(id, grace));
    }

    /** Ends a key at once. */
    public Key revokeKey(String id) throws RemoteException, InterruptedException {
        return AverClient.get(async.revokeKey(id));
    }

    /** Begins a backup; {@link AsyncAdmin#createBackup}. */
    public Backup createBackup(String name) throws RemoteException, InterruptedException {
        return AverClient.get(async.createBackup(name));
    }

    /** A backup. */
    public Backup backup(String name) throws RemoteException, InterruptedException {
        return AverClient.get(async.backup(name));
    }

    /** A part of all backups. */
    public ListBackupsResponse backups(ListBackupsRequest request) throws RemoteException, InterruptedException {
        return AverClient.get(async.backups(request));
    }

    /** A part of the audit log. */
    public ListAuditEntriesResponse auditLog(ListAuditEntriesRequest request)
            throws RemoteException, InterruptedException {
        return AverClient.get(async.auditLog(request));
    }
}
