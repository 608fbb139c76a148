package dev.aver.server.store;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobState;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The longer transactions on jobs: accepting, ending and letting go. */
final class JobWrites {
    private static final String UNFINISHED = "state IN ('QUEUED', 'RUNNING')";
    private static final String IDLE =
            "NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.input = inputs.id AND jobs." + UNFINISHED + ")";

    private JobWrites() {}

    static Optional<JobRow> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, Jobs::read, Jobs.WHOLE + " WHERE id = ?", id);
    }

    static Optional<InputRow> findInput(Connection connection, String id) throws SQLException {
        return Sql.first(
                connection,
                row -> new InputRow(
                        new StoredInput(
                                row.getString("id"),
                                row.getLong("bytes"),
                                row.getBoolean("secret"),
                                Sql.instant(row, "uploaded")),
                        row.getString("account"),
                        row.getString("blob"),
                        row.getBoolean("deleted")),
                "SELECT * FROM inputs WHERE id = ?",
                id);
    }

    static long storedBytes(Connection connection, String account) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT coalesce(sum(bytes), 0) FROM inputs WHERE account = ? AND deleted = 0",
                        account)
                + Sql.number(
                        connection,
                        "SELECT coalesce(sum(receipt_bytes), 0) FROM jobs WHERE account = ?"
                                + " AND receipt_blob IS NOT NULL",
                        account);
    }

    /** A repetition is answered whatever the quota says: it takes nothing. */
    static Acceptance accept(Connection connection, NewJob job, Quota quota, int mostJobs, AuditEntry audit)
            throws SQLException {
        Submission submission = job.submission();
        byte[] digest = Jobs.digest(submission);
        Optional<Acceptance> earlier = earlier(connection, job, digest);
        if (earlier.isPresent()) return earlier.get();
        long programs = Sql.number(connection, "SELECT count(*) FROM programs WHERE id = ?", submission.program());
        if (programs == 0) return new Acceptance.NoProgram();
        boolean secret = false;
        if (submission.input().isPresent()) {
            Optional<InputRow> input = findInput(connection, submission.input().get())
                    .filter(row -> row.account().equals(job.account()));
            if (input.isEmpty()) return new Acceptance.NoInput();
            if (input.get().deleted()) return new Acceptance.InputDeleted();
            secret = input.get().input().secret();
        }
        if (secret && !submission.acceptNotHiding()) return new Acceptance.NotHiding();
        Optional<Acceptance> over = over(connection, job, quota, mostJobs);
        if (over.isPresent()) return over.get();
        insert(connection, job, digest, secret);
        Audit.add(connection, audit);
        return new Acceptance.Accepted(find(connection, job.id()).orElseThrow());
    }

    /** What a submission with the same idempotency key came to. */
    static Optional<Acceptance> earlier(Connection connection, NewJob job, byte[] digest) throws SQLException {
        if (job.submission().idempotencyKey().isEmpty()) return Optional.empty();
        return Sql.first(
                connection,
                row -> MessageDigest.isEqual(row.getBytes("digest"), digest)
                        ? new Acceptance.Repeated(Jobs.read(row))
                        : new Acceptance.Conflict(),
                Jobs.WHOLE + " WHERE account = ? AND idempotency_key = ?",
                job.account(),
                job.submission().idempotencyKey());
    }

    private static Optional<Acceptance> over(Connection connection, NewJob job, Quota quota, int mostJobs)
            throws SQLException {
        long all = Sql.number(connection, "SELECT count(*) FROM jobs WHERE " + UNFINISHED);
        if (all >= mostJobs) return Optional.of(new Acceptance.Overloaded((int) all));
        long unfinished =
                Sql.number(connection, "SELECT count(*) FROM jobs WHERE account = ? AND " + UNFINISHED, job.account());
        if (unfinished >= quota.unfinishedJobs()) return Optional.of(new Acceptance.TooManyJobs((int) unfinished));
        long cycles = SqliteStore.usedCycles(connection, job.account(), job.created());
        if (cycles >= quota.cyclesADay()) return Optional.of(new Acceptance.TooManyCycles(cycles));
        long bytes = storedBytes(connection, job.account());
        if (bytes >= quota.storedBytes()) return Optional.of(new Acceptance.TooManyBytes(bytes));
        return Optional.empty();
    }

    private static void insert(Connection connection, NewJob job, byte[] digest, boolean secret) throws SQLException {
        Submission submission = job.submission();
        Sql.update(
                connection,
                "INSERT INTO jobs (id, account, kind, program, input, suite, security_bits, bind_input, max_cycles,"
                        + " priority, deadline, accept_not_hiding, delete_when_done, idempotency_key, label, secret,"
                        + " digest, state, version, created)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                job.id(),
                job.account(),
                submission.kind(),
                submission.program(),
                submission.input(),
                submission.suite(),
                submission.securityBits(),
                submission.bindInput(),
                submission.maxCycles(),
                submission.priority(),
                submission.deadline(),
                submission.acceptNotHiding(),
                submission.deleteWhenDone(),
                submission.idempotencyKey(),
                submission.label(),
                secret,
                digest,
                JobState.QUEUED,
                job.created());
    }

    static boolean finish(Connection connection, String id, JobEnd end, Optional<AuditEntry> audit)
            throws SQLException {
        Optional<Job.Result> result = end.result();
        Optional<Failure> failure = end.failure();
        int changed = Sql.update(
                connection,
                "UPDATE jobs SET busy = 0, state = ?, finished = ?, version = ?, khz = ?, image_id = ?, exit_code = ?,"
                        + " journal = ?, cycles = ?, segments = ?, receipt_bytes = ?, provable_bits = ?, peak_rss = ?,"
                        + " receipt_blob = ?, profile_blob = ?, failure_kind = ?, failure_retryable = ?,"
                        + " failure_message = ?, failure_code = ?, security = ? WHERE id = ? AND " + UNFINISHED,
                end.state(),
                end.at(),
                end.version(),
                end.kHz(),
                result.map(Job.Result::imageId),
                result.map(Job.Result::exitCode),
                result.map(Job.Result::journal),
                result.map(Job.Result::cycles),
                result.map(Job.Result::segments),
                result.map(Job.Result::receiptBytes).orElse(OptionalLong.empty()),
                result.map(Job.Result::provableBits).orElse(OptionalInt.empty()),
                result.map(Job.Result::peakRssBytes),
                end.receiptBlob(),
                end.profileBlob(),
                failure.map(Failure::kind),
                failure.map(Failure::retryable),
                failure.map(Failure::message),
                failure.flatMap(Failure::code),
                result.map(Job.Result::security)
                        .filter(lines -> !lines.isEmpty())
                        .map(lines -> String.join("\n", lines)),
                id);
        if (changed == 0) return false;
        JobRow job = find(connection, id).orElseThrow();
        SqliteStore.count(connection, job.job().account(), end.at(), end.cycles());
        if (job.job().submission().input().isPresent()) {
            String input = job.job().submission().input().get();
            if (job.job().submission().deleteWhenDone()) {
                Sql.update(connection, "UPDATE inputs SET unwanted = 1 WHERE id = ?", input);
            }
            Sql.update(
                    connection,
                    "UPDATE inputs SET deleted = 1 WHERE id = ? AND unwanted = 1 AND deleted = 0 AND " + IDLE,
                    input);
        }
        if (audit.isPresent()) Audit.add(connection, audit.get());
        return true;
    }

    static int expire(Connection connection, Retention retention, Instant now) throws SQLException {
        Instant receipts = now.minus(retention.receipts());
        Instant jobs = now.minus(retention.jobs());
        int changed = Sql.update(
                connection,
                "UPDATE jobs SET receipt_blob = NULL, profile_blob = NULL WHERE finished < ?"
                        + " AND (receipt_blob IS NOT NULL OR profile_blob IS NOT NULL)",
                receipts);
        changed += Sql.update(connection, "DELETE FROM jobs WHERE finished < ?", jobs);
        changed += Sql.update(
                connection,
                "UPDATE inputs SET deleted = 1 WHERE deleted = 0 AND (unwanted = 1 OR uploaded < ?) AND " + IDLE,
                now.minus(retention.inputs()));
        changed += Sql.update(
                connection,
                "DELETE FROM inputs WHERE deleted = 1 AND uploaded < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.input = inputs.id AND jobs." + UNFINISHED
                        + ")",
                jobs);
        return changed;
    }
}
