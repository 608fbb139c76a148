package dev.aver.server.keys;

import dev.aver.server.blob.OwnersFile;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditEntry.Action;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Scope;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.KeyRow;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of one server, held in memory: authenticating reads no disk. Changes are durable and in the audit log when
 * their method returns, and effective at once. Callers' scopes are checked by whoever offers the changes to callers.
 */
public final class Keys {
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{0,128}");

    /** Who creates the first key. */
    private static final Caller SERVER = new Caller("server", "-", EnumSet.allOf(Scope.class));

    private final Store store;
    private final InstantSource clock;
    private final KeyText texts = new KeyText();
    private volatile Map<String, KeyRow> keys;

    /**
     * A new key.
     *
     * @param text what its owner presents; it cannot be had again
     */
    public record Created(KeyRow key, String text) {
        /** Says nothing of the key itself. */
        @Override
        public String toString() {
            return "Created[" + key.id() + "]";
        }
    }

    /** The keys in a store. */
    public Keys(Store store, InstantSource clock) throws StorageException {
        this.store = store;
        this.clock = clock;
        this.keys = read();
    }

    private Map<String, KeyRow> read() throws StorageException {
        return store.keys().stream().collect(Collectors.toUnmodifiableMap(KeyRow::id, Function.identity()));
    }

    /** Whose key this is; empty if it is no key, or one that has expired or was revoked. */
    public Optional<Caller> authenticate(String presented) {
        Optional<KeyText.Parts> parts = KeyText.parse(presented);
        if (parts.isEmpty()) return Optional.empty();
        KeyRow key = keys.get(parts.get().id());
        // The id is public, so that looking it up may take what it takes; the secret is compared in constant time.
        if (key == null || !MessageDigest.isEqual(key.hash(), parts.get().hash())) return Optional.empty();
        if (!key.validAt(clock.instant())) return Optional.empty();
        return Optional.of(new Caller(key.account(), key.id(), key.scopes()));
    }

    /**
     * Makes a key.
     *
     * @param account 1 to 64 characters of {@code [a-z0-9-]}
     * @param name at most 128 characters, or empty
     * @throws IllegalArgumentException if account, name or scopes are not such
     */
    public synchronized Created create(
            Caller by, String account, String name, Set<Scope> scopes, Optional<Instant> expires)
            throws StorageException {
        KeyText.Fresh fresh = texts.fresh();
        KeyRow key = row(fresh, account, name, scopes, expires);
        store(by, key);
        return new Created(key, fresh.text());
    }

    private KeyRow row(KeyText.Fresh fresh, String account, String name, Set<Scope> scopes, Optional<Instant> expires) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("an account is 1 to 64 characters of a-z, 0-9 and -");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a key's name is at most 128 characters, none of them control characters");
        }
        if (scopes.isEmpty()) throw new IllegalArgumentException("a key needs a scope");
        if (expires.filter(end -> !end.isAfter(now())).isPresent()) {
            throw new IllegalArgumentException("a key expires in the future");
        }
        return new KeyRow(fresh.id(), account, name, fresh.hash(), scopes, now(), expires, Optional.empty());
    }

    private void store(Caller by, KeyRow key) throws StorageException {
        store.addKey(key, audit(by, Action.CREATE_KEY, key.id()));
        keys = read();
    }

    /**
     * Makes a key like another one, which ends after a while.
     *
     * @param overlap how long the old key stays valid
     * @return empty if there is no such key, or it is not valid any more
     */
    public synchronized Optional<Created> rotate(Caller by, String id, Duration overlap) throws StorageException {
        KeyRow old = keys.get(id);
        if (old == null || !old.validAt(clock.instant())) return Optional.empty();
        KeyText.Fresh fresh = texts.fresh();
        KeyRow key = row(fresh, old.account(), old.name(), old.scopes(), old.expires());
        List<AuditEntry> entries = List.of(audit(by, Action.ROTATE_KEY, id), audit(by, Action.CREATE_KEY, key.id()));
        store.replaceKey(id, now().plus(overlap), key, entries);
        keys = read();
        return Optional.of(new Created(key, fresh.text()));
    }

    /** Ends a key at once; false if there is no such key. */
    public synchronized boolean revoke(Caller by, String id) throws StorageException {
        boolean found = store.endKey(id, now(), audit(by, Action.REVOKE_KEY, id));
        keys = read();
        return found;
    }

    /** A key, also one that has ended. */
    public Optional<KeyRow> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** All keys, oldest first, those that have ended too. */
    public List<KeyRow> list() {
        return keys.values().stream()
                .sorted(Comparator.comparing(KeyRow::created).thenComparing(KeyRow::id))
                .toList();
    }

    /**
     * Makes an administrator's key if none is valid, and writes it to a file that only its owner can read: for a new
     * server, and for one whose last such key has ended. Whoever reads that file and starts the server owns it anyway.
     *
     * @return whether it did
     * @throws IOException if the file cannot be written
     */
    public synchronized boolean createFirst(Path file) throws IOException {
        Instant now = now();
        if (keys.values().stream().anyMatch(key -> key.scopes().contains(Scope.ADMIN) && key.validAt(now))) {
            return false;
        }
        KeyText.Fresh fresh = texts.fresh();
        // The file first: what it holds is worth nothing if the key is not stored, and the next start tries again.
        Files.deleteIfExists(file);
        OwnersFile.create(file, fresh.text() + "\n");
        store(SERVER, row(fresh, "admin", "first key", Set.of(Scope.ADMIN), Optional.empty()));
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private AuditEntry audit(Caller by, Action action, String id) {
        return new AuditEntry(now(), by.account(), by.keyId(), action, id);
    }
}
