package dev.aver.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.aver.tests.endtoend.Command.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals in the middle of a proof: nothing half-written stays, and what was finished is not proven again. */
final class InterruptedProofTest {
    /** In three segments or more. */
    private static final int FIBONACCI = 8000;

    @TempDir
    private static Path folder = Path.of("");

    private static Path input = Path.of("");
    private static byte[] receipt = {};

    @BeforeAll
    static void proveWithoutInterruption() throws Exception {
        byte[] number = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(FIBONACCI)
                .array();
        input = Files.write(folder.resolve("input"), number);
        Path out = folder.resolve("whole");
        Result whole = Command.aver(folder, new byte[0], prove(out));
        assertThat(whole.status()).as(whole.err()).isZero();
        receipt = Files.readAllBytes(out);
    }

    private static String[] prove(Path out, String... more) {
        String program = Command.PREBUILT + "fibonacci.elf";
        List<String> command =
                List.of("prove", program, "--input", input.toString(), "--out", out.toString(), "--json");
        List<String> reproducible = List.of("--seed", "7", "--segment-cycles", "16384");
        return Stream.of(command, reproducible, List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @Test
    void interrupted() throws Exception {
        // Who starts the tests in the background of a script has them ignore it, and so does what they start.
        assumeThat(ignoresInterrupts()).isFalse();
        signalInTheMiddle("INT", 130);
    }

    @Test
    void terminated() throws Exception {
        signalInTheMiddle("TERM", 143);
    }

    private static void signalInTheMiddle(String signal, int status) throws Exception {
        Path own = Files.createDirectory(folder.resolve(signal));
        Path out = own.resolve("receipt");
        Path checkpoint = own.resolve("checkpoint");
        String[] command = prove(out, "--checkpoint", checkpoint.toString());
        Process process = Command.start(own, command);
        process.getOutputStream().close();
        while (process.isAlive() && Files.notExists(checkpoint.resolve("segment-0"))) Thread.sleep(20);
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(own.resolve("stderr")))
                .isEqualTo(status);
        assertThat(names(own)).containsExactlyInAnyOrder("checkpoint", "stderr");
        assertThat(names(checkpoint)).contains("job", "segment-0").allMatch(name -> name.matches("job|segment-\\d+"));

        Result resumed = Command.aver(own, new byte[0], command);
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.text()).containsPattern("\"resumedSegments\" : [1-9]");
        assertThat(Files.readAllBytes(out)).isEqualTo(receipt);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Whether this process ignores signal 2, where the system says it. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) return false;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
