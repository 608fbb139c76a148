package dev.aver.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A sample, proven and verified.
 *
 * @param sample the sample
 * @param prove the process that proved it
 * @param verify the last process that verified the receipt; {@code prove} itself if there was none to verify
 * @param verifySeconds from the start of such a process to its end, median of {@link #VERIFICATIONS}
 */
record Measurement(Sample sample, Child prove, Child verify, double verifySeconds) {
    private static final int VERIFICATIONS = 3;

    /**
     * Proves and verifies.
     *
     * @param launcher the command that starts Aver
     * @param options for the proof
     * @param folder for the receipt
     */
    static Measurement of(Sample sample, Path launcher, List<String> options, Path folder, LongSupplier nanoTime)
            throws IOException, InterruptedException {
        String aver = launcher.toString();
        String program = sample.program().toString();
        String receipt = folder.resolve("receipt").toString();
        List<String> proving = new ArrayList<>(List.of(aver, "prove", program, "--out", receipt, "--json"));
        proving.addAll(List.of("--input", sample.input().toString()));
        proving.addAll(options);
        Child prove = Child.run(proving, folder);
        if (prove.status() != 0) {
            return new Measurement(sample, prove, prove, 0);
        }
        String exitCode =
                String.valueOf(prove.numbers().getOrDefault("exitCode", 0.0).longValue());
        List<String> verifying =
                List.of(aver, "verify", receipt, "--program", program, "--exit-code", exitCode, "--json");
        // The first one prepares the start of the others.
        Child verify = Child.run(verifying, folder);
        double[] seconds = new double[VERIFICATIONS];
        for (int i = 0; i < VERIFICATIONS; i++) {
            long start = nanoTime.getAsLong();
            verify = Child.run(verifying, folder);
            seconds[i] = (nanoTime.getAsLong() - start) / 1e9;
        }
        Files.delete(Path.of(receipt));
        Arrays.sort(seconds);
        return new Measurement(sample, prove, verify, seconds[VERIFICATIONS / 2]);
    }

    boolean succeeded() {
        return prove.status() == 0 && verify.status() == 0;
    }

    /** What went wrong, in a line. */
    String failure() {
        Child failed = prove.status() == 0 ? verify : prove;
        String verb = prove.status() == 0 ? "verify" : "prove";
        return sample.name() + ": " + verb + " ended with " + failed.status() + ": "
                + failed.err().strip().lines().reduce((first, second) -> second).orElse("no message");
    }
}
