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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a working server, again and again, and then counts: every accepted job has ended, once, and every receipt
 * verifies. The long one is {@code ./mvnw -Plong -pl api/server test -Dtest=CrashTest}.
 */
class CrashTest {
    private static final Caller ADMIN = new Caller("root", "key", Set.of(Scope.ADMIN));

    @TempDir
    private Path root;

    /** What the children said before they were killed. */
    private final Map<String, String> accepted = new HashMap<>();

    private final Map<String, String> ended = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void fewKillsLoseNothing() throws Exception {
        kill(4, 1, new Random(7));
    }

    @Test
    @Tag("long")
    void fiftyKillsLoseNothing() throws Exception {
        kill(50, 1, new Random(11));
    }

    private void kill(int times, int proofsInFirstRound, Random random) throws Exception {
        CrashChild.prepare(root, elf());
        for (int round = 0; round < times; round++) {
            Process child = start(round, round == 0 ? proofsInFirstRound : 0, "load");
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                awaitReady(lines);
                Thread killer = Thread.ofPlatform().start(() -> {
                    try {
                        Thread.sleep(200 + random.nextInt(3000));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    // Through the handle: the other way closes what the child has said and nobody has read.
                    child.toHandle().destroyForcibly();
                });
                readAll(lines);
                killer.join();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        assertThat(failures).as("refused without need").isEmpty();
        assertThat(accepted).hasSizeGreaterThan(times);
        recount();
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
            case "failed" -> failures.add(line);
            default -> assertThat(line).isEqualTo("ready");
        }
    }

    /** Starts once more, lets everything end, and compares. */
    private void recount() throws Exception {
        EngineListener listener = new EngineListener() {
            @Override
            public void finished(Job job) {
                synchronized (ended) {
                    note("ended " + job.id() + " " + job.state());
                }
            }
        };
        int receipts = 0;
        try (Engine engine =
                Engine.open(CrashChild.options(root.resolve("data"), 1000), listener, InstantSource.system())) {
            for (Map.Entry<String, String> entry : accepted.entrySet()) {
                Job job = engine.job(ADMIN, entry.getKey());
                while (!job.state().isFinal()) {
                    job = engine.await(ADMIN, job.id(), job.version(), Duration.ofSeconds(60));
                }
                assertThat(job.submission().idempotencyKey()).contains(entry.getValue());
                assertThat(job.state()).as(job.toString()).isIn(JobState.COMPLETED, JobState.CANCELLED);
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
        assertThat(receipts).isEqualTo(CrashChild.THREADS);
        try (Stream<Path> segments = Files.list(root.resolve("data").resolve("segments"))) {
            assertThat(segments).isEmpty();
        }
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
