package dev.aver.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineListener;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Scope;
import dev.aver.server.service.Verdict;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a working server, again and again, and then counts: every accepted job has ended, once, and every receipt
 * verifies. The long one is {@code ./mvnw -Plong -pl api/server test -Dtest=CrashTest}; as root, because it mounts a
 * small disk.
 */
class CrashTest {
    private static final Caller ADMIN = new Caller("root", "key", Set.of(Scope.ADMIN));

    /** Proofs are submitted once in so many rounds, because a proof lives through several. */
    private static final int ROUNDS_OF_A_PROOF = 16;

    @TempDir
    private Path root;

    private int receipts;
    private int refused;

    /** What the children said before they were killed. */
    private final Map<String, String> accepted = new HashMap<>();

    private final Map<String, String> ended = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void fewKillsLoseNothing(TestReporter reporter) throws Exception {
        kill(4, StorageFault.NOWHERE, new Random(7), reporter);
    }

    @Test
    @Tag("long")
    void fiftyKillsLoseNothing(TestReporter reporter) throws Exception {
        kill(50, StorageFault.NOWHERE, new Random(11), reporter);
    }

    /** Five kills each, all with a disk that fills up, blobs that cannot be written, a database that another holds. */
    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void killsWhileStorageFailsLoseNothing(StorageFault fault, TestReporter reporter) throws Exception {
        Files.createDirectories(root.resolve("data").resolve("blobs"));
        StorageFault.Site site = fault.prepare(root.resolve("data"));
        try {
            kill(5, site, new Random(13 + fault.ordinal()), reporter);
        } finally {
            site.leave();
        }
    }

    private void kill(int times, StorageFault.Site site, Random random, TestReporter reporter) throws Exception {
        CrashChild.prepare(root, elf());
        for (int round = 0; round < times; round++) {
            Process child = start(round, round % ROUNDS_OF_A_PROOF == 0 ? 1 : 0, "load");
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                awaitReady(lines);
                Thread killer = Thread.ofPlatform().start(() -> killLater(child, site, random));
                readAll(lines);
                killer.join();
            } finally {
                child.destroyForcibly().waitFor();
            }
            site.mend();
        }
        assertThat(failures).as("refused without need").isEmpty();
        assertThat(accepted).hasSizeGreaterThan(times);
        assertThat(refused > 0).as("%d refused", refused).isEqualTo(site != StorageFault.NOWHERE);
        int seen = ended.size();
        Map<JobState, Integer> states = recount();
        reporter.publishEntry(Map.of(
                "kills", "" + times,
                "accepted", "" + accepted.size(),
                "refused for storage", "" + refused,
                "ended before the last start", "" + seen,
                "states", states.toString(),
                "receipts verified", "" + receipts));
    }

    /** With a fault, it comes before the kill, and half the time it goes before the kill, too. */
    private void killLater(Process child, StorageFault.Site site, Random random) {
        try {
            Thread.sleep(200 + random.nextInt(3000));
            site.fail();
            if (site != StorageFault.NOWHERE) Thread.sleep(2000);
            if (random.nextBoolean()) site.mend();
            if (site != StorageFault.NOWHERE) Thread.sleep(random.nextInt(3000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failures.add("cannot make storage fail: " + e);
        }
        // Through the handle: the other way closes what the child has said and nobody has read.
        child.toHandle().destroyForcibly();
    }

    private static byte[] elf() {
        ElfBuilder file = new ElfBuilder();
        new Assembler()
                .li(5, 20_000)
                .imm(Op.ADDI, 5, 5, -1)
                .branch(Op.BNE, 5, 0, -4)
                .li(6, 0)
                .exit(6)
                .build(file);
        return file.build();
    }

    private Process start(int round, int proofs, String what) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx2g",
                        // Without vectors a proof would take ten times longer.
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashChild.class.getName(),
                        root.resolve("data").toString(),
                        Integer.toString(round),
                        Integer.toString(proofs),
                        what)
                .redirectError(root.resolve("child.log").toFile())
                .start();
    }

    private void awaitReady(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            note(line);
            if (line.equals("ready")) return;
        }
        throw new AssertionError("it did not start: " + Files.readString(root.resolve("child.log")));
    }

    private void readAll(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) note(line);
    }

    private void note(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "accepted" -> {
                String before = accepted.put(words[1], words[2]);
                assertThat(before).as("accepted twice under two keys").isIn(null, words[2]);
            }
            case "ended" ->
                assertThat(ended.put(words[1], words[2]))
                        .as("%s ended twice", words[1])
                        .isNull();
            case "refused" -> refused++;
            case "failed" -> failures.add(line);
            default -> assertThat(line).isEqualTo("ready");
        }
    }

    /** Starts once more, lets everything end, and compares; returns how jobs ended. */
    private Map<JobState, Integer> recount() throws Exception {
        Map<JobState, Integer> states = new EnumMap<>(JobState.class);
        EngineListener listener = new EngineListener() {
            @Override
            public void finished(Job job) {
                synchronized (ended) {
                    note("ended " + job.id() + " " + job.state());
                }
            }
        };
        int proofs = 0;
        try (Engine engine =
                Engine.open(CrashChild.options(root.resolve("data"), 1000), listener, InstantSource.system())) {
            for (Map.Entry<String, String> entry : accepted.entrySet()) {
                Job job = engine.job(ADMIN, entry.getKey());
                while (!job.state().isFinal()) {
                    job = engine.await(ADMIN, job.id(), job.version(), Duration.ofSeconds(60));
                }
                assertThat(job.submission().idempotencyKey()).contains(entry.getValue());
                assertThat(job.state()).as(job.toString()).isIn(JobState.COMPLETED, JobState.CANCELLED);
                states.merge(job.state(), 1, Integer::sum);
                if (job.submission().kind() == JobKind.PROVE) proofs++;
                synchronized (ended) {
                    String said = ended.get(job.id());
                    if (said != null) assertThat(said).isEqualTo(job.state().name());
                }
                if (job.state() == JobState.COMPLETED && job.submission().kind() == JobKind.PROVE) {
                    receipts++;
                    try (Content receipt = engine.receipt(ADMIN, job.id());
                            InputStream stream = receipt.stream()) {
                        Verdict verdict = engine.verify(
                                ADMIN, stream, job.result().orElseThrow().imageId());
                        assertThat(verdict.valid()).as(verdict.toString()).isTrue();
                    }
                }
            }
            engine.collectGarbage();
            assertThat(engine.status().waiting()).isZero();
        }
        // None of the proofs was cancelled.
        assertThat(receipts).isEqualTo(proofs).isPositive();
        try (Stream<Path> segments = Files.list(root.resolve("data").resolve("segments"))) {
            assertThat(segments).isEmpty();
        }
        return states;
    }

    @Test
    void aJobThatKillsTheProcessIsGivenUpAndTheOthersAreDone() throws Exception {
        CrashChild.prepare(root, elf());
        String poisoned = "";
        for (int round = 0; round < 10 && !"FAILED".equals(ended.get(poisoned)); round++) {
            Process child = start(round, 0, CrashChild.POISON);
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("accepted")) note(line);
                    else if (line.endsWith(" " + CrashChild.POISON)) poisoned = line.split(" ", 3)[1];
                    if (line.startsWith("ended " + poisoned + " FAILED")) break;
                }
            } finally {
                child.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            }
        }
        try (Engine engine =
                Engine.open(CrashChild.options(root.resolve("data"), 3), EngineListener.NONE, InstantSource.system())) {
            Job job = engine.job(ADMIN, poisoned);
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.INTERNAL);
            assertThat(job.failure().orElseThrow().message()).contains("died 3 times");
            assertThat(job.attempts()).isEqualTo(3);
        }
    }
}
