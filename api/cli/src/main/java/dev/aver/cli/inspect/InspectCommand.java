package dev.aver.cli.inspect;

import dev.aver.cli.CliException;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver inspect}: shows what is in a program. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is in a program: segments, entry, memory, instructions, and instructions that the machine does not"
                    + " have.",
            ""
        })
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PROGRAM.elf", description = "The program: a static RISC-V ELF file.")
    private Path program = Path.of("");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws CliException, IOException {
        byte[] file = UserFiles.read(program, Program.MAX_FILE + 1);
        Inspection inspection;
        try {
            inspection = Inspection.of(program.toString(), file);
        } catch (InvalidProgramException e) {
            throw new CliException(
                    ExitStatus.INVALID_PROGRAM, program + " is not a program for this machine: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            InspectionJson.write(inspection, out);
        } else {
            new InspectionText(inspection, out).print();
        }
        out.flush();
        return 0;
    }
}
