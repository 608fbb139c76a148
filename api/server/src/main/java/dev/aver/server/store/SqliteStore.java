package dev.aver.server.store;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.Page;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.StoredInput;
import dev.aver.server.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The store in one SQLite file, with its write-ahead log beside it. */
public final class SqliteStore implements Store {
    private static final String UNFINISHED = "state IN ('QUEUED', 'RUNNING')";
    private static final long MILLIS_A_DAY = Duration.ofDays(1).toMillis();

    private final Database database;

    /**
     * Opens the file, made if it is not there, and brings it up to date.
     *
     * @param busyTimeout how long to wait for another process that holds it
     */
    public SqliteStore(Path file, Duration busyTimeout) throws StorageException {
        database = new Database(file, busyTimeout);
    }

    @Override
    public ProgramRow addProgram(ProgramRow row, AuditEntry audit) throws StorageException {
        RegisteredProgram program = row.program();
        return database.write(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO programs (id, image_id, name, bytes, registered, blob) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (id) DO NOTHING",
                    program.id(),
                    program.imageId(),
                    program.name(),
                    program.bytes(),
                    program.registered(),
                    row.blob());
            Audit.add(connection, audit);
            return findProgram(connection, program.id()).orElseThrow();
        });
    }

    @Override
    public Optional<ProgramRow> program(String id) throws StorageException {
        return database.read(connection -> findProgram(connection, id));
    }

    private static Optional<ProgramRow> findProgram(Connection connection, String id) throws SQLException {
        return Sql.first(connection, SqliteStore::readProgram, "SELECT * FROM programs WHERE id = ?", id);
    }

    private static ProgramRow readProgram(ResultSet row) throws SQLException {
        RegisteredProgram program = new RegisteredProgram(
                row.getString("id"),
                row.getString("image_id"),
                row.getString("name"),
                row.getLong("bytes"),
                Sql.instant(row, "registered"));
        return new ProgramRow(program, row.getString("blob"));
    }

    @Override
    public Page<RegisteredProgram> programs(int size, Optional<String> token)
            throws StorageException, BadTokenException {
        long below = PageToken.below(token);
        return database.read(connection -> page(
                Sql.list(
                        connection,
                        row -> new Numbered<>(readProgram(row).program(), row.getLong("seq")),
                        "SELECT * FROM programs WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                        below,
                        size + 1),
                size));
    }

    /** A row of a list, and its place. */
    record Numbered<T>(T item, long sequence) {}

    /** One row more than the page was asked for, so that the last page knows that it is. */
    static <T> Page<T> page(List<Numbered<T>> rows, int size) {
        List<T> items =
                rows.stream().limit(size).map(numbered -> numbered.item()).toList();
        return new Page<>(
                items,
                rows.size() > size ? Optional.of(PageToken.of(rows.get(size - 1).sequence())) : Optional.empty());
    }

    @Override
    public boolean addInput(InputRow row, long mostBytes, AuditEntry audit) throws StorageException {
        StoredInput input = row.input();
        return database.write(connection -> {
            if (JobWrites.storedBytes(connection, row.account()) + input.bytes() > mostBytes) return false;
            Sql.update(
                    connection,
                    "INSERT INTO inputs (id, account, bytes, secret, uploaded, blob) VALUES (?, ?, ?, ?, ?, ?)",
                    input.id(),
                    row.account(),
                    input.bytes(),
                    input.secret(),
                    input.uploaded(),
                    row.blob());
            Audit.add(connection, audit);
            return true;
        });
    }

    @Override
    public Optional<InputRow> input(String id) throws StorageException {
        return database.read(connection -> JobWrites.findInput(connection, id));
    }

    @Override
    public Acceptance accept(NewJob job, Quota quota, int mostJobs, AuditEntry audit) throws StorageException {
        return database.write(connection -> JobWrites.accept(connection, job, quota, mostJobs, audit));
    }

    @Override
    public Optional<Acceptance> earlier(NewJob job) throws StorageException {
        return database.read(connection -> JobWrites.earlier(connection, job, Jobs.digest(job.submission())));
    }

    @Override
    public Optional<JobRow> job(String id) throws StorageException {
        return database.read(connection -> JobWrites.find(connection, id));
    }

    @Override
    public Page<JobRow> jobs(JobFilter filter, int size, Optional<String> token)
            throws StorageException, BadTokenException {
        StringBuilder where = new StringBuilder("seq < ?");
        List<Object> parameters = new ArrayList<>(List.of(PageToken.below(token)));
        filter.account().ifPresent(account -> {
            where.append(" AND account = ?");
            parameters.add(account);
        });
        filter.program().ifPresent(program -> {
            where.append(" AND program = ?");
            parameters.add(program);
        });
        if (!filter.states().isEmpty()) {
            where.append(filter.states().stream()
                    .map(state -> "?")
                    .collect(Collectors.joining(", ", " AND state IN (", ")")));
            parameters.addAll(filter.states());
        }
        parameters.add(size + 1);
        String sql = Jobs.BRIEF + " WHERE " + where + " ORDER BY seq DESC LIMIT ?";
        return database.read(connection -> page(
                Sql.list(
                        connection,
                        row -> new Numbered<>(Jobs.read(row), row.getLong("seq")),
                        sql,
                        parameters.toArray()),
                size));
    }

    @Override
    public List<JobRow> unfinished() throws StorageException {
        return database.read(
                connection -> Sql.list(connection, Jobs::read, Jobs.BRIEF + " WHERE " + UNFINISHED + " ORDER BY seq"));
    }

    /** What can be found out again, and so need not reach the disk at once. */
    private boolean note(String sql, Object... parameters) throws StorageException {
        return database.note(connection -> Sql.update(connection, sql, parameters) == 1);
    }

    @Override
    public boolean beginExecution(String id) throws StorageException {
        return note("UPDATE jobs SET busy = 1 WHERE id = ? AND " + UNFINISHED, id);
    }

    @Override
    public boolean planned(String id, JobRow.Planned plan, Instant now, long mostCyclesADay) throws StorageException {
        return database.note(connection -> {
            String account = Sql.first(connection, row -> row.getString(1), "SELECT account FROM jobs WHERE id = ?", id)
                    .orElseThrow();
            long used = usedCycles(connection, account, now);
            if (used + plan.cycles() > mostCyclesADay) return false;
            count(connection, account, now, plan.cycles());
            Sql.update(
                    connection,
                    "UPDATE jobs SET busy = 0, strikes = 0, plan_cycles = ?, plan_segments = ?,"
                            + " plan_segment_cycles = ?, plan_bytes = ?, plan_seconds = ? WHERE id = ? AND "
                            + UNFINISHED,
                    plan.cycles(),
                    plan.segments(),
                    plan.segmentCycles(),
                    plan.bytes(),
                    plan.seconds(),
                    id);
            return true;
        });
    }

    static long usedCycles(Connection connection, String account, Instant now) throws SQLException {
        return Sql.number(
                connection,
                "SELECT cycles FROM usage WHERE account = ? AND day = ?",
                account,
                now.toEpochMilli() / MILLIS_A_DAY);
    }

    static void count(Connection connection, String account, Instant now, long cycles) throws SQLException {
        if (cycles == 0) return;
        Sql.update(
                connection,
                "INSERT INTO usage (account, day, cycles) VALUES (?, ?, ?)"
                        + " ON CONFLICT (account, day) DO UPDATE SET cycles = cycles + excluded.cycles",
                account,
                now.toEpochMilli() / MILLIS_A_DAY,
                cycles);
    }

    @Override
    public boolean begin(String id, Instant now, long version) throws StorageException {
        return note(
                "UPDATE jobs SET busy = 1, state = 'RUNNING', attempts = attempts + 1, version = ?,"
                        + " started = coalesce(started, ?) WHERE id = ? AND " + UNFINISHED,
                version,
                now,
                id);
    }

    @Override
    public void advanced(String id, int segmentsDone, long cyclesDone, double kHz) throws StorageException {
        note(
                "UPDATE jobs SET strikes = 0, segments_done = ?, cycles_done = ?, khz = ? WHERE id = ? AND "
                        + UNFINISHED,
                segmentsDone,
                cyclesDone,
                kHz,
                id);
    }

    @Override
    public void release(String id) throws StorageException {
        note("UPDATE jobs SET busy = 0, strikes = 0 WHERE id = ? AND " + UNFINISHED, id);
    }

    @Override
    public boolean requestStop(String id, AuditEntry audit) throws StorageException {
        return database.write(connection -> {
            boolean live =
                    Sql.update(connection, "UPDATE jobs SET stop_requested = 1 WHERE id = ? AND " + UNFINISHED, id)
                            == 1;
            if (live) Audit.add(connection, audit);
            return live;
        });
    }

    @Override
    public boolean finish(String id, JobEnd end, Optional<AuditEntry> audit) throws StorageException {
        return database.write(connection -> JobWrites.finish(connection, id, end, audit));
    }

    @Override
    public void strike() throws StorageException {
        // Progress has versions, and no rows: each start has 2^32 of its own for a job.
        database.write(connection -> Sql.update(
                connection,
                "UPDATE jobs SET strikes = strikes + busy, busy = 0, version = ((version >> 32) + 1) << 32 WHERE "
                        + UNFINISHED));
    }

    @Override
    public int expire(Retention retention, Instant now) throws StorageException {
        return database.write(connection -> JobWrites.expire(connection, retention, now));
    }

    @Override
    public Set<String> blobs() throws StorageException {
        return database.read(connection -> new HashSet<>(Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT blob FROM programs UNION ALL SELECT blob FROM inputs WHERE deleted = 0"
                        + " UNION ALL SELECT receipt_blob FROM jobs WHERE receipt_blob IS NOT NULL"
                        + " UNION ALL SELECT profile_blob FROM jobs WHERE profile_blob IS NOT NULL")));
    }

    @Override
    public void addKey(KeyRow key, AuditEntry audit) throws StorageException {
        database.write(connection -> {
            Audit.add(connection, audit);
            return Keyring.add(connection, key);
        });
    }

    @Override
    public List<KeyRow> keys() throws StorageException {
        return database.read(Keyring::all);
    }

    @Override
    public boolean endKey(String id, Instant end, AuditEntry audit) throws StorageException {
        return database.write(connection -> {
            boolean found = Keyring.end(connection, id, end);
            if (found) Audit.add(connection, audit);
            return found;
        });
    }

    @Override
    public boolean replaceKey(String old, Instant end, KeyRow key, List<AuditEntry> audit) throws StorageException {
        return database.write(connection -> {
            if (!Keyring.end(connection, old, end)) return false;
            Keyring.add(connection, key);
            for (AuditEntry entry : audit) Audit.add(connection, entry);
            return true;
        });
    }

    @Override
    public void audit(AuditEntry entry) throws StorageException {
        database.write(connection -> Audit.add(connection, entry));
    }

    @Override
    public Page<AuditEntry> auditLog(AuditFilter filter, int size, Optional<String> token)
            throws StorageException, BadTokenException {
        long below = PageToken.below(token);
        return database.read(connection -> page(Audit.list(connection, filter, below, size + 1), size));
    }

    @Override
    public void backup(Path file) throws StorageException {
        // On a reader: SQLite copies a snapshot, and writers go on.
        database.read(connection -> Sql.update(connection, "VACUUM INTO ?", file.toString()));
    }

    @Override
    public void probe() throws StorageException {
        database.probe();
    }

    @Override
    public void close() {
        database.close();
    }
}
