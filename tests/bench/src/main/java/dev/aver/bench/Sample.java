package dev.aver.bench;

import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentRule;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A sample program and the input of one of its cases; the working directory is the root of the repository.
 *
 * @param program the program
 * @param input the input
 */
record Sample(Program program, Input input) {
    /** The sample and case of a name such as {@code fibonacci/default}. */
    static Sample of(String name) throws IOException, InvalidProgramException {
        int slash = name.indexOf('/');
        Path guest = Path.of("zkvm", "guest");
        String program = name.substring(0, slash);
        return new Sample(
                Program.fromElf(guest.resolve("prebuilt").resolve(program + ".elf")),
                Input.of(guest.resolve("samples")
                        .resolve(program)
                        .resolve("cases")
                        .resolve(name.substring(slash + 1) + ".input")));
    }

    /** An executor with the default limits and segments. */
    Executor executor(EngineFactory engines) {
        return new Executor(program, Limits.standard(), SegmentRule.standard(), engines);
    }
}
