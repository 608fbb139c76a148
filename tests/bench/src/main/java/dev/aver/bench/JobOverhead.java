package dev.aver.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.server.blob.MasterKey;
import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineListener;
import dev.aver.server.engine.EngineOptions;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Scope;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import java.io.ByteArrayInputStream;
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
 * receipt, and by the prover alone, in turns in one process. Both plan, prove with the same options on the same
 * threads, check their proof and encode the receipt; without a salt, so that both give the same bytes and their proof
 * of work takes as many attempts. The prover alone has the program in memory.
 */
public final class JobOverhead {
    private static final int WARM_UP = 12;
    private static final int ROUNDS = 24;
    private static final Caller CALLER = new Caller("bench", "key", Set.of(Scope.SUBMIT, Scope.READ));

    private JobOverhead() {}

    /** One proof, to a receipt's bytes. */
    private interface Proof {
        byte[] prove() throws Exception;
    }

    /** What proofs took, in seconds: by the clock, and of all the process's threads, compilers included. */
    private record Costs(double[] wall, double[] cpu) {}

    /** The arguments: a sample and case, by default {@code fibonacci/n93}, and how many pairs of proofs. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length > 0 ? arguments[0] : "fibonacci/n93";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        Sample sample = Sample.of(name);
        Path guest = Path.of("zkvm", "guest");
        byte[] elf = Files.readAllBytes(guest.resolve("prebuilt").resolve(name.replaceFirst("/.*", ".elf")));
        byte[] input =
                Files.readAllBytes(guest.resolve("samples").resolve(name.replaceFirst("/", "/cases/") + ".input"));
        Path data = Files.createTempDirectory("aver-jobs");
        EngineOptions standard =
                EngineOptions.standard(data, MasterKey.parse("42".repeat(32)).orElseThrow(), ProverOptions.available());
        EngineOptions options = standard.withStorage(standard.retention(), 0, Duration.ofSeconds(5));
        Prover prover = Prover.create(ProverOptions.standard().withBindInput(true));
        try (Engine engine = Engine.open(options, EngineListener.NONE, InstantSource.system())) {
            String program = engine.registerProgram(CALLER, new ByteArrayInputStream(elf), "sample")
                    .id();
            Proof served = () -> serve(engine, program, input);
            Proof alone = () -> prover.prove(sample.program(), sample.input()).encode();
            for (int i = 0; i < WARM_UP; i++) {
                if (!Arrays.equals(alone.prove(), served.prove()))
                    throw new IllegalStateException("not the same proof");
            }
            Costs base = new Costs(new double[rounds], new double[rounds]);
            Costs change = new Costs(new double[rounds], new double[rounds]);
            for (int i = 0; i < rounds; i++) {
                // Which of them comes first changes with each pair.
                if (i % 2 == 0) measure(alone, base, i);
                measure(served, change, i);
                if (i % 2 != 0) measure(alone, base, i);
                System.out.printf(
                        "alone %.3f s, %.3f s of CPU; served %.3f s, %.3f s%n",
                        base.wall[i], base.cpu[i], change.wall[i], change.cpu[i]);
            }
            report("time", base.wall, change.wall);
            report("CPU time", base.cpu, change.cpu);
        }
    }

    /**
     * The median of the pairs' ratios with its quartiles, which says more the quieter the machine, and the quickest.
     */
    private static void report(String what, double[] base, double[] change) {
        double[] ratios = new double[base.length];
        Arrays.setAll(ratios, i -> change[i] / base[i]);
        Arrays.sort(ratios);
        Arrays.sort(base);
        Arrays.sort(change);
        System.out.printf(
                "%s served / alone: %.3f (%.3f to %.3f), medians %.3f s / %.3f s, least %.3f s / %.3f s = %.3f%n",
                what,
                quantile(ratios, 2),
                quantile(ratios, 1),
                quantile(ratios, 3),
                quantile(change, 2),
                quantile(base, 2),
                change[0],
                base[0],
                change[0] / base[0]);
    }

    /** The value below which so many quarters of them are. */
    private static double quantile(double[] sorted, int quarters) {
        return sorted[(sorted.length - 1) * quarters / 4];
    }

    /** One proof, after everything that earlier ones left has been collected. */
    private static void measure(Proof proof, Costs costs, int round) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        if (proof.prove().length == 0) throw new IllegalStateException("no receipt");
        costs.wall[round] = (System.nanoTime() - start) / 1e9;
        costs.cpu[round] = (process.getProcessCpuTime() - cpu) / 1e9;
    }

    private static byte[] serve(Engine engine, String program, byte[] content) throws Exception {
        StoredInput input = engine.upload(CALLER, new ByteArrayInputStream(content), false);
        Submission submission = new Submission(
                JobKind.PROVE,
                program,
                Optional.of(input.id()),
                "poseidon2",
                128,
                true,
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
        try (Content receipt = engine.receipt(CALLER, job.id())) {
            return receipt.stream().readAllBytes();
        }
    }
}
