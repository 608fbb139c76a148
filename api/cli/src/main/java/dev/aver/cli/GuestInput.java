package dev.aver.cli;

import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The program's input, as an option of every verb that runs a program. */
public final class GuestInput {
    private static final String STANDARD_INPUT = "-";

    @Option(names = "--input", paramLabel = "F", description = "File with the program's input; - is standard input.")
    private @Nullable String input;

    /** Whether there is one, if only an empty one. */
    public boolean given() {
        return input != null;
    }

    /** The file that it comes from, if it comes from one. */
    public Optional<Path> file() {
        return Optional.ofNullable(input)
                .filter(name -> !name.equals(STANDARD_INPUT))
                .map(Path::of);
    }

    /** The input, or one byte more than its limit allows, by which the executor knows. */
    public Input read(Environment environment, Limits limits) throws CliException {
        if (input == null) {
            return Input.empty();
        }
        int max = (int) (limits.input() + 1);
        if (!input.equals(STANDARD_INPUT)) {
            return Input.of(UserFiles.read(Path.of(input), max));
        }
        try {
            return Input.of(environment.in().readNBytes(max));
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, "cannot read standard input: " + e.getMessage());
        }
    }
}
