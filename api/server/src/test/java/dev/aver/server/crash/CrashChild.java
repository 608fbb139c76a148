package dev.aver.server.crash;

import dev.aver.server.blob.MasterKey;
import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineListener;
import dev.aver.server.engine.EngineOptions;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A server's process for {@link CrashTest}: submits jobs from several threads as fast as they are accepted, and says on
 * standard output what was accepted and what ended, until it is killed.
 *
 * <p>Arguments: directory, round, proofs per thread, and "load" or "poison".
 */
public final class CrashChild {
    static final MasterKey KEY = MasterKey.parse("42".repeat(32)).orElseThrow();
    static final int THREADS = 3;
    static final String POISON = "poison";

    private CrashChild() {}

    static Caller caller(int thread) {
        return new Caller("account-" + thread, "key", Set.of(Scope.SUBMIT, Scope.READ));
    }

    static EngineOptions options(Path directory, int strikes) {
        EngineOptions options = EngineOptions.standard(directory, KEY, 2L << 30)
                .withProving(1 << 14, "auto")
                .withStrikes(strikes);
        return options.withStorage(options.retention(), 0, Duration.ofSeconds(1));
    }

    /** Says a line, whole. */
    private static void say(String line) {
        synchronized (CrashChild.class) {
            System.out.println(line);
            System.out.flush();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int round = Integer.parseInt(arguments[1]);
        int proofs = Integer.parseInt(arguments[2]);
        boolean poison = arguments[3].equals(POISON);
        EngineListener listener = new EngineListener() {
            @Override
            public void started(Job job) {
                if (job.submission().label().equals(POISON))
                    Runtime.getRuntime().halt(99);
            }

            @Override
            public void finished(Job job) {
                say("ended " + job.id() + " " + job.state());
            }
        };
        Engine engine = Engine.open(options(directory, poison ? 3 : 1000), listener, InstantSource.system());
        byte[] elf = Files.readAllBytes(directory.resolveSibling("program.elf"));
        String program = engine.registerProgram(caller(0), new ByteArrayInputStream(elf), "countdown")
                .id();
        say("ready");
        if (poison) {
            for (String label : new String[] {"", POISON, ""}) {
                Submission submission =
                        submission(JobKind.EXECUTE, program, Optional.empty(), label + "-" + label.length(), label);
                // Repeated in each round under its idempotency key, so it is one job.
                say("accepted " + engine.submit(caller(0), submission).id() + " " + label);
            }
            Thread.sleep(Long.MAX_VALUE);
        }
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Thread.ofPlatform().start(() -> load(engine, program, thread, round, proofs));
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void load(Engine engine, String program, int thread, int round, int proofs) {
        try {
            int n = 0;
            while (true) {
                try {
                    submit(engine, program, thread, n, round + "-" + thread + "-" + n, proofs);
                    n++;
                } catch (ServiceException e) {
                    if (e.code() != ErrorCode.STORAGE_FULL && e.code() != ErrorCode.UNAVAILABLE) throw e;
                    say("refused " + e.code());
                    // A client asks again, with the same idempotency key.
                    Thread.sleep(50);
                }
            }
        } catch (Exception e) {
            say("failed " + e);
        }
    }

    private static void submit(Engine engine, String program, int thread, int n, String key, int proofs)
            throws Exception {
        JobKind kind = n < proofs ? JobKind.PROVE : JobKind.EXECUTE;
        byte[] content = {(byte) thread, (byte) n};
        StoredInput input = engine.upload(caller(thread), new ByteArrayInputStream(content), n % 2 == 0);
        Job job = engine.submit(caller(thread), submission(kind, program, Optional.of(input.id()), key, "" + n));
        say("accepted " + job.id() + " " + key);
        if (n % 7 == 6) engine.cancel(caller(thread), job.id());
        // As a client waits that has some jobs under way.
        if (n > 20) engine.await(caller(thread), job.id(), Long.MAX_VALUE - 1, Duration.ofSeconds(5));
    }

    private static Submission submission(
            JobKind kind, String program, Optional<String> input, String key, String label) {
        return new Submission(
                kind,
                program,
                input,
                "poseidon2",
                100,
                false,
                OptionalLong.empty(),
                5,
                Optional.empty(),
                true,
                key.hashCode() % 3 == 0,
                Optional.of(key),
                label);
    }

    /** The program that the child runs. */
    static void prepare(Path root, byte[] elf) throws IOException {
        Files.write(root.resolve("program.elf"), elf);
    }
}
