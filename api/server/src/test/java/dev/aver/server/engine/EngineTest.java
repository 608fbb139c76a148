package dev.aver.server.engine;

import static dev.aver.server.engine.EngineFixture.ALICE;
import static dev.aver.server.engine.EngineFixture.bytes;
import static dev.aver.server.engine.EngineFixture.countdown;
import static dev.aver.server.engine.EngineFixture.end;
import static dev.aver.server.engine.EngineFixture.execute;
import static dev.aver.server.engine.EngineFixture.prove;
import static dev.aver.server.engine.EngineFixture.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.service.Content;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobState;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @Test
    void aSubmissionBecomesAReceiptThatVerifiesAndSurvivesARestart(@TempDir Path directory) throws Exception {
        String id;
        RegisteredProgram program;
        List<Job> told = new ArrayList<>();
        try (Engine engine = EngineFixture.open(directory)) {
            program = engine.registerProgram(ALICE, bytes(countdown(100, 3)), "countdown");
            assertThat(engine.registerProgram(ALICE, bytes(countdown(100, 3)), "again"))
                    .isEqualTo(program);
            id = engine.submit(ALICE, prove(program.id())).id();
            Job job = engine.job(ALICE, id);
            told.add(job);
            while (!job.state().isFinal()) {
                job = engine.await(ALICE, id, job.version(), Duration.ofSeconds(30));
                told.add(job);
                assertThat(directory.resolve("segments").resolve(id))
                        .as("what is one segment is stored once")
                        .doesNotExist();
            }
            assertThat(job.state()).as(job.toString()).isEqualTo(JobState.COMPLETED);
            assertThat(job.attempts()).isEqualTo(1);
            Job.Result result = job.result().orElseThrow();
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.imageId()).isEqualTo(program.imageId());
            assertThat(result.segments()).isEqualTo(1);
            assertThat(result.provableBits().getAsInt()).isGreaterThanOrEqualTo(100);
            assertThat(job.progress().orElseThrow().memoryPredicted()).isPositive();
            assertThat(job.progress().orElseThrow().memoryResident()).isPositive();
            assertThat(result.security().getFirst()).contains("provable bits");
            assertThat(result.security()).hasSizeGreaterThan(5);
            // The worker lets go of it after whoever waited has heard.
            while (engine.status().running() > 0) Thread.sleep(1);
            assertThat(engine.status().memoryTaken()).isZero();
        }
        assertThat(told.getLast().state()).isEqualTo(JobState.COMPLETED);
        assertThat(told).extracting(Job::version).isSorted().doesNotHaveDuplicates();
        assertThat(told)
                .flatExtracting(
                        job -> job.progress().flatMap(p -> p.phase()).stream().toList())
                .contains("commit", "open");
        try (Engine engine = EngineFixture.open(directory)) {
            assertThat(engine.job(ALICE, id).state()).isEqualTo(JobState.COMPLETED);
            try (Content receipt = engine.receipt(ALICE, id)) {
                byte[] encoded = receipt.stream().readAllBytes();
                assertThat(encoded).hasSize(Math.toIntExact(receipt.bytes()));
                Verdict verdict = engine.verify(ALICE, bytes(encoded), program.imageId());
                assertThat(verdict.valid()).as(verdict.toString()).isTrue();
                assertThat(verdict.exitCode()).hasValue(3);
                assertThat(verdict.security())
                        .isEqualTo(engine.job(ALICE, id).result().orElseThrow().security());
                assertThat(engine.verify(ALICE, bytes(encoded), "00".repeat(36)).valid())
                        .isFalse();
            }
        }
    }

    @Test
    void anExecutionKeepsItsProfile(@TempDir Path directory) throws Exception {
        try (Engine engine = EngineFixture.open(directory)) {
            String id = engine.submit(ALICE, execute(register(engine, countdown(10, 7))))
                    .id();
            Job job = end(engine, id);
            assertThat(job.state()).as(job.toString()).isEqualTo(JobState.COMPLETED);
            assertThat(job.result().orElseThrow().exitCode()).isEqualTo(7);
            assertThat(job.result().orElseThrow().receiptBytes()).isEmpty();
            try (Content profile = engine.profile(ALICE, id)) {
                assertThat(profile.stream())
                        .asString(java.nio.charset.StandardCharsets.UTF_8)
                        .contains("speedscope");
            }
        }
    }
}
