package dev.aver.cli.inspect;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Listing;
import dev.aver.circuits.chips.Machine;
import dev.aver.cli.CliException;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver inspect}: shows what is in a program, in a receipt, or in the circuit. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what is in a program, a receipt, or the circuit.",
            "",
            "A program: image id, segments, entry, memory, instructions, and instructions that the machine does not have."
                    + " A receipt: versions, parameters, what it says, and each segment's tables; it is not verified."
                    + " With --circuit, the tables of the machine as they are proved.",
            ""
        })
public final class InspectCommand implements Callable<Integer> {
    private static final byte[] RECEIPT_MAGIC = "AVER".getBytes(StandardCharsets.US_ASCII);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "A program, which is a static RISC-V ELF file, or a receipt. With --circuit, one table's name.")
    private @Nullable String subject;

    @Option(names = "--circuit", description = "Lists the constraints and messages of a table, or of all.")
    private boolean circuit;

    @Option(names = "--json", description = "Prints JSON; not with --circuit.")
    private boolean json;

    @Override
    public Integer call() throws CliException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (circuit) {
            listCircuit(out);
        } else if (subject == null) {
            throw new ParameterException(spec.commandLine(), "name the program or the receipt, or ask for --circuit");
        } else {
            Path file = Path.of(subject);
            byte[] magic = UserFiles.read(file, RECEIPT_MAGIC.length);
            if (Arrays.equals(magic, RECEIPT_MAGIC)) {
                inspectReceipt(file, out);
            } else {
                inspectProgram(file, out);
            }
        }
        out.flush();
        return 0;
    }

    private void inspectProgram(Path file, PrintWriter out) throws CliException, IOException {
        Inspection inspection;
        try {
            inspection = Inspection.of(file.toString(), UserFiles.read(file, Program.MAX_FILE + 1));
        } catch (InvalidProgramException e) {
            throw new CliException(
                    ExitStatus.INVALID_PROGRAM, file + " is not a program for this machine: " + e.getMessage());
        }
        if (json) {
            InspectionJson.write(inspection, out);
        } else {
            new InspectionText(inspection, out).print();
        }
    }

    private void inspectReceipt(Path file, PrintWriter out) throws CliException, IOException {
        byte[] bytes = UserFiles.read(file, UserFiles.LONGEST);
        ReceiptInspection inspection;
        try {
            inspection = ReceiptInspection.of(file.toString(), bytes.length, Receipt.decode(bytes));
        } catch (InvalidReceiptException e) {
            throw new CliException(ExitStatus.REJECTED, file + " is not a receipt: " + e.getMessage());
        }
        if (json) {
            ReceiptInspectionJson.write(inspection, out);
        } else {
            ReceiptInspectionText.print(inspection, out);
        }
    }

    private void listCircuit(PrintWriter out) {
        List<Air> tables =
                Machine.CURRENT.tables().stream().map(Machine.Table::air).toList();
        List<Air> listed = tables.stream()
                .filter(air -> subject == null || air.name().equalsIgnoreCase(subject))
                .toList();
        if (listed.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no table is named " + subject + "; the tables are "
                            + tables.stream().map(Air::name).collect(Collectors.joining(", ")));
        }
        listed.forEach(air -> out.println(Listing.of(air)));
    }
}
