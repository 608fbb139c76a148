package dev.aver.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher of this clone; the first test to start it builds the command as a user's first run does. */
final class Command {
    /** The clone, from this module's or the project's folder. */
    static final Path CLONE = (Files.isDirectory(Path.of("zkvm")) ? Path.of("") : Path.of(".."))
            .toAbsolutePath()
            .normalize();

    static final String SAMPLES = "zkvm/guest/samples/";
    static final String PREBUILT = "zkvm/guest/prebuilt/";

    private Command() {}

    /** How a command ended, and what it wrote. */
    record Result(int status, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    /** Runs {@code aver} in the clone, with this standard input. */
    static Result aver(Path folder, byte[] input, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        }
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(folder.resolve("stderr")));
    }

    /** Starts {@code aver} in the clone; its standard error goes to {@code stderr} in the folder. */
    static Process start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(CLONE.resolve("aver").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(CLONE.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }
}
