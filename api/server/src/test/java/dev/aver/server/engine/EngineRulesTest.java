package dev.aver.server.engine;

import static dev.aver.server.engine.EngineFixture.ADMIN;
import static dev.aver.server.engine.EngineFixture.ALICE;
import static dev.aver.server.engine.EngineFixture.BOB;
import static dev.aver.server.engine.EngineFixture.bytes;
import static dev.aver.server.engine.EngineFixture.countdown;
import static dev.aver.server.engine.EngineFixture.end;
import static dev.aver.server.engine.EngineFixture.endless;
import static dev.aver.server.engine.EngineFixture.execute;
import static dev.aver.server.engine.EngineFixture.prove;
import static dev.aver.server.engine.EngineFixture.register;
import static dev.aver.server.engine.EngineFixture.withDeadline;
import static dev.aver.server.engine.EngineFixture.withInput;
import static dev.aver.server.engine.EngineFixture.withKey;
import static dev.aver.server.engine.EngineFixture.withMaxCycles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.store.Acceptance;
import dev.aver.server.store.NewJob;
import dev.aver.server.store.Quota;
import dev.aver.server.store.Retention;
import dev.aver.server.store.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine accepts, refuses, stops and forgets; without proofs, which take their time. */
class EngineRulesTest {
    @TempDir
    private Path root;

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(call)
                .matches(e -> e.code() == code, "code " + code);
    }

    @Test
    void jobsFailWithTheReasonAndTheWayOut() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            Failure trap = end(
                            engine,
                            engine.submit(ALICE, execute(register(engine, EngineFixture.trap())))
                                    .id())
                    .failure()
                    .orElseThrow();
            assertThat(trap.kind()).isEqualTo(Failure.Kind.EXECUTION);
            assertThat(trap.retryable()).isFalse();
            assertThat(trap.message()).contains("trapped", "0x");
            String endless = register(engine, endless());
            for (JobKind kind : new JobKind[] {JobKind.EXECUTE, JobKind.PROVE}) {
                Submission submission = withMaxCycles(EngineFixture.submission(kind, endless), 1 << 20);
                Failure limit = end(engine, engine.submit(ALICE, submission).id())
                        .failure()
                        .orElseThrow();
                assertThat(limit.kind()).isEqualTo(Failure.Kind.EXECUTION);
                assertThat(limit.message()).contains("maxCycles", "1048576");
            }
            Failure trapped = end(
                            engine,
                            engine.submit(ALICE, prove(register(engine, EngineFixture.trap())))
                                    .id())
                    .failure()
                    .orElseThrow();
            assertThat(trapped).isEqualTo(trap);
        }
    }

    @Test
    void whatNoProofCouldFitIsRefusedWithTheNumbers() throws Exception {
        try (Engine engine = EngineFixture.open(EngineFixture.options(root).withMemory(10 << 20))) {
            String program = register(engine, countdown(10, 0));
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, prove(program)))
                    .withMessageContaining("setting memory is 10 MiB")
                    .matches(e -> e.code() == ErrorCode.DOES_NOT_FIT);
            assertThat(end(engine, engine.submit(ALICE, execute(program)).id()).state())
                    .isEqualTo(JobState.COMPLETED);
        }
        EngineOptions enough = EngineFixture.options(root).withMemory((500 << 20));
        try (Engine engine = EngineFixture.open(enough)) {
            String program = register(engine, countdown(10, 0));
            StoredInput long_ = engine.upload(ALICE, bytes(new byte[100 << 20]), false);
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, withInput(prove(program), long_.id(), false, false)))
                    .withMessageContaining("216 of them for the input")
                    .matches(e -> e.code() == ErrorCode.DOES_NOT_FIT);
            refused(ErrorCode.NOT_FOUND, () -> engine.submit(BOB, withInput(prove(program), long_.id(), false, false)));
        }
    }

    /** The prediction takes a run; then it is known. */
    @Test
    void whatDoesNotFitFailsAtOnceAndIsRefusedTheNextTime() throws Exception {
        EngineOptions options = EngineFixture.options(root);
        EngineOptions tight = options.withMemory((405 << 20));
        try (Engine engine = EngineFixture.open(tight)) {
            String program = register(engine, countdown(10, 0));
            Submission submission = withKey(prove(program), "once", "");
            Job job = end(engine, engine.submit(ALICE, submission).id());
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.attempts()).as("it never ran").isZero();
            Failure failure = job.failure().orElseThrow();
            assertThat(failure.kind()).isEqualTo(Failure.Kind.RESOURCES);
            assertThat(failure.code()).contains(ErrorCode.DOES_NOT_FIT);
            assertThat(failure.message()).contains("389 MiB are allowed", "setting memory, which is 405 MiB");
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, prove(program)))
                    .withMessage(failure.message())
                    .matches(e -> e.code() == ErrorCode.DOES_NOT_FIT);
            assertThat(engine.submit(ALICE, submission).id()).as("a repetition").isEqualTo(job.id());
            refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> engine.submit(ALICE, withKey(submission, "once", "other")));
            Job bobs = engine.submit(BOB, prove(program));
            assertThat(end(engine, bobs.id()).failure())
                    .as("what others ran is not told")
                    .contains(failure);
        }
        Path slow = root.resolve("slow");
        try (Engine engine = EngineFixture.open(
                EngineFixture.options(slow).withLimits(options.limits(), 1 << 20, 1 << 20, Duration.ofSeconds(6)))) {
            String program = register(engine, countdown(1_500_000, 0));
            Failure failure = end(engine, engine.submit(ALICE, prove(program)).id())
                    .failure()
                    .orElseThrow();
            assertThat(failure.code()).as(failure.message()).contains(ErrorCode.DOES_NOT_FIT);
            assertThat(failure.message()).contains("setting job.hours");
            refused(ErrorCode.DOES_NOT_FIT, () -> engine.submit(ALICE, prove(program)));
        }
    }

    @Test
    void cancellingAndExpiringEndWhatWaitsAndWhatRuns() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String endless = register(engine, endless());
            String running = engine.submit(ALICE, execute(endless)).id();
            Job begun = engine.job(ALICE, running);
            while (begun.state() == JobState.QUEUED) {
                begun = engine.await(ALICE, running, begun.version(), Duration.ofSeconds(10));
            }
            String waiting = engine.submit(ALICE, prove(endless)).id();
            String late = engine.submit(
                            ALICE, withDeadline(execute(endless), Instant.now().plusMillis(300)))
                    .id();
            assertThat(end(engine, late).state()).isEqualTo(JobState.EXPIRED);
            assertThat(engine.cancel(ALICE, waiting).state()).isEqualTo(JobState.CANCELLED);
            assertThat(engine.job(ALICE, running).state()).isEqualTo(JobState.RUNNING);
            engine.cancel(ALICE, running);
            Job cancelled = end(engine, running);
            assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
            assertThat(engine.cancel(ALICE, running)).isEqualTo(cancelled);
            String second = engine.submit(ALICE, prove(endless)).id();
            Job executing = engine.await(ALICE, second, 1, Duration.ofSeconds(10));
            assertThat(executing.progress().orElseThrow().phase()).contains("execute");
            engine.cancel(ALICE, second);
            assertThat(end(engine, second).state()).isEqualTo(JobState.CANCELLED);
            String third = engine.submit(
                            ALICE, withDeadline(execute(endless), Instant.now().plusMillis(500)))
                    .id();
            assertThat(end(engine, third).state()).isEqualTo(JobState.EXPIRED);
            assertThat(engine.status().running()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aJobMayRunOnlySoLong() throws Exception {
        EngineOptions options = EngineFixture.options(root);
        try (Engine engine =
                EngineFixture.open(options.withLimits(options.limits(), 1 << 20, 1 << 20, Duration.ofMillis(300)))) {
            Job job = end(
                    engine,
                    engine.submit(ALICE, execute(register(engine, endless()))).id());
            assertThat(job.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
            assertThat(job.failure().orElseThrow().retryable()).isTrue();
        }
    }

    @Test
    void accountsDoNotSeeEachOther() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 0));
            StoredInput input = engine.upload(ALICE, bytes(new byte[10]), false);
            String id = engine.submit(ALICE, withInput(execute(program), input.id(), false, false))
                    .id();
            end(engine, id);
            String none = "0".repeat(32);
            for (String other : new String[] {id, none, "../../etc/passwd"}) {
                refused(ErrorCode.NOT_FOUND, () -> engine.job(BOB, other));
                refused(ErrorCode.NOT_FOUND, () -> engine.cancel(BOB, other));
                refused(ErrorCode.NOT_FOUND, () -> engine.receipt(BOB, other));
                refused(ErrorCode.NOT_FOUND, () -> engine.profile(BOB, other));
                refused(ErrorCode.NOT_FOUND, () -> engine.await(BOB, other, 0, Duration.ZERO));
            }
            refused(
                    ErrorCode.NOT_FOUND,
                    () -> engine.submit(BOB, withInput(execute(program), input.id(), false, false)));
            JobFilter all = new JobFilter(Set.of(), Optional.empty(), Optional.empty());
            JobFilter alices = new JobFilter(Set.of(), Optional.empty(), Optional.of("alice"));
            assertThat(engine.jobs(BOB, all, 10, Optional.empty()).items()).isEmpty();
            refused(ErrorCode.FORBIDDEN, () -> engine.jobs(BOB, alices, 10, Optional.empty()));
            assertThat(engine.jobs(ADMIN, alices, 10, Optional.empty()).items()).hasSize(1);
            assertThat(engine.job(ADMIN, id).account()).isEqualTo("alice");
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.jobs(BOB, all, 10, Optional.of("?")));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.jobs(BOB, all, 0, Optional.empty()));
        }
    }

    @Test
    void aKeyDoesWhatItsScopesSay() throws Exception {
        Caller reader = new Caller("alice", "r", Set.of(Scope.READ));
        Caller submitter = new Caller("alice", "s", Set.of(Scope.SUBMIT));
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 0));
            refused(ErrorCode.FORBIDDEN, () -> engine.submit(reader, execute(program)));
            refused(ErrorCode.FORBIDDEN, () -> engine.upload(reader, bytes(new byte[1]), false));
            refused(ErrorCode.FORBIDDEN, () -> engine.registerProgram(reader, bytes(new byte[1]), ""));
            String id = engine.submit(submitter, execute(program)).id();
            refused(ErrorCode.FORBIDDEN, () -> engine.job(submitter, id));
            refused(ErrorCode.FORBIDDEN, () -> engine.cancel(reader, id));
            refused(
                    ErrorCode.FORBIDDEN,
                    () -> engine.administration().auditLog(reader, AuditFilter.ALL, 10, Optional.empty()));
            assertThat(engine.job(reader, id).id()).isEqualTo(id);
        }
    }

    @Test
    void whatIsDoneIsInTheAuditLog() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String id =
                    engine.submit(ALICE, execute(register(engine, endless()))).id();
            engine.cancel(ALICE, id);
            end(engine, id);
            assertThat(engine.administration()
                            .auditLog(ADMIN, AuditFilter.ALL, 10, Optional.empty())
                            .items())
                    .extracting(AuditEntry::action)
                    .containsExactly(
                            AuditEntry.Action.CANCEL, AuditEntry.Action.SUBMIT, AuditEntry.Action.REGISTER_PROGRAM);
        }
    }

    @Test
    void malformedSubmissionsAreNamed() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 0));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.submit(ALICE, execute("../x")));
            refused(ErrorCode.NOT_FOUND, () -> engine.submit(ALICE, execute("0".repeat(64))));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.submit(ALICE, withKey(execute(program), "", "")));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.submit(ALICE, withKey(execute(program), "k", "\n")));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.submit(ALICE, withMaxCycles(execute(program), 0)));
            refused(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> engine.submit(ALICE, withDeadline(execute(program), Instant.EPOCH)));
            refused(
                    ErrorCode.UNIMPLEMENTED,
                    () -> engine.submit(ALICE, EngineFixture.submission(JobKind.WRAP, program)));
            refused(ErrorCode.INVALID_PROGRAM, () -> engine.registerProgram(ALICE, bytes(new byte[100]), ""));
            refused(ErrorCode.INVALID_RECEIPT, () -> engine.verify(ALICE, bytes(new byte[100]), "00".repeat(36)));
            refused(ErrorCode.INVALID_ARGUMENT, () -> engine.verify(ALICE, bytes(new byte[100]), "00"));
        }
    }

    @Test
    void bodiesAreReadOnlyUpToTheirLimit() throws Exception {
        EngineOptions options = EngineFixture.options(root);
        try (Engine engine = EngineFixture.open(
                options.withLimits(options.limits().withInput(1000), 1000, 1000, Duration.ofHours(1)))) {
            refused(ErrorCode.TOO_LARGE, () -> engine.registerProgram(ALICE, bytes(new byte[1001]), ""));
            refused(ErrorCode.TOO_LARGE, () -> engine.upload(ALICE, bytes(new byte[1001]), true));
            refused(ErrorCode.TOO_LARGE, () -> engine.verify(ALICE, bytes(new byte[1001]), "00".repeat(36)));
            assertThat(engine.upload(ALICE, bytes(new byte[1000]), true).bytes())
                    .isEqualTo(1000);
        }
    }

    @Test
    void aRepeatedSubmissionIsTheSameJobAlsoAfterARestart() throws Exception {
        Submission once;
        Job first;
        try (Engine engine = EngineFixture.open(root)) {
            once = withKey(execute(register(engine, countdown(1, 0))), "once", "");
            first = engine.submit(ALICE, once);
            end(engine, first.id());
        }
        try (Engine engine = EngineFixture.open(root)) {
            Job again = engine.submit(ALICE, once);
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.state()).isEqualTo(JobState.COMPLETED);
            refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> engine.submit(ALICE, withKey(once, "once", "another label")));
            assertThat(engine.submit(BOB, once).id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void quotasAndTheQueueAreBounded() throws Exception {
        EngineOptions options = EngineFixture.options(root).withQuota(3, new Quota(2, 1L << 40, 1000));
        try (Engine engine = EngineFixture.open(options)) {
            String endless = register(engine, endless());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 2; i++)
                ids.add(engine.submit(ALICE, execute(endless)).id());
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, execute(endless)))
                    .matches(e -> e.code() == ErrorCode.QUOTA_EXCEEDED
                            && e.retryAfter().isPresent());
            ids.add(engine.submit(BOB, execute(endless)).id());
            refused(ErrorCode.OVERLOADED, () -> engine.submit(BOB, execute(endless)));
            engine.upload(ALICE, bytes(new byte[900]), false);
            refused(ErrorCode.QUOTA_EXCEEDED, () -> engine.upload(ALICE, bytes(new byte[101]), false));
            for (String id : ids) engine.cancel(ADMIN, id);
            for (String id : ids) end(engine, id);
            assertThat(engine.submit(ALICE, execute(endless)).state()).isIn(JobState.QUEUED, JobState.RUNNING);
        }
    }

    @Test
    void whatIsPrivateIsEncryptedAndGoesWithItsJob() throws Exception {
        byte[] secret = "the launch code is 0000".repeat(100).getBytes(StandardCharsets.UTF_8);
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 0));
            StoredInput input = engine.upload(ALICE, bytes(secret), true);
            Submission silent = withInput(execute(program), input.id(), false, true);
            refused(ErrorCode.NOT_HIDING, () -> engine.submit(ALICE, silent));
            assertThat(found("launch code")).isEmpty();
            assertThat(blobs()).isEqualTo(2);
            Job job = engine.submit(ALICE, withInput(execute(program), input.id(), true, true));
            assertThat(job.secret()).isTrue();
            assertThat(end(engine, job.id()).state()).isEqualTo(JobState.COMPLETED);
            assertThat(blobs()).as("the program's only").isEqualTo(1);
            refused(ErrorCode.DELETED, () -> engine.profile(ALICE, job.id()));
            refused(ErrorCode.DELETED, () -> engine.submit(ALICE, withInput(execute(program), input.id(), true, true)));
            StoredInput kept = engine.upload(ALICE, bytes(secret), true);
            String id = engine.submit(ALICE, withInput(execute(program), kept.id(), true, false))
                    .id();
            assertThat(end(engine, id).state()).isEqualTo(JobState.COMPLETED);
            try (Content profile = engine.profile(ALICE, id)) {
                assertThat(profile.stream().readAllBytes()).hasSize(Math.toIntExact(profile.bytes()));
            }
            assertThat(found("launch code")).isEmpty();
            assertThat(found("speedscope"))
                    .as("what is derived from it neither")
                    .isEmpty();
        }
    }

    private long blobs() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("blobs"))) {
            return files.count();
        }
    }

    /** Files that hold a text. */
    private List<Path> found(String text) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) found.add(file);
            }
            return found;
        }
    }

    @Test
    void retentionForgetsJobsAndGarbageGoes() throws Exception {
        EngineOptions options = EngineFixture.options(root);
        Retention none = new Retention(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
        try (Engine engine = EngineFixture.open(options.withStorage(none, 0, Duration.ofSeconds(1)))) {
            String program = register(engine, countdown(1, 0));
            String id = engine.submit(ALICE, execute(program)).id();
            end(engine, id);
            engine.upload(ALICE, bytes(new byte[10]), false);
            Files.writeString(root.resolve("blobs").resolve("f".repeat(32)), "left by a crash");
            Path stray = Files.createDirectories(root.resolve("segments").resolve("e".repeat(32)));
            Files.writeString(stray.resolve("segment-0"), "left by a crash");
            Thread.sleep(5);
            engine.collectGarbage();
            assertThat(blobs()).as("the program's only").isEqualTo(1);
            assertThat(stray).doesNotExist();
            refused(ErrorCode.DELETED, () -> engine.profile(ALICE, id));
            assertThat(engine.job(ALICE, id).state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void garbageCollectionNeverTakesWhatIsReferredTo() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 0));
            Thread collector = Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) engine.collectGarbage();
            });
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                StoredInput input = engine.upload(ALICE, bytes(new byte[100 + i]), i % 2 == 0);
                jobs.add(engine.submit(ALICE, withInput(execute(program), input.id(), true, false))
                        .id());
            }
            for (String id : jobs) {
                assertThat(end(engine, id).state()).isEqualTo(JobState.COMPLETED);
                try (Content profile = engine.profile(ALICE, id)) {
                    assertThat(profile.stream().readAllBytes()).isNotEmpty();
                }
            }
            collector.interrupt();
            collector.join();
        }
    }

    /** As when memory ran out between the store and the list of jobs. */
    @Test
    void aJobThatIsOnlyInTheStoreIsTakenIn() throws Exception {
        try (Engine engine = EngineFixture.open(root)) {
            String program = register(engine, countdown(1, 4));
            try (SqliteStore behind = new SqliteStore(root.resolve("aver.db"), Duration.ofSeconds(5))) {
                NewJob job = new NewJob("a".repeat(32), "alice", execute(program), Instant.now());
                AuditEntry audit = new AuditEntry(Instant.now(), "alice", "a1", AuditEntry.Action.SUBMIT, job.id());
                assertThat(behind.accept(job, new Quota(10, 1L << 40, 1L << 30), 10, audit))
                        .isInstanceOf(Acceptance.Accepted.class);
            }
            refused(ErrorCode.NOT_FOUND, () -> engine.job(BOB, "a".repeat(32)));
            assertThat(engine.job(ALICE, "a".repeat(32)).account()).isEqualTo("alice");
            assertThat(end(engine, "a".repeat(32)).result().orElseThrow().exitCode())
                    .isEqualTo(4);
        }
    }

    @Test
    void aListenerThatFailsLosesNoJob() throws Exception {
        EngineListener broken = new EngineListener() {
            @Override
            public void accepted(Job job) {
                throw new IllegalStateException("a defect");
            }
        };
        try (Engine engine = Engine.open(EngineFixture.options(root), broken, java.time.InstantSource.system())) {
            String program = register(engine, countdown(1, 4));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> engine.submit(ALICE, execute(program)));
            JobFilter all = new JobFilter(Set.of(), Optional.empty(), Optional.empty());
            String id = engine.jobs(ALICE, all, 10, Optional.empty())
                    .items()
                    .getFirst()
                    .id();
            assertThat(end(engine, id).state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @Test
    void aBackupMadeUnderLoadIsAServer() throws Exception {
        Path copy = root.resolve("copy");
        String done;
        String program;
        try (Engine engine = EngineFixture.open(root.resolve("data"))) {
            program = register(engine, countdown(1, 9));
            done = engine.submit(ALICE, execute(program)).id();
            end(engine, done);
            for (int i = 0; i < 20; i++) engine.submit(ALICE, execute(program));
            engine.backup(copy);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> engine.backup(copy));
        }
        try (Engine restored = EngineFixture.open(copy)) {
            assertThat(restored.job(ALICE, done).result().orElseThrow().exitCode())
                    .isEqualTo(9);
            restored.profile(ALICE, done).close();
            JobFilter all = new JobFilter(Set.of(), Optional.empty(), Optional.empty());
            List<Job> jobs = restored.jobs(ALICE, all, 100, Optional.empty()).items();
            assertThat(jobs).hasSize(21);
            for (Job job : jobs) assertThat(end(restored, job.id()).state()).isEqualTo(JobState.COMPLETED);
        }
    }
}
