package dev.aver.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.client.AdminClient;
import dev.aver.client.AverClient;
import dev.aver.client.Connection;
import dev.aver.client.RemoteException;
import dev.aver.client.Retries;
import dev.aver.proto.v1.AuditEntry;
import dev.aver.proto.v1.Backup;
import dev.aver.proto.v1.BackupState;
import dev.aver.proto.v1.CreateKeyRequest;
import dev.aver.proto.v1.CreateKeyResponse;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobKind;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.JobState;
import dev.aver.proto.v1.Key;
import dev.aver.proto.v1.KeyScope;
import dev.aver.proto.v1.ListAuditEntriesRequest;
import dev.aver.proto.v1.ListAuditEntriesResponse;
import dev.aver.proto.v1.ListBackupsRequest;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ListKeysRequest;
import dev.aver.proto.v1.ListKeysResponse;
import dev.aver.proto.v1.RotateKeyResponse;
import dev.aver.server.config.Config;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, backups and the audit log of a whole server, over both transports. */
@Timeout(120)
class AdministrationTest {
    @TempDir
    private Path root;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private AverServer server;
    private String first;
    private AverClient client;
    private AdminClient admin;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        Logger.getLogger("").addHandler(log);
        server = AverServer.start(
                Config.of(
                        Optional.empty(),
                        Map.of(),
                        Map.of(
                                "--listen-port", "0",
                                "--drain-seconds", "1",
                                "--disk-floor", "0",
                                "--data", root.resolve("data").toString(),
                                "--backups", root.resolve("backups").toString())),
                Backend.engine());
        first = Files.readString(root.resolve("data/first.key")).strip();
        client = connect(first);
        admin = client.admin();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        client.close();
        server.close();
        Logger.getLogger("").removeHandler(log);
    }

    private AverClient connect(String key) throws Exception {
        return AverClient.connect(
                new Connection(URI.create(server.url()), key, Optional.empty(), Optional.empty()),
                Retries.NONE,
                new Random(1));
    }

    private HttpResponse<String> rest(String method, String path, String key, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    private CreateKeyResponse create(String account, KeyScope... scopes) throws Exception {
        return admin.createKey(CreateKeyRequest.newBuilder()
                .setAccount(account)
                .setName(account + "'s laptop")
                .addAllScopes(List.of(scopes))
                .build());
    }

    private static String code(RemoteException refusal) {
        return refusal.code();
    }

    /** What a key is answered on both transports, which must agree. */
    private String opens(String key) throws Exception {
        int status = rest("GET", "/v1/jobs", key, "").statusCode();
        try (AverClient other = connect(key)) {
            other.jobs(ListJobsRequest.getDefaultInstance());
            assertThat(status).isEqualTo(200);
            return "";
        } catch (RemoteException e) {
            assertThat(status).isEqualTo(e.code().equals("UNAUTHENTICATED") ? 401 : 403);
            return e.code();
        }
    }

    @Test
    void aKeyOpensWhatItIsForUntilItIsRevoked() throws Exception {
        CreateKeyResponse reader = create("alice", KeyScope.KEY_SCOPE_READ);
        assertThat(reader.getKey().getScopesList()).containsExactly(KeyScope.KEY_SCOPE_READ);
        assertThat(reader.getKey().getValid()).isTrue();
        assertThat(opens(reader.getSecret())).isEmpty();
        assertThat(opens(create("bob", KeyScope.KEY_SCOPE_SUBMIT).getSecret())).isEqualTo("FORBIDDEN");

        HttpResponse<String> revoked =
                rest("POST", "/v1/admin/keys/" + reader.getKey().getId() + "/revoke", first, "");
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(revoked.body()).contains("\"valid\":false").doesNotContain(reader.getSecret());
        assertThat(opens(reader.getSecret())).isEqualTo("UNAUTHENTICATED");
        Key again = admin.revokeKey(reader.getKey().getId());
        assertThat(again.getValid()).isFalse();
        assertThat(admin.revokeKey(reader.getKey().getId())).as("again").isEqualTo(again);
    }

    @Test
    void aReplacedKeyEndsAtOnceOrAfterItsGrace() throws Exception {
        CreateKeyResponse old = create("alice", KeyScope.KEY_SCOPE_READ, KeyScope.KEY_SCOPE_SUBMIT);
        RotateKeyResponse kind = admin.rotateKey(old.getKey().getId(), Duration.ofSeconds(2));
        assertThat(kind.getReplaced().getValid()).isTrue();
        assertThat(kind.getKey().getScopesList()).containsExactly(KeyScope.KEY_SCOPE_SUBMIT, KeyScope.KEY_SCOPE_READ);
        assertThat(kind.getKey().getAccount()).isEqualTo("alice");
        assertThat(opens(old.getSecret())).isEmpty();
        assertThat(opens(kind.getSecret())).isEmpty();
        Instant end = Instant.ofEpochSecond(
                kind.getReplaced().getRevokedAt().getSeconds(),
                kind.getReplaced().getRevokedAt().getNanos());
        Thread.sleep(Math.max(1, Duration.between(Instant.now(), end).toMillis() + 5));
        assertThat(opens(old.getSecret())).isEqualTo("UNAUTHENTICATED");

        HttpResponse<String> hard =
                rest("POST", "/v1/admin/keys/" + kind.getKey().getId() + "/rotate", first, "");
        assertThat(hard.statusCode()).isEqualTo(200);
        assertThat(opens(kind.getSecret())).isEqualTo("UNAUTHENTICATED");
        String secret = hard.body().replaceAll("(?s).*\"secret\":\"([^\"]*)\".*", "$1");
        assertThat(opens(secret)).isEmpty();
        RemoteException late = catchThrowableOfType(
                RemoteException.class, () -> admin.rotateKey(old.getKey().getId(), Duration.ZERO));
        assertThat(code(late)).isEqualTo("NOT_FOUND");
        RemoteException longer = catchThrowableOfType(
                RemoteException.class, () -> admin.rotateKey(old.getKey().getId(), Duration.ofDays(31)));
        assertThat(code(longer)).isEqualTo("INVALID_ARGUMENT");
    }

    private static byte[] endless() {
        ElfBuilder file = new ElfBuilder();
        new Assembler().branch(Op.BEQ, 0, 0, 0).build(file);
        return file.build();
    }

    /** What is under way in the name of a key ends with it. */
    @Test
    void aRevokedKeyHearsNothingMore() throws Exception {
        CreateKeyResponse alice = create("alice", KeyScope.KEY_SCOPE_READ, KeyScope.KEY_SCOPE_SUBMIT);
        try (AverClient hers = connect(alice.getSecret())) {
            String program = hers.register(() -> new ByteArrayInputStream(endless()), "endless")
                    .getId();
            Job job = hers.submit(
                    JobSpec.newBuilder()
                            .setProgramId(program)
                            .setKind(JobKind.JOB_KIND_EXECUTE)
                            .build(),
                    "");
            while (job.getState() != JobState.JOB_STATE_RUNNING)
                job = hers.async().await(job.getId(), job.getVersion()).get();
            Job running = job;
            List<String> heard = new ArrayList<>();
            Thread watcher = Thread.ofVirtual().start(() -> {
                try {
                    hers.watch(
                            running.getId(), seen -> heard.add(seen.getState().name()));
                } catch (RemoteException e) {
                    heard.add(e.code());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            var waiting = hers.async().await(running.getId(), Long.MAX_VALUE);
            var waitingByRest = http.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.url() + "/v1/jobs/" + running.getId() + "/wait?version="
                                    + Long.MAX_VALUE + "&timeoutSeconds=60"))
                            .header("authorization", "Bearer " + alice.getSecret())
                            .build(),
                    BodyHandlers.ofString());
            while (heard.isEmpty()) Thread.sleep(10);
            admin.revokeKey(alice.getKey().getId());
            client.cancel(running.getId());
            watcher.join();
            assertThat(heard.getLast()).isEqualTo("UNAUTHENTICATED");
            assertThat(heard).doesNotContain("JOB_STATE_CANCELLED");
            ExecutionException waited = catchThrowableOfType(ExecutionException.class, waiting::get);
            assertThat(((RemoteException) waited.getCause()).code()).isEqualTo("UNAUTHENTICATED");
            assertThat(waitingByRest.get().statusCode()).isEqualTo(401);
        }
    }

    @Test
    void keysAreListedWithoutTheirSecrets() throws Exception {
        List<String> secrets = new ArrayList<>(List.of(first));
        for (int i = 0; i < 5; i++) {
            secrets.add(create(i % 2 == 0 ? "alice" : "bob", KeyScope.KEY_SCOPE_READ)
                    .getSecret());
        }
        RotateKeyResponse rotated = admin.rotateKey(
                admin.keys(ListKeysRequest.newBuilder().setAccount("bob").build())
                        .getKeys(0)
                        .getId(),
                Duration.ZERO);
        secrets.add(rotated.getSecret());
        List<Key> all = new ArrayList<>();
        ListKeysRequest.Builder ask = ListKeysRequest.newBuilder().setPageSize(2);
        ListKeysResponse page;
        do {
            page = admin.keys(ask.build());
            all.addAll(page.getKeysList());
            ask.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        assertThat(all).hasSize(7).extracting(Key::getId).doesNotHaveDuplicates();
        assertThat(all.getFirst().getScopesList()).containsExactly(KeyScope.KEY_SCOPE_ADMIN);
        assertThat(admin.keys(ListKeysRequest.newBuilder().setAccount("alice").build())
                        .getKeysList())
                .hasSize(3)
                .allMatch(key -> key.getAccount().equals("alice"));
        String listed = rest("GET", "/v1/admin/keys?pageSize=200", first, "").body();
        String audit = rest("GET", "/v1/admin/audit?pageSize=200", first, "").body();
        assertThat(listed).contains("KEY_SCOPE_READ").doesNotContainIgnoringCase("hash");
        assertThat(audit).contains("CREATE_KEY", "ROTATE_KEY");
        StringBuilder everything = new StringBuilder(listed + audit + all + String.join("\n", logged));
        try (Stream<Path> files = Files.walk(root.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.endsWith("first.key")) continue;
                everything.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String secret : secrets) {
            assertThat(everything.toString().contains(secret.substring(22)))
                    .as("a secret is somewhere else")
                    .isFalse();
        }
    }

    @Test
    void theAuditLogTellsByAccountAndTime() throws Exception {
        CreateKeyResponse alice = create("alice", KeyScope.KEY_SCOPE_SUBMIT);
        Thread.sleep(3);
        Instant then = Instant.now();
        try (AverClient hers = connect(alice.getSecret())) {
            hers.upload(() -> new ByteArrayInputStream(new byte[3]), false);
            hers.upload(() -> new ByteArrayInputStream(new byte[3]), false);
        }
        ListAuditEntriesRequest.Builder ask =
                ListAuditEntriesRequest.newBuilder().setAccount("alice").setPageSize(1);
        ListAuditEntriesResponse one = admin.auditLog(ask.build());
        ListAuditEntriesResponse two =
                admin.auditLog(ask.setPageToken(one.getNextPageToken()).build());
        assertThat(Stream.concat(one.getEntriesList().stream(), two.getEntriesList().stream()))
                .extracting(AuditEntry::getAction, AuditEntry::getKeyId)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(
                        "UPLOAD_INPUT", alice.getKey().getId()));
        assertThat(two.getNextPageToken()).isEmpty();
        String since = rest("GET", "/v1/admin/audit?from=" + then, first, "").body();
        String before = rest("GET", "/v1/admin/audit?until=" + then, first, "").body();
        assertThat(since).contains("UPLOAD_INPUT").doesNotContain("CREATE_KEY");
        assertThat(before).contains("CREATE_KEY").doesNotContain("UPLOAD_INPUT");
    }

    private Backup awaited(Backup begun) throws Exception {
        Backup backup = begun;
        while (backup.getState() == BackupState.BACKUP_STATE_RUNNING) {
            Thread.sleep(10);
            backup = admin.backup(backup.getName());
        }
        return backup;
    }

    @Test
    void aBackupIsBegunAndCompletedBelowItsDirectory() throws Exception {
        client.upload(() -> new ByteArrayInputStream(new byte[1000]), false);
        Backup nightly = awaited(admin.createBackup("nightly-1"));
        assertThat(nightly.getState()).as(nightly.toString()).isEqualTo(BackupState.BACKUP_STATE_COMPLETED);
        assertThat(nightly.getSizeBytes()).isGreaterThan(1000);
        assertThat(root.resolve("backups/nightly-1/aver.db")).exists();
        assertThat(Files.getPosixFilePermissions(root.resolve("backups/nightly-1")))
                .extracting(Enum::name)
                .allMatch(permission -> permission.startsWith("OWNER"));
        assertThat(admin.createBackup("nightly-1")).as("again").isEqualTo(nightly);
        HttpResponse<String> named = rest("POST", "/v1/admin/backups", first, "");
        assertThat(named.statusCode()).isEqualTo(200);
        String name = named.body().replaceAll("(?s).*\"name\":\"([^\"]*)\".*", "$1");
        assertThat(name).matches("[0-9]{8}-[0-9]{6}");
        assertThat(awaited(admin.backup(name)).getState()).isEqualTo(BackupState.BACKUP_STATE_COMPLETED);
        assertThat(admin.backups(ListBackupsRequest.getDefaultInstance()).getBackupsList())
                .extracting(Backup::getName)
                .containsExactly(name, "nightly-1");
        assertThat(rest("GET", "/v1/admin/backups?pageSize=1", first, "").body())
                .contains("nextPageToken\":\"" + name);
        assertThat(rest("GET", "/v1/admin/audit", first, "").body()).contains("\"BACKUP\"", "nightly-1");
        RemoteException none = catchThrowableOfType(RemoteException.class, () -> admin.backup("other"));
        assertThat(code(none)).isEqualTo("NOT_FOUND");
    }

    @Test
    void noNameLeavesTheDirectoryForBackups() throws Exception {
        Path outside = Files.createDirectories(root.resolve("outside"));
        Files.createDirectories(root.resolve("backups"));
        Files.createSymbolicLink(root.resolve("backups/link"), outside);
        for (String name : List.of(
                "..",
                ".",
                "../outside",
                "/tmp/x",
                "a/b",
                "a\\b",
                "-x",
                "A",
                "a.b",
                "a b",
                "a\u0000",
                "ä",
                "a".repeat(65))) {
            RemoteException refused = catchThrowableOfType(RemoteException.class, () -> admin.createBackup(name));
            assertThat(code(refused)).as(name).isEqualTo("INVALID_ARGUMENT");
            RemoteException unread = catchThrowableOfType(RemoteException.class, () -> admin.backup(name));
            assertThat(code(unread)).as(name).isEqualTo("INVALID_ARGUMENT");
        }
        for (String path : List.of(
                "/v1/admin/backups?name=..%2foutside",
                "/v1/admin/backups?name=%2e%2e", "/v1/admin/backups?name=%2ftmp%2fx")) {
            assertThat(rest("POST", path, first, "").statusCode()).as(path).isEqualTo(400);
        }
        assertThat(rest("GET", "/v1/admin/backups/..%2foutside", first, "").statusCode())
                .isEqualTo(400);
        RemoteException link = catchThrowableOfType(RemoteException.class, () -> admin.createBackup("link"));
        assertThat(code(link)).isEqualTo("UNAVAILABLE");
        RemoteException linked = catchThrowableOfType(RemoteException.class, () -> admin.backup("link"));
        assertThat(code(linked)).isEqualTo("NOT_FOUND");
        assertThat(admin.backups(ListBackupsRequest.getDefaultInstance()).getBackupsList())
                .isEmpty();
        assertThat(outside).isEmptyDirectory();
        assertThat(link.getMessage()).as("it names no path of the server").doesNotContain(root.toString());
    }

    /** Neither a key of another account nor one without the scope learns whether anything is there. */
    @Test
    void onlyAdministratorsAdminister() throws Exception {
        CreateKeyResponse alice = create("alice", KeyScope.KEY_SCOPE_READ, KeyScope.KEY_SCOPE_SUBMIT);
        String known = alice.getKey().getId();
        awaited(admin.createBackup("there"));
        for (String[] call : new String[][] {
            {"POST", "/v1/admin/keys", "{\"account\":\"mallory\",\"scopes\":[\"KEY_SCOPE_ADMIN\"]}"},
            {"GET", "/v1/admin/keys", ""},
            {"POST", "/v1/admin/keys/" + known + "/rotate", ""},
            {"POST", "/v1/admin/keys/" + "0".repeat(16) + "/rotate", ""},
            {"POST", "/v1/admin/keys/" + known + "/revoke", ""},
            {"POST", "/v1/admin/keys/" + "0".repeat(16) + "/revoke", ""},
            {"POST", "/v1/admin/backups", ""},
            {"GET", "/v1/admin/backups", ""},
            {"GET", "/v1/admin/backups/there", ""},
            {"GET", "/v1/admin/backups/none", ""},
            {"GET", "/v1/admin/audit", ""}
        }) {
            HttpResponse<String> hers = rest(call[0], call[1], alice.getSecret(), call[2]);
            assertThat(hers.statusCode()).as(call[1]).isEqualTo(403);
            assertThat(hers.body()).contains("FORBIDDEN", "the key lacks the scope ADMIN");
            assertThat(rest(call[0], call[1], "aver_forged", call[2]).statusCode())
                    .isEqualTo(401);
        }
        try (AverClient hers = connect(alice.getSecret())) {
            RemoteException refused = catchThrowableOfType(
                    RemoteException.class, () -> hers.admin().revokeKey(known));
            assertThat(code(refused)).isEqualTo("FORBIDDEN");
            RemoteException audit = catchThrowableOfType(
                    RemoteException.class, () -> hers.admin().auditLog(ListAuditEntriesRequest.getDefaultInstance()));
            assertThat(code(audit)).isEqualTo("FORBIDDEN");
        }
        assertThat(opens(alice.getSecret())).isEmpty();
        assertThat(admin.keys(ListKeysRequest.getDefaultInstance()).getKeysCount())
                .isEqualTo(2);
    }

    /** Whoever ends the last administrator's key starts the server again. */
    @Test
    void aServerWithoutAnAdministratorMakesOneWhenItStarts() throws Exception {
        CreateKeyResponse alice = create("alice", KeyScope.KEY_SCOPE_READ);
        admin.revokeKey(first.substring(5, 21));
        assertThat(opens(first)).isEqualTo("UNAUTHENTICATED");
        stop();
        start();
        assertThat(opens(first)).isEmpty();
        assertThat(opens(alice.getSecret())).isEmpty();
        assertThat(admin.keys(ListKeysRequest.getDefaultInstance()).getKeysCount())
                .isEqualTo(3);
    }
}
