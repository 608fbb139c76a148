package dev.aver.server.gateway.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.aver.proto.v1.Input;
import dev.aver.proto.v1.JobFailure;
import dev.aver.proto.v1.JobResult;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.Program;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Progress;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.service.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The service's values as the contract's messages, and back. */
final class Values {
    /** Longer journals are left out: the receipt has them. */
    static final int LONGEST_JOURNAL = 1 << 20;

    private static final int BITS = 128;
    private static final int LEAST_BITS = 100;
    private static final int PRIORITY = 5;
    private static final int LAST_PRIORITY = 9;
    /** The last second that a protobuf timestamp may have. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private Values() {}

    static Program program(RegisteredProgram program) {
        return Program.newBuilder()
                .setId(program.id())
                .setImageId(program.imageId())
                .setName(program.name())
                .setSizeBytes(program.bytes())
                .setRegisteredAt(timestamp(program.registered()))
                .build();
    }

    static Input input(StoredInput input) {
        return Input.newBuilder()
                .setId(input.id())
                .setSizeBytes(input.bytes())
                .setPrivateInput(input.secret())
                .setUploadedAt(timestamp(input.uploaded()))
                .build();
    }

    static Submission submission(JobSpec spec, String idempotencyKey) throws ServiceException {
        return new Submission(
                kind(spec.getKind()),
                Arguments.program(spec.getProgramId()),
                Arguments.input(spec.getInputId()),
                switch (spec.getHashSuite()) {
                    case HASH_SUITE_UNSPECIFIED, HASH_SUITE_POSEIDON2 -> "poseidon2";
                    case HASH_SUITE_BLAKE3 -> "blake3";
                    case UNRECOGNIZED -> throw Arguments.invalid("hashSuite", "one that this server knows");
                },
                spec.getSecurityBits() == 0
                        ? BITS
                        : Arguments.range(spec.getSecurityBits(), LEAST_BITS, BITS, "securityBits"),
                spec.getBindInput(),
                maxCycles(spec.getMaxCycles()),
                spec.hasPriority() ? Arguments.range(spec.getPriority(), 0, LAST_PRIORITY, "priority") : PRIORITY,
                spec.hasDeadline() ? Optional.of(instant(spec.getDeadline(), "deadline")) : Optional.empty(),
                spec.getAcceptNotHiding(),
                spec.getDeleteWhenDone(),
                Arguments.idempotencyKey(idempotencyKey),
                Arguments.label(spec.getLabel(), "label"));
    }

    private static OptionalLong maxCycles(long cycles) throws ServiceException {
        if (cycles < 0) {
            throw Arguments.invalid("maxCycles", "below 2^63");
        }
        return cycles == 0 ? OptionalLong.empty() : OptionalLong.of(cycles);
    }

    private static JobKind kind(dev.aver.proto.v1.JobKind kind) throws ServiceException {
        return switch (kind) {
            case JOB_KIND_UNSPECIFIED, JOB_KIND_PROVE -> JobKind.PROVE;
            case JOB_KIND_EXECUTE -> JobKind.EXECUTE;
            case JOB_KIND_WRAP -> JobKind.WRAP;
            case JOB_KIND_AGGREGATE -> JobKind.AGGREGATE;
            case UNRECOGNIZED -> throw Arguments.invalid("kind", "one that this server knows");
        };
    }

    private static dev.aver.proto.v1.JobKind kind(JobKind kind) {
        return switch (kind) {
            case EXECUTE -> dev.aver.proto.v1.JobKind.JOB_KIND_EXECUTE;
            case PROVE -> dev.aver.proto.v1.JobKind.JOB_KIND_PROVE;
            case WRAP -> dev.aver.proto.v1.JobKind.JOB_KIND_WRAP;
            case AGGREGATE -> dev.aver.proto.v1.JobKind.JOB_KIND_AGGREGATE;
        };
    }

    static JobState state(dev.aver.proto.v1.JobState state) throws ServiceException {
        return switch (state) {
            case JOB_STATE_QUEUED -> JobState.QUEUED;
            case JOB_STATE_RUNNING -> JobState.RUNNING;
            case JOB_STATE_COMPLETED -> JobState.COMPLETED;
            case JOB_STATE_FAILED -> JobState.FAILED;
            case JOB_STATE_CANCELLED -> JobState.CANCELLED;
            case JOB_STATE_EXPIRED -> JobState.EXPIRED;
            case JOB_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw Arguments.invalid("states", "states that this server knows");
        };
    }

    private static dev.aver.proto.v1.JobState state(JobState state) {
        return switch (state) {
            case QUEUED -> dev.aver.proto.v1.JobState.JOB_STATE_QUEUED;
            case RUNNING -> dev.aver.proto.v1.JobState.JOB_STATE_RUNNING;
            case COMPLETED -> dev.aver.proto.v1.JobState.JOB_STATE_COMPLETED;
            case FAILED -> dev.aver.proto.v1.JobState.JOB_STATE_FAILED;
            case CANCELLED -> dev.aver.proto.v1.JobState.JOB_STATE_CANCELLED;
            case EXPIRED -> dev.aver.proto.v1.JobState.JOB_STATE_EXPIRED;
        };
    }

    /** A job with its security report, and with its journal, unless that is long. */
    static dev.aver.proto.v1.Job whole(Job job) {
        return job(job, LONGEST_JOURNAL, true);
    }

    /** A job without journal and security report. */
    static dev.aver.proto.v1.Job brief(Job job) {
        return job(job, 0, false);
    }

    private static dev.aver.proto.v1.Job job(Job job, int longestJournal, boolean report) {
        dev.aver.proto.v1.Job.Builder message = dev.aver.proto.v1.Job.newBuilder()
                .setId(job.id())
                .setAccount(job.account())
                .setSpec(spec(job.submission()))
                .setPrivateInput(job.secret())
                .setState(state(job.state()))
                .setVersion(job.version())
                .setCreatedAt(timestamp(job.created()))
                .setAttempts(job.attempts());
        job.started().ifPresent(started -> message.setStartedAt(timestamp(started)));
        job.finished().ifPresent(finished -> message.setFinishedAt(timestamp(finished)));
        job.progress().ifPresent(progress -> message.setProgress(progress(progress)));
        job.result().ifPresent(result -> message.setResult(result(result, longestJournal, report)));
        job.failure().ifPresent(failure -> message.setFailure(failure(failure)));
        return message.build();
    }

    private static JobSpec spec(Submission submission) {
        JobSpec.Builder spec = JobSpec.newBuilder()
                .setKind(kind(submission.kind()))
                .setProgramId(submission.program())
                .setHashSuite(
                        submission.suite().equals("blake3")
                                ? dev.aver.proto.v1.HashSuite.HASH_SUITE_BLAKE3
                                : dev.aver.proto.v1.HashSuite.HASH_SUITE_POSEIDON2)
                .setSecurityBits(submission.securityBits())
                .setBindInput(submission.bindInput())
                .setPriority(submission.priority())
                .setAcceptNotHiding(submission.acceptNotHiding())
                .setDeleteWhenDone(submission.deleteWhenDone())
                .setLabel(submission.label());
        submission.input().ifPresent(spec::setInputId);
        submission.maxCycles().ifPresent(spec::setMaxCycles);
        submission.deadline().ifPresent(deadline -> spec.setDeadline(timestamp(deadline)));
        return spec.build();
    }

    private static dev.aver.proto.v1.Progress progress(Progress progress) {
        dev.aver.proto.v1.Progress.Builder message = dev.aver.proto.v1.Progress.newBuilder()
                .setPhase(progress.phase().orElse(""))
                .setSegmentsDone(progress.segmentsDone())
                .setCyclesDone(progress.cyclesDone())
                .setCycles(progress.cycles())
                .setKhz(progress.kHz())
                .setMemoryPredictedBytes(progress.memoryPredicted())
                .setMemoryResidentBytes(progress.memoryResident())
                .setAt(timestamp(progress.at()));
        progress.segments().ifPresent(message::setSegments);
        progress.secondsLeft().ifPresent(message::setSecondsLeft);
        return message.build();
    }

    private static JobResult result(Job.Result result, int longestJournal, boolean report) {
        JobResult.Builder message = JobResult.newBuilder()
                .setImageId(result.imageId())
                .setExitCode(result.exitCode())
                .setJournal(journal(result.journal(), longestJournal))
                .setJournalBytes(result.journalBytes())
                .setCycles(result.cycles())
                .setSegments(result.segments())
                .setPeakRssBytes(result.peakRssBytes());
        if (report) message.addAllSecurity(result.security());
        result.receiptBytes().ifPresent(message::setReceiptBytes);
        result.provableBits().ifPresent(message::setProvableBits);
        return message.build();
    }

    private static JobFailure failure(Failure failure) {
        return JobFailure.newBuilder()
                .setKind(
                        switch (failure.kind()) {
                            case INPUT -> JobFailure.Kind.KIND_INPUT;
                            case EXECUTION -> JobFailure.Kind.KIND_EXECUTION;
                            case RESOURCES -> JobFailure.Kind.KIND_RESOURCES;
                            case TIMEOUT -> JobFailure.Kind.KIND_TIMEOUT;
                            case INTERNAL -> JobFailure.Kind.KIND_INTERNAL;
                        })
                .setRetryable(failure.retryable())
                .setMessage(failure.message())
                .setCode(failure.code().map(ErrorCode::name).orElse(""))
                .build();
    }

    static dev.aver.proto.v1.Verdict verdict(Verdict verdict) {
        dev.aver.proto.v1.Verdict.Builder message = dev.aver.proto.v1.Verdict.newBuilder()
                .setValid(verdict.valid())
                .setReason(verdict.reason().orElse(""))
                .setImageId(verdict.imageId().orElse(""))
                .setJournal(journal(verdict.journal(), LONGEST_JOURNAL))
                .setJournalBytes(verdict.journal().length)
                .addAllSecurity(verdict.security())
                .setInputDigest(verdict.inputDigest().orElse(""));
        verdict.exitCode().ifPresent(message::setExitCode);
        verdict.cycles().ifPresent(message::setCycles);
        verdict.provableBits().ifPresent(message::setProvableBits);
        return message.build();
    }

    private static ByteString journal(byte[] journal, int longest) {
        return journal.length > longest ? ByteString.EMPTY : ByteString.copyFrom(journal);
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Instant instant(Timestamp timestamp, String field) throws ServiceException {
        long seconds = timestamp.getSeconds();
        int nanos = timestamp.getNanos();
        if (seconds < 0 || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
            throw Arguments.invalid(field, "a time from 1970 to 9999");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
