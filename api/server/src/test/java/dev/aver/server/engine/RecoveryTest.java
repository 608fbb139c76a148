package dev.aver.server.engine;

import static dev.aver.server.engine.EngineFixture.ALICE;
import static dev.aver.server.engine.EngineFixture.bytes;
import static dev.aver.server.engine.EngineFixture.countdown;
import static dev.aver.server.engine.EngineFixture.end;
import static dev.aver.server.engine.EngineFixture.endless;
import static dev.aver.server.engine.EngineFixture.execute;
import static dev.aver.server.engine.EngineFixture.prove;
import static dev.aver.server.engine.EngineFixture.register;
import static dev.aver.server.engine.EngineFixture.withInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobState;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine goes down, its storage fails, and comes back. */
class RecoveryTest {
    @TempDir
    private Path root;

    private static final class Watcher implements EngineListener {
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch begun = new CountDownLatch(1);
        private final List<Integer> proven = new CopyOnWriteArrayList<>();
        private final List<String> trouble = new CopyOnWriteArrayList<>();

        @Override
        public void started(Job job) {
            begun.countDown();
        }

        @Override
        public void proven(Job job, int cycles, double seconds) {
            proven.add(cycles);
            first.countDown();
        }

        @Override
        public void trouble(String jobId, String message, Throwable cause) {
            trouble.add(message + ": " + cause);
        }
    }

    private Engine open(Watcher watcher) throws IOException {
        return Engine.open(EngineFixture.options(root), watcher, InstantSource.system());
    }

    /** The one long test here: proves the segments of a private job over two engines, and cancels one in a third. */
    @Test
    void aPrivateProofGoesOnFromItsLastSegmentAndNoneOfItIsReadable() throws Exception {
        byte[] secret = "the launch code is 0000".getBytes(StandardCharsets.UTF_8);
        String id;
        String program;
        StoredInput input;
        long version;
        Watcher before = new Watcher();
        try (Engine engine = open(before)) {
            program = register(engine, countdown(12_000, 3));
            input = engine.upload(ALICE, bytes(secret), true);
            id = engine.submit(ALICE, withInput(prove(program), input.id(), true, true))
                    .id();
            assertThat(before.first.await(300, TimeUnit.SECONDS)).isTrue();
            engine.drain(Duration.ofMinutes(5));
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, execute(program)))
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
            version = engine.ready() ? -1 : 0;
            assertThat(version).as("it is down").isZero();
        }
        Path segments = root.resolve("segments").resolve(id);
        assertThat(segments.resolve("segment-0")).exists();
        assertThat(Files.readString(segments.resolve("segment-0"), StandardCharsets.ISO_8859_1))
                .as("a segment in the clear would begin otherwise")
                .startsWith("AvB\u0001");
        assertThat(before.proven).isNotEmpty();

        Watcher after = new Watcher();
        try (Engine engine = open(after)) {
            Job job = end(engine, id);
            assertThat(job.state()).as(job + " " + after.trouble).isEqualTo(JobState.COMPLETED);
            assertThat(job.attempts()).isEqualTo(2);
            assertThat(after.proven).isNotEmpty();
            assertThat(before.proven.size() + after.proven.size())
                    .as("none is proven twice")
                    .isEqualTo(job.result().orElseThrow().segments());
            assertThat(segments).doesNotExist();
            try (Content receipt = engine.receipt(ALICE, id)) {
                byte[] encoded = receipt.stream().readAllBytes();
                assertThat(engine.verify(
                                        ALICE,
                                        bytes(encoded),
                                        job.result().orElseThrow().imageId())
                                .valid())
                        .isTrue();
            }
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, withInput(execute(program), input.id(), true, false)))
                    .matches(e -> e.code() == ErrorCode.DELETED);

            String cancelled = engine.submit(ALICE, prove(program)).id();
            Job running = engine.job(ALICE, cancelled);
            while (running.state() == JobState.QUEUED
                    || running.progress()
                            .flatMap(p -> p.phase())
                            .filter("commit"::equals)
                            .isEmpty()) {
                running = engine.await(ALICE, cancelled, running.version(), Duration.ofSeconds(60));
            }
            engine.cancel(ALICE, cancelled);
            Job gone = end(engine, cancelled);
            assertThat(gone.state()).isEqualTo(JobState.CANCELLED);
            assertThat(gone.progress().orElseThrow().segmentsDone())
                    .as("within its phase")
                    .isZero();
        }
        assertThat(after.trouble).isEmpty();
    }

    @Test
    void whatWaitsAndWhatRunsGoesOnAfterARestart() throws Exception {
        String running;
        String waiting;
        long version;
        Watcher watcher = new Watcher();
        try (Engine engine = open(watcher)) {
            running = engine.submit(ALICE, execute(register(engine, endless()))).id();
            waiting = engine.submit(ALICE, execute(register(engine, countdown(10, 4))))
                    .id();
            assertThat(watcher.begun.await(60, TimeUnit.SECONDS)).isTrue();
            version = engine.job(ALICE, running).version();
        }
        try (Engine engine = open(new Watcher())) {
            Job job = engine.job(ALICE, running);
            assertThat(job.state()).isEqualTo(JobState.RUNNING);
            assertThat(job.version()).as("grows over restarts").isGreaterThan(version);
            engine.cancel(ALICE, running);
            assertThat(end(engine, running).state()).isEqualTo(JobState.CANCELLED);
            assertThat(end(engine, waiting).result().orElseThrow().exitCode()).isEqualTo(4);
        }
    }

    @Test
    void twoEnginesDoNotShareADirectory() throws Exception {
        try (Engine engine = open(new Watcher())) {
            assertThat(engine.ready()).isTrue();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> open(new Watcher()))
                    .withMessageContaining("another server");
        }
        open(new Watcher()).close();
    }

    @Test
    void aLockedDatabaseDelaysJobsAndRefusesCallsAndLosesNothing() throws Exception {
        Watcher watcher = new Watcher();
        try (Engine engine = open(watcher);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("aver.db"));
                Statement statement = other.createStatement()) {
            Submission submission = execute(register(engine, countdown(2_000_000, 5)));
            String id = engine.submit(ALICE, submission).id();
            assertThat(watcher.begun.await(60, TimeUnit.SECONDS)).isTrue();
            statement.executeUpdate("BEGIN IMMEDIATE");
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.submit(ALICE, submission))
                    .matches(e ->
                            e.code() == ErrorCode.UNAVAILABLE && e.retryAfter().isPresent());
            assertThat(engine.ready()).isFalse();
            assertThat(engine.job(ALICE, id).state().isFinal())
                    .as("not before it is stored")
                    .isFalse();
            for (int i = 0; i < 600 && watcher.trouble.stream().noneMatch(t -> t.contains("end could not")); i++) {
                Thread.sleep(100);
            }
            assertThat(watcher.trouble).anyMatch(t -> t.contains("end could not be stored"));
            statement.executeUpdate("ROLLBACK");
            assertThat(end(engine, id).result().orElseThrow().exitCode()).isEqualTo(5);
            assertThat(engine.ready()).isTrue();
        }
    }

    @Test
    void blobsThatCannotBeReadOrWrittenDelayJobsAndLoseNothing() throws Exception {
        Watcher watcher = new Watcher();
        try (Engine engine = open(watcher)) {
            String program = register(engine, countdown(10, 6));
            Path blobs = root.resolve("blobs");
            Path away = root.resolve("away");
            Files.move(blobs, away);
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> engine.upload(ALICE, bytes(new byte[10]), true))
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
            String id = engine.submit(ALICE, execute(program)).id();
            for (int i = 0; i < 600 && watcher.trouble.isEmpty(); i++) Thread.sleep(100);
            assertThat(engine.job(ALICE, id).state().isFinal()).isFalse();
            Files.move(away, blobs);
            assertThat(end(engine, id).result().orElseThrow().exitCode()).isEqualTo(6);
        }
    }
}
