package dev.aver.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.cli.CliTestBase;
import dev.aver.server.app.AverServer;
import dev.aver.server.app.Backend;
import dev.aver.server.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators ask of a server that runs. */
@Timeout(60)
class AdminVerbsTest extends CliTestBase {
    private AverServer server;
    private Path first;

    @BeforeEach
    void start() throws Exception {
        server = AverServer.start(
                Config.of(
                        Optional.empty(),
                        Map.of(),
                        Map.of(
                                "--listen-port", "0",
                                "--drain-seconds", "1",
                                "--disk-floor", "0",
                                "--data", directory.resolve("data").toString(),
                                "--backups", directory.resolve("backups").toString())),
                Backend.engine());
        first = directory.resolve("data/first.key");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Result remote(Path key, Object... verb) {
        List<Object> words = new ArrayList<>(List.of("remote"));
        words.addAll(List.of(verb));
        words.addAll(List.of("--server", server.url(), "--key-file", key));
        return aver(words.toArray());
    }

    private static String id(Path key) throws Exception {
        return Files.readString(key).substring(5, 21);
    }

    @Test
    void keysAreMadeListedReplacedAndRevoked() throws Exception {
        Path alice = directory.resolve("alice.key");
        Result made =
                remote(first, "keys", "create", "alice", "--scope", "submit,read", "--name", "laptop", "--out", alice);
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).isEmpty();
        assertThat(made.err())
                .contains(id(alice))
                .doesNotContain(Files.readString(alice).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(alice)))
                .isEqualTo("rw-------");
        assertThat(remote(alice, "list").status()).isZero();

        Result listed = remote(first, "keys", "list", "--account", "alice");
        assertThat(listed.out()).contains(id(alice), "alice", "submit,read", "valid", "laptop");
        assertThat(listed.out().lines()).hasSize(1);

        Result rotated = remote(first, "keys", "rotate", id(alice), "--grace", "1h");
        assertThat(rotated.status()).as(rotated.err()).isZero();
        assertThat(rotated.out()).matches("aver_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\n");
        assertThat(rotated.err()).contains("ends    ");
        Path fresh = write("fresh.key", rotated.outBytes());
        assertThat(remote(alice, "list").status()).isZero();
        assertThat(remote(fresh, "list").status()).isZero();

        Result revoked = remote(first, "keys", "revoke", id(fresh));
        assertThat(revoked.status()).isZero();
        assertThat(revoked.out()).contains("revoked ");
        Result refused = remote(fresh, "list");
        assertThat(refused.status()).isEqualTo(118);
        assertThat(refused.err()).contains("UNAUTHENTICATED");
        assertThat(remote(first, "keys", "list", "--valid").out().lines()).hasSize(2);
    }

    @Test
    void aKeyIsNotMadeWhereItCannotBeWritten() throws Exception {
        Result existing = remote(first, "keys", "create", "bob", "--scope", "read", "--out", first);
        assertThat(existing.status()).isEqualTo(121);
        Result nowhere =
                remote(first, "keys", "create", "bob", "--scope", "read", "--out", directory.resolve("no/bob.key"));
        assertThat(nowhere.status()).isEqualTo(121);
        Path out = directory.resolve("bob.key");
        assertThat(remote(first, "keys", "create", "Bob!", "--scope", "read", "--out", out)
                        .status())
                .isEqualTo(118);
        assertThat(out).as("nothing was made").doesNotExist();
        assertThat(remote(first, "keys", "list").out().lines()).hasSize(1);
        assertThat(remote(first, "keys", "create", "bob", "--scope", "root").status())
                .isEqualTo(120);
        assertThat(remote(first, "keys", "create", "bob").status()).isEqualTo(120);
        assertThat(remote(first, "keys").status()).isEqualTo(120);
        assertThat(remote(first, "keys", "create", "bob", "--scope", "read", "--expires", "soon")
                        .status())
                .isEqualTo(120);
        assertThat(remote(first, "keys", "rotate", id(first), "--grace", "1y").status())
                .isEqualTo(120);
    }

    @Test
    void aBackupIsMadeAndTheAuditLogTellsOfIt() {
        Result made = remote(first, "backup", "nightly");
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).isEqualTo("nightly\n");
        assertThat(made.err()).contains("completed");
        assertThat(directory.resolve("backups/nightly/aver.db")).exists();
        assertThat(remote(first, "backup", "--list").out()).contains("nightly", "completed");
        assertThat(remote(first, "backup", "../x").status()).isEqualTo(118);
        Result audit = remote(first, "audit", "--account", "admin", "--from", "2020-01-01");
        assertThat(audit.out()).contains("BACKUP", "nightly", "admin");
        assertThat(remote(first, "audit", "--until", "2020-01-01").out()).isEmpty();
    }
}
