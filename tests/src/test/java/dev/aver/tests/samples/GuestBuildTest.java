package dev.aver.tests.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guests' own checks, each a script in {@code zkvm/guest}. */
final class GuestBuildTest {
    /**
     * What the Rust scripts exit with where their pinned compiler is no longer to be had: there is nothing to compare.
     */
    private static final int NO_COMPILER = 75;

    static List<List<String>> checks() {
        return List.of(
                // The prebuilt C programs are what their sources compile to, byte for byte.
                List.of("build", "--check"),
                // The known answers are what the independent computation gives.
                List.of("samples/answers.py", "--check"),
                // The same programs give the same answers under user-mode qemu.
                List.of("check-qemu"),
                List.of("rust/build", "--check"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void passes(List<String> command) throws IOException, InterruptedException {
        Path script = Case.GUEST.resolve(command.getFirst()).toAbsolutePath().normalize();
        List<String> line = new ArrayList<>(command);
        line.set(0, script.toString());
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
        if (process.exitValue() == NO_COMPILER) {
            Assumptions.abort(output);
        }
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
    }
}
