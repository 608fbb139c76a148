package dev.aver.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Scope;
import dev.aver.server.store.KeyRow;
import dev.aver.server.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final Caller ADMIN = new Caller("admin", "k", Set.of(Scope.ADMIN));

    @TempDir
    private Path root;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private SqliteStore store;
    private Keys keys;

    @BeforeEach
    void open() throws Exception {
        store = new SqliteStore(root.resolve("aver.db"), Duration.ofSeconds(1));
        keys = new Keys(store, () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Keys.Created create() throws Exception {
        return keys.create(ADMIN, "alice", "laptop", Set.of(Scope.READ), Optional.empty());
    }

    @Test
    void aKeyOpensWhatItIsForAlsoAfterARestart() throws Exception {
        Keys.Created created = create();
        Caller caller = keys.authenticate(created.text()).orElseThrow();
        assertThat(caller).isEqualTo(new Caller("alice", created.key().id(), Set.of(Scope.READ)));
        assertThat(new Keys(store, () -> now).authenticate(created.text())).contains(caller);
        assertThat(created.text()).hasSize(5 + 16 + 1 + 43);
        assertThat(created.toString()).doesNotContain(created.text());
    }

    @Test
    void nothingElseOpensAnything() throws Exception {
        String text = create().text();
        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == '0' ? '1' : '0';
            String forged = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(keys.authenticate(forged)).as(forged).isEmpty();
        }
        assertThat(keys.authenticate("")).isEmpty();
        assertThat(keys.authenticate(text + "A")).isEmpty();
        assertThat(keys.authenticate(text.substring(1))).isEmpty();
        assertThat(keys.authenticate(text.replace("aver_", "aver_\u0660"))).isEmpty();
    }

    @Test
    void theStoreDoesNotHoldTheKey() throws Exception {
        Keys.Created created = create();
        String secret = created.text().substring(22);
        store.close();
        for (String file : new String[] {"aver.db", "aver.db-wal"}) {
            Path path = root.resolve(file);
            if (Files.exists(path)) {
                assertThat(Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void aRevokedKeyOpensNothingAndAnExpiredOneNeither() throws Exception {
        Keys.Created revoked = create();
        Keys.Created expiring = keys.create(ADMIN, "bob", "", Set.of(Scope.SUBMIT), Optional.of(now.plusSeconds(60)));
        assertThat(keys.revoke(ADMIN, revoked.key().id())).isTrue();
        assertThat(keys.revoke(ADMIN, "0000000000000000")).isFalse();
        assertThat(keys.authenticate(revoked.text())).isEmpty();
        assertThat(keys.authenticate(expiring.text())).isPresent();
        now = now.plusSeconds(60);
        assertThat(keys.authenticate(expiring.text())).isEmpty();
        assertThat(keys.list()).extracting(KeyRow::account).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void rotationLeavesTimeToChangeKeys() throws Exception {
        Keys.Created old = create();
        Keys.Created fresh =
                keys.rotate(ADMIN, old.key().id(), Duration.ofMinutes(1)).orElseThrow();
        assertThat(fresh.text()).isNotEqualTo(old.text());
        assertThat(keys.authenticate(fresh.text()).orElseThrow().account()).isEqualTo("alice");
        assertThat(keys.authenticate(old.text())).isPresent();
        now = now.plusSeconds(61);
        assertThat(keys.authenticate(old.text())).isEmpty();
        assertThat(keys.authenticate(fresh.text())).isPresent();
        assertThat(keys.rotate(ADMIN, old.key().id(), Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsDoneToKeysIsInTheAuditLog() throws Exception {
        String id = create().key().id();
        keys.revoke(ADMIN, id);
        assertThat(store.auditLog(AuditFilter.ALL, 10, Optional.empty()).items())
                .extracting(AuditEntry::action, AuditEntry::subject, AuditEntry::keyId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AuditEntry.Action.REVOKE_KEY, id, "k"),
                        org.assertj.core.groups.Tuple.tuple(AuditEntry.Action.CREATE_KEY, id, "k"));
    }

    @Test
    void theFirstKeyGoesToAFileForItsOwnerOnly() throws Exception {
        Path file = root.resolve("admin.key");
        Files.writeString(file, "left by a start that died before the key was stored");
        assertThat(keys.createFirst(file)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Caller caller = keys.authenticate(Files.readString(file).strip()).orElseThrow();
        assertThat(caller.may(Scope.ADMIN)).isTrue();
        assertThat(keys.createFirst(file)).isFalse();
    }

    @Test
    void refusesAccountsAndScopesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.create(ADMIN, "Alice!", "", Set.of(Scope.READ), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.create(ADMIN, "alice", "", Set.of(), Optional.empty()));
        assertThat(keys.list()).isEmpty();
    }
}
