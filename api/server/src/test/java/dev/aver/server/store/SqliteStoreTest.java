package dev.aver.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Page;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Quota QUOTA = new Quota(3, 1000, 1 << 20);
    private static final String PROGRAM = "ab".repeat(32);

    @TempDir
    private Path root;

    private SqliteStore store;
    private int ids;

    @BeforeEach
    void open() throws StorageException {
        store = new SqliteStore(file(), Duration.ofMillis(300));
        RegisteredProgram program = new RegisteredProgram(PROGRAM, "00", "p", 3, START);
        store.addProgram(new ProgramRow(program, "blob-p"), audit());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file() {
        return root.resolve("aver.db");
    }

    private static AuditEntry audit() {
        return new AuditEntry(START, "alice", "k", AuditEntry.Action.SUBMIT, "s");
    }

    private static Submission submission(Optional<String> input, Optional<String> key, boolean delete) {
        return new Submission(
                JobKind.EXECUTE,
                PROGRAM,
                input,
                "blake3",
                110,
                true,
                OptionalLong.of(77),
                2,
                Optional.of(START.plusSeconds(1000)),
                true,
                delete,
                key,
                "label");
    }

    private Acceptance accept(String account, Submission submission) throws StorageException {
        return accept(account, submission, QUOTA);
    }

    private Acceptance accept(String account, Submission submission, Quota quota) throws StorageException {
        return store.accept(new NewJob("job" + ids++, account, submission, START), quota, 1000, audit());
    }

    private Job accepted(String account, Submission submission) throws StorageException {
        Acceptance acceptance = accept(account, submission);
        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        return ((Acceptance.Accepted) acceptance).job().job();
    }

    private Job accepted() throws StorageException {
        return accepted("alice", submission(Optional.empty(), Optional.empty(), false));
    }

    private String input(String account, boolean secret) throws StorageException {
        String id = "input" + ids++;
        InputRow row = new InputRow(new StoredInput(id, 10, secret, START), account, "blob-" + id, false);
        assertThat(store.addInput(row, 1 << 20, audit())).isTrue();
        return id;
    }

    private static JobEnd completed(String receipt) {
        Job.Result result = new Job.Result(
                "00",
                1,
                new byte[] {1, 2},
                2,
                50,
                2,
                OptionalLong.of(100),
                OptionalInt.of(128),
                1 << 20,
                List.of("128 bits", "in full"));
        return new JobEnd(
                JobState.COMPLETED,
                START.plusSeconds(5),
                9,
                Optional.of(result),
                Optional.empty(),
                Optional.of(receipt),
                Optional.empty(),
                0,
                7.5);
    }

    private static JobEnd cancelled() {
        return JobEnd.of(JobState.CANCELLED, START, 3);
    }

    @Test
    void aJobComesBackAsItWasSubmittedAndAsItEnded() throws StorageException {
        Submission submission = submission(Optional.of(input("alice", false)), Optional.of("key"), false);
        Job job = accepted("alice", submission);
        assertThat(job.submission()).isEqualTo(submission);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(store.unfinished()).extracting(row -> row.job().id()).containsExactly(job.id());
        assertThat(store.begin(job.id(), START.plusSeconds(1), 2)).isTrue();
        JobRow.Planned plan = new JobRow.Planned(50, 2, 1 << 14, 1 << 30, 2.5);
        assertThat(store.planned(job.id(), plan, START, 1000)).isTrue();
        store.advanced(job.id(), 1, 25, 3.5);
        JobRow running = store.job(job.id()).orElseThrow();
        assertThat(running.planned()).contains(plan);
        assertThat(running.job().progress().orElseThrow().segmentsDone()).isEqualTo(1);
        assertThat(running.job().started()).contains(START.plusSeconds(1));
        assertThat(store.finish(job.id(), completed("blob-r"), Optional.empty()))
                .isTrue();
        JobRow row = store.job(job.id()).orElseThrow();
        assertThat(row.receiptBlob()).contains("blob-r");
        assertThat(row.job().version()).isEqualTo(9);
        assertThat(row.job().progress().orElseThrow().kHz()).isEqualTo(7.5);
        assertThat(row.job().result().orElseThrow().journal()).containsExactly(1, 2);
        assertThat(row.job().result().orElseThrow().journalBytes()).isEqualTo(2);
        assertThat(row.job().result().orElseThrow().provableBits()).hasValue(128);
        assertThat(row.job().result().orElseThrow().security()).containsExactly("128 bits", "in full");
        assertThat(store.unfinished()).isEmpty();
        Failure failure = Failure.doesNotFit("why");
        Job other = accepted();
        store.finish(other.id(), JobEnd.failed(failure, START, 2, 0), Optional.empty());
        assertThat(store.job(other.id()).orElseThrow().job().failure()).contains(failure);
    }

    @Test
    void aJobEndsOnceAndGoesForwardOnly() throws Exception {
        Job job = accepted();
        assertThat(store.begin(job.id(), START, 2)).isTrue();
        assertThat(store.finish(job.id(), cancelled(), Optional.empty())).isTrue();
        assertThat(store.finish(job.id(), completed("late"), Optional.empty())).isFalse();
        assertThat(store.begin(job.id(), START, 4)).isFalse();
        assertThat(store.beginExecution(job.id())).isFalse();
        assertThat(store.requestStop(job.id(), audit())).isFalse();
        assertThat(store.job(job.id()).orElseThrow().job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(store.job(job.id()).orElseThrow().receiptBlob()).isEmpty();
        refused("UPDATE jobs SET state = 'QUEUED'", "forward only");
        Job running = accepted();
        store.begin(running.id(), START, 2);
        refused("UPDATE jobs SET state = 'QUEUED' WHERE id = '" + running.id() + "'", "forward only");
    }

    private void refused(String sql, String why) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate(sql))
                    .withMessageContaining(why);
        }
    }

    @Test
    void theAuditLogOnlyGrows() throws Exception {
        store.audit(audit());
        refused("UPDATE audit SET account = 'mallory'", "only grows");
        refused("DELETE FROM audit", "only grows");
        refused(
                "REPLACE INTO audit (seq, at, account, key_id, action, subject) VALUES (1, 0, '', '', '', '')",
                "only grows");
        assertThat(store.auditLog(AuditFilter.ALL, 100, Optional.empty()).items())
                .contains(audit());
    }

    @Test
    void theSameKeyGivesTheSameJobHoweverManyAskAtOnce() throws Exception {
        Submission same = submission(Optional.empty(), Optional.of("once"), false);
        List<Callable<Acceptance>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String id = "racer" + i;
            calls.add(() -> store.accept(new NewJob(id, "alice", same, START), QUOTA, 1000, audit()));
        }
        List<String> jobs = new ArrayList<>();
        int fresh = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Acceptance> future : threads.invokeAll(calls)) {
                switch (future.get()) {
                    case Acceptance.Accepted(JobRow row) -> {
                        fresh++;
                        jobs.add(row.job().id());
                    }
                    case Acceptance.Repeated(JobRow row) -> jobs.add(row.job().id());
                    default -> throw new AssertionError();
                }
            }
        }
        assertThat(fresh).isEqualTo(1);
        assertThat(jobs).hasSize(24).containsOnly(jobs.getFirst());
        assertThat(store.unfinished()).hasSize(1);
        assertThat(accept("alice", submission(Optional.empty(), Optional.of("once"), true)))
                .isEqualTo(new Acceptance.Conflict());
        assertThat(accept("bob", same)).as("another account's").isInstanceOf(Acceptance.Accepted.class);
    }

    @Test
    void quotasAreAccounted() throws StorageException {
        for (int i = 0; i < 3; i++) accepted();
        assertThat(accept("alice", submission(Optional.empty(), Optional.empty(), false)))
                .isEqualTo(new Acceptance.TooManyJobs(3));
        Job bobs = accepted("bob", submission(Optional.empty(), Optional.empty(), false));
        JobRow.Planned plan = new JobRow.Planned(600, 1, 1 << 14, 1, 1);
        assertThat(store.planned(bobs.id(), plan, START, 1000)).isTrue();
        assertThat(store.planned(bobs.id(), plan, START, 1000))
                .as("1200 of 1000")
                .isFalse();
        assertThat(store.planned(bobs.id(), plan, START.plus(Duration.ofDays(1)), 1000))
                .isTrue();
        store.finish(
                bobs.id(),
                JobEnd.failed(new Failure(Failure.Kind.EXECUTION, false, ""), START, 2, 400),
                Optional.empty());
        assertThat(accept("bob", submission(Optional.empty(), Optional.empty(), false)))
                .isEqualTo(new Acceptance.TooManyCycles(1000));
        InputRow big = new InputRow(new StoredInput("big", 1 << 20, false, START), "carol", "b", false);
        assertThat(store.addInput(big, 1 << 20, audit())).isTrue();
        assertThat(store.addInput(
                        new InputRow(new StoredInput("more", 1, false, START), "carol", "c", false), 1 << 20, audit()))
                .isFalse();
        assertThat(accept("carol", submission(Optional.empty(), Optional.empty(), false)))
                .isEqualTo(new Acceptance.TooManyBytes(1 << 20));
        assertThat(store.accept(
                        new NewJob("x", "dave", submission(Optional.empty(), Optional.empty(), false), START),
                        QUOTA,
                        3,
                        audit()))
                .isEqualTo(new Acceptance.Overloaded(3));
    }

    @Test
    void anInputGoesWhenTheLastJobThatReadsItEnds() throws StorageException {
        String input = input("alice", true);
        Job first = accepted("alice", submission(Optional.of(input), Optional.empty(), true));
        Job second = accepted("alice", submission(Optional.of(input), Optional.empty(), false));
        assertThat(first.secret()).isTrue();
        store.finish(first.id(), cancelled(), Optional.empty());
        assertThat(store.input(input).orElseThrow().deleted()).isFalse();
        assertThat(store.blobs()).contains("blob-" + input);
        store.finish(second.id(), cancelled(), Optional.empty());
        assertThat(store.input(input).orElseThrow().deleted()).isTrue();
        assertThat(store.blobs()).doesNotContain("blob-" + input).contains("blob-p");
        assertThat(accept("alice", submission(Optional.of(input), Optional.empty(), false)))
                .isEqualTo(new Acceptance.InputDeleted());
        assertThat(accept("bob", submission(Optional.of(input("alice", false)), Optional.empty(), false)))
                .as("another account's")
                .isEqualTo(new Acceptance.NoInput());
    }

    @Test
    void retentionLetsGoOfWhatIsOldAndNotNeeded() throws StorageException {
        Retention retention = new Retention(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3));
        String idle = input("alice", false);
        String needed = input("alice", false);
        Job waiting = accepted("alice", submission(Optional.of(needed), Optional.empty(), false));
        Job done = accepted();
        store.finish(done.id(), completed("blob-r"), Optional.empty());
        store.expire(retention, START.plus(Duration.ofHours(25)));
        assertThat(store.blobs()).contains("blob-" + needed, "blob-r").doesNotContain("blob-" + idle);
        store.expire(retention, START.plus(Duration.ofHours(49)));
        assertThat(store.blobs()).contains("blob-" + needed).doesNotContain("blob-r");
        assertThat(store.job(done.id()).orElseThrow().receiptBlob()).isEmpty();
        store.expire(retention, START.plus(Duration.ofHours(73)));
        assertThat(store.job(done.id())).isEmpty();
        assertThat(store.job(waiting.id())).isPresent();
        assertThat(store.input(idle)).isEmpty();
    }

    @Test
    void whatTheProcessDiedWithIsStruck() throws StorageException {
        Job held = accepted();
        Job idle = accepted();
        Job released = accepted();
        store.begin(held.id(), START, 2);
        store.begin(released.id(), START, 2);
        store.release(released.id());
        store.strike();
        store.strike();
        assertThat(store.job(held.id()).orElseThrow().strikes()).isEqualTo(1);
        assertThat(store.job(idle.id()).orElseThrow().strikes()).isZero();
        assertThat(store.job(released.id()).orElseThrow().strikes()).isZero();
        assertThat(store.job(idle.id()).orElseThrow().job().version())
                .as("above all that two processes gave out")
                .isEqualTo(2L << 32);
        store.begin(held.id(), START, (2L << 32) + 1);
        store.advanced(held.id(), 1, 1, 1);
        assertThat(store.job(held.id()).orElseThrow().strikes()).as("it got on").isZero();
        assertThat(store.job(held.id()).orElseThrow().job().attempts()).isEqualTo(2);
    }

    @Test
    void pagesHoldEverythingOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Acceptance accepted = accept(
                    i % 2 == 0 ? "alice" : "bob",
                    submission(Optional.empty(), Optional.empty(), false),
                    new Quota(100, 1000, 1000));
            all.addFirst(((Acceptance.Accepted) accepted).job().job().id());
        }
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        JobFilter everything = new JobFilter(Set.of(), Optional.empty(), Optional.empty());
        do {
            Page<JobRow> page = store.jobs(everything, 3, token);
            page.items().forEach(row -> seen.add(row.job().id()));
            token = page.nextToken();
        } while (token.isPresent());
        assertThat(seen).isEqualTo(all);
        store.finish(all.getFirst(), cancelled(), Optional.empty());
        JobFilter some = new JobFilter(Set.of(JobState.QUEUED), Optional.of(PROGRAM), Optional.of("alice"));
        assertThat(store.jobs(some, 10, Optional.empty()).items()).hasSize(3);
        for (String forged : new String[] {"", "!", "AAAA", "AAAAAAAAAAA", "_________4A"}) {
            assertThatExceptionOfType(BadTokenException.class)
                    .as(forged)
                    .isThrownBy(() -> store.jobs(everything, 3, Optional.of(forged)));
        }
    }

    @Test
    void anEmptyFileIsMigratedAndANewerOneRefused() throws Exception {
        Path empty = Files.createFile(root.resolve("empty.db"));
        new SqliteStore(empty, Duration.ofSeconds(1)).close();
        try (SqliteStore again = new SqliteStore(empty, Duration.ofSeconds(1))) {
            assertThat(again.unfinished()).isEmpty();
            assertThat(again.keys()).isEmpty();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + empty);
                Statement statement = connection.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT count(*) FROM flyway_schema_history WHERE success")
                            .getInt(1))
                    .isEqualTo(2);
            statement.executeUpdate("PRAGMA user_version = 99");
        }
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new SqliteStore(empty, Duration.ofSeconds(1)))
                .withMessageContaining("newer");
        Path other = Files.writeString(root.resolve("text.db"), "this is not a database".repeat(100));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new SqliteStore(other, Duration.ofSeconds(1)))
                .matches(e -> e.kind() == Kind.DAMAGED);
    }

    /** The database of the version before, with a job in it. */
    @Test
    void anOlderDatabaseIsBroughtUpToDate() throws Exception {
        Path old = root.resolve("old.db");
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + old);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/aver/server/store")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO jobs (id, account, kind, program, suite, security_bits, bind_input,"
                    + " priority, accept_not_hiding, delete_when_done, label, secret, digest, state, version, created,"
                    + " finished, image_id, exit_code, journal, cycles, segments, peak_rss) VALUES ('old', 'alice',"
                    + " 'EXECUTE', 'p', 'poseidon2', 128, 0, 5, 0, 0, '', 0, x'00', 'COMPLETED', 1, 0, 1, '00', 0,"
                    + " x'0102', 7, 0, 0)");
        }
        try (SqliteStore upToDate = new SqliteStore(old, Duration.ofSeconds(1))) {
            Job job = upToDate.job("old").orElseThrow().job();
            assertThat(job.result().orElseThrow().journal()).containsExactly(1, 2);
            assertThat(job.result().orElseThrow().security()).isEmpty();
        }
    }

    /** A page of jobs with long journals would not fit memory. */
    @Test
    void listsLeaveJournalsAndReportsOut() throws Exception {
        Job job = accepted();
        store.finish(job.id(), completed("r"), Optional.empty());
        JobFilter all = new JobFilter(Set.of(), Optional.empty(), Optional.empty());
        Job.Result listed = store.jobs(all, 10, Optional.empty())
                .items()
                .getFirst()
                .job()
                .result()
                .orElseThrow();
        assertThat(listed.journal()).isEmpty();
        assertThat(listed.journalBytes()).isEqualTo(2);
        assertThat(listed.security()).isEmpty();
    }

    @Test
    void theAuditLogIsToldByAccountAndTime() throws Exception {
        for (int i = 0; i < 6; i++) {
            store.audit(new AuditEntry(
                    START.plusSeconds(i), i % 2 == 0 ? "alice" : "bob", "k", AuditEntry.Action.CANCEL, "s" + i));
        }
        AuditFilter some = new AuditFilter(
                Optional.of("alice"), Optional.of(START.plusSeconds(2)), Optional.of(START.plusSeconds(4)));
        assertThat(store.auditLog(some, 10, Optional.empty()).items())
                .extracting(AuditEntry::subject)
                .containsExactly("s2");
        AuditFilter bobs = new AuditFilter(Optional.of("bob"), Optional.empty(), Optional.empty());
        Page<AuditEntry> page = store.auditLog(bobs, 2, Optional.empty());
        assertThat(page.items()).extracting(AuditEntry::subject).containsExactly("s5", "s3");
        assertThat(store.auditLog(bobs, 2, page.nextToken()).items())
                .extracting(AuditEntry::subject)
                .containsExactly("s1");
        assertThatExceptionOfType(BadTokenException.class)
                .isThrownBy(() -> store.auditLog(bobs, 2, Optional.of("../x")));
    }

    @Test
    void aDatabaseThatAnotherHoldsIsBusyAndChangesNothing() throws Exception {
        Job job = accepted();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> store.finish(job.id(), cancelled(), Optional.empty()))
                    .matches(e -> e.kind() == Kind.BUSY);
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.probe());
            assertThat(store.job(job.id()).orElseThrow().job().state())
                    .as("reading goes on")
                    .isEqualTo(JobState.QUEUED);
            statement.executeUpdate("ROLLBACK");
        }
        store.probe();
        assertThat(store.finish(job.id(), cancelled(), Optional.empty())).isTrue();
    }

    @Test
    void afterItIsClosedItSaysSo() {
        store.close();
        store.close();
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.unfinished());
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.strike());
    }

    @Test
    void aBackupIsAStore() throws StorageException {
        Job job = accepted();
        Path copy = root.resolve("copy.db");
        store.backup(copy);
        Job later = accepted();
        try (SqliteStore restored = new SqliteStore(copy, Duration.ofSeconds(1))) {
            assertThat(restored.job(job.id())).isPresent();
            assertThat(restored.job(later.id())).isEmpty();
            assertThat(restored.finish(job.id(), cancelled(), Optional.empty())).isTrue();
        }
    }
}
