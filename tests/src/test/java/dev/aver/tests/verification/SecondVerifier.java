package dev.aver.tests.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The other verifier, as a process. */
final class SecondVerifier {
    private static final Path SCRIPT =
            Path.of(Files.isDirectory(Path.of("tests/second-verifier")) ? "tests" : "", "second-verifier", "verify.py");

    private SecondVerifier() {}

    /** Its verdicts on receipts, one line each that begins with ACCEPT or REJECT, whatever the proofs are worth. */
    static List<String> verdicts(List<Path> receipts) throws IOException, InterruptedException {
        List<String> lines = receipts.stream().map(Path::toString).toList();
        List<String> verdicts = run(lines, "--batch", "--any");
        assertThat(verdicts).hasSameSizeAs(receipts).allMatch(line -> line.matches("(ACCEPT|REJECT) .*"));
        return verdicts;
    }

    /** What it prints, given these arguments and these lines of standard input. */
    static List<String> run(List<String> input, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-B", SCRIPT.toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        // Its answers wait in the pipe until all questions are written: both are short.
        try (Writer questions = Objects.requireNonNull(process.outputWriter(StandardCharsets.UTF_8))) {
            for (String line : input) questions.write(line + "\n");
        }
        List<String> output =
                process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor())
                .as("the second verifier's exit code; 1 is a rejection")
                .isIn(0, 1);
        return output;
    }
}
