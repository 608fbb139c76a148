package dev.aver.server.store;

import static dev.aver.server.store.Sql.instant;
import static dev.aver.server.store.Sql.maybeInstant;
import static dev.aver.server.store.Sql.text;

import dev.aver.circuits.hash.Sha256;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Progress;
import dev.aver.server.service.Submission;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Jobs as rows. */
final class Jobs {
    /** What a job is, but for what can be long. */
    private static final String SHORT = "seq, id, account, kind, program, input, suite, security_bits, bind_input,"
            + " max_cycles, priority, deadline, accept_not_hiding, delete_when_done, idempotency_key, label, secret,"
            + " digest, state, version, created, started, finished, attempts, strikes, stop_requested, plan_cycles,"
            + " plan_segments, plan_segment_cycles, plan_bytes, plan_seconds, segments_done, cycles_done, khz, image_id,"
            + " exit_code, coalesce(length(journal), 0) AS journal_bytes, cycles, segments, receipt_bytes,"
            + " provable_bits, peak_rss, receipt_blob, profile_blob, failure_kind, failure_retryable, failure_message,"
            + " failure_code";

    /** Whole jobs. */
    static final String WHOLE = "SELECT " + SHORT + ", journal, security FROM jobs";

    /** Jobs without journals, of which a page could hold gigabytes, and without security reports. */
    static final String BRIEF = "SELECT " + SHORT + ", zeroblob(0) AS journal, NULL AS security FROM jobs";

    private Jobs() {}

    /** Tells submissions apart: two with the same digest ask for the same. */
    static byte[] digest(Submission submission) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(submission.kind().name());
            out.writeUTF(submission.program());
            out.writeUTF(submission.input().orElse(""));
            out.writeUTF(submission.suite());
            out.writeInt(submission.securityBits());
            out.writeBoolean(submission.bindInput());
            out.writeLong(submission.maxCycles().orElse(-1));
            out.writeInt(submission.priority());
            out.writeLong(submission.deadline().map(Instant::toEpochMilli).orElse(-1L));
            out.writeBoolean(submission.acceptNotHiding());
            out.writeBoolean(submission.deleteWhenDone());
            out.writeUTF(submission.label());
            return Sha256.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
    }

    static JobRow read(ResultSet row) throws SQLException {
        Optional<JobRow.Planned> planned = planned(row);
        JobState state = JobState.valueOf(row.getString("state"));
        Job job = new Job(
                row.getString("id"),
                row.getString("account"),
                submission(row),
                row.getBoolean("secret"),
                state,
                row.getLong("version"),
                instant(row, "created"),
                maybeInstant(row, "started"),
                maybeInstant(row, "finished"),
                row.getInt("attempts"),
                planned.isPresent() ? Optional.of(progress(row, planned.get(), state)) : Optional.empty(),
                state == JobState.COMPLETED ? Optional.of(result(row)) : Optional.empty(),
                state == JobState.FAILED ? Optional.of(failure(row)) : Optional.empty());
        return new JobRow(
                job,
                row.getLong("seq"),
                planned,
                row.getInt("strikes"),
                row.getBoolean("stop_requested"),
                text(row, "receipt_blob"),
                text(row, "profile_blob"));
    }

    private static Submission submission(ResultSet row) throws SQLException {
        return new Submission(
                JobKind.valueOf(row.getString("kind")),
                row.getString("program"),
                text(row, "input"),
                row.getString("suite"),
                row.getInt("security_bits"),
                row.getBoolean("bind_input"),
                Sql.number(row, "max_cycles"),
                row.getInt("priority"),
                maybeInstant(row, "deadline"),
                row.getBoolean("accept_not_hiding"),
                row.getBoolean("delete_when_done"),
                text(row, "idempotency_key"),
                row.getString("label"));
    }

    private static Optional<JobRow.Planned> planned(ResultSet row) throws SQLException {
        OptionalLong bytes = Sql.number(row, "plan_bytes");
        if (bytes.isEmpty()) return Optional.empty();
        return Optional.of(new JobRow.Planned(
                row.getLong("plan_cycles"),
                row.getInt("plan_segments"),
                row.getInt("plan_segment_cycles"),
                bytes.getAsLong(),
                row.getDouble("plan_seconds")));
    }

    private static Progress progress(ResultSet row, JobRow.Planned planned, JobState state) throws SQLException {
        boolean completed = state == JobState.COMPLETED;
        Optional<Instant> at = maybeInstant(row, "finished");
        if (at.isEmpty()) at = maybeInstant(row, "started");
        return new Progress(
                Optional.empty(),
                completed ? planned.segments() : row.getInt("segments_done"),
                OptionalInt.of(planned.segments()),
                completed ? planned.cycles() : row.getLong("cycles_done"),
                planned.cycles(),
                row.getDouble("khz"),
                OptionalDouble.empty(),
                planned.bytes(),
                0,
                at.isPresent() ? at.get() : instant(row, "created"));
    }

    private static Job.Result result(ResultSet row) throws SQLException {
        OptionalLong bits = Sql.number(row, "provable_bits");
        byte[] journal = row.getBytes("journal");
        return new Job.Result(
                row.getString("image_id"),
                row.getInt("exit_code"),
                journal == null ? new byte[0] : journal,
                row.getLong("journal_bytes"),
                row.getLong("cycles"),
                row.getInt("segments"),
                Sql.number(row, "receipt_bytes"),
                bits.isPresent() ? OptionalInt.of((int) bits.getAsLong()) : OptionalInt.empty(),
                row.getLong("peak_rss"),
                text(row, "security").map(lines -> lines.lines().toList()).orElse(List.of()));
    }

    private static Failure failure(ResultSet row) throws SQLException {
        return new Failure(
                Failure.Kind.valueOf(row.getString("failure_kind")),
                row.getBoolean("failure_retryable"),
                row.getString("failure_message"),
                text(row, "failure_code").map(ErrorCode::valueOf));
    }
}
