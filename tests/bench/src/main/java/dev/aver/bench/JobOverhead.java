package dev.aver.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.server.blob.MasterKey;
import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineListener;
import dev.aver.server.engine.EngineOptions;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Scope;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the engine adds to small proofs back to back: the same proof by it, from the upload of the input to the stored
 * receipt, and by the prover alone, in turns in one process.
 */
public final class JobOverhead {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final Caller CALLER = new Caller("bench", "key", Set.of(Scope.SUBMIT, Scope.READ));

    private JobOverhead() {}

    /** One proof. */
    private interface Proof {
        void prove() throws Exception;
    }

    /** One argument: a sample and case, such as {@code fibonacci/default}. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "fibonacci/default";
        Sample sample = Sample.of(name);
        Path guest = Path.of("zkvm", "guest");
        byte[] elf = Files.readAllBytes(guest.resolve("prebuilt").resolve(name.replaceFirst("/.*", ".elf")));
        byte[] input =
                Files.readAllBytes(guest.resolve("samples").resolve(name.replaceFirst("/", "/cases/") + ".input"));
        Path data = Files.createTempDirectory("aver-jobs");
        EngineOptions standard =
                EngineOptions.standard(data, MasterKey.parse("42".repeat(32)).orElseThrow(), ProverOptions.available());
        EngineOptions options = standard.withStorage(standard.retention(), 0, Duration.ofSeconds(5));
        try (Engine engine = Engine.open(options, EngineListener.NONE, InstantSource.system())) {
            String program = engine.registerProgram(CALLER, new ByteArrayInputStream(elf), "sample")
                    .id();
            Proof served = () -> serve(engine, program, input);
            Proof alone = () -> {
                Prover prover = Prover.create(ProverOptions.standard());
                if (prover.prove(sample.program(), sample.input()).encode().length == 0) throw new IOException();
            };
            for (int i = 0; i < WARM_UP; i++) {
                alone.prove();
                served.prove();
            }
            double[] wall = new double[ROUNDS];
            double[] cpu = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                // Which of them comes first changes, so that neither always follows the other's garbage.
                double[] first = cost(i % 2 == 0 ? alone : served);
                double[] second = cost(i % 2 == 0 ? served : alone);
                double[] base = i % 2 == 0 ? first : second;
                double[] change = i % 2 == 0 ? second : first;
                wall[i] = change[0] / base[0];
                cpu[i] = change[1] / base[1];
                System.out.printf(
                        "alone %.2f s, %.2f s of CPU; served %.2f s, %.2f s%n", base[0], base[1], change[0], change[1]);
            }
            report("time", wall);
            report("CPU time", cpu);
        }
    }

    private static void report(String what, double[] ratios) {
        Arrays.sort(ratios);
        System.out.printf(
                "%s served / alone: %.3f (%.3f to %.3f)%n", what, ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }

    /** Seconds, and seconds of CPU time of the process. */
    private static double[] cost(Proof proof) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        proof.prove();
        return new double[] {(System.nanoTime() - start) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9};
    }

    private static void serve(Engine engine, String program, byte[] content) throws Exception {
        StoredInput input = engine.upload(CALLER, new ByteArrayInputStream(content), false);
        Submission submission = new Submission(
                JobKind.PROVE,
                program,
                Optional.of(input.id()),
                "poseidon2",
                128,
                false,
                OptionalLong.empty(),
                5,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "");
        Job job = engine.submit(CALLER, submission);
        while (!job.state().isFinal()) job = engine.await(CALLER, job.id(), job.version(), Duration.ofSeconds(60));
        if (job.state() != JobState.COMPLETED) throw new IllegalStateException(job.toString());
    }
}
