package dev.aver.cli.verify;

import dev.aver.circuits.image.ImageId;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import dev.aver.verifier.Claim;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.security.ReceiptSecurity;
import dev.aver.zkvm.program.MemoryMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver verify}: checks a receipt. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks a receipt: that the program, started on some input, halted with this exit code and journal.",
            "",
            "The program is named by its file or by its image id. Only status 0 means that the receipt is valid.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "  0:the receipt is valid and what was demanded",
            "  1:it is not; the reason is on standard error, with --json on standard output",
            "120:the command line is wrong",
            "121:a file cannot be read",
            "122:the file given as program is not one for this machine",
            "125:Aver could not start, ran out of memory, or failed inside"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final long MAX_EXIT_CODE = 0xffff_ffffL;

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "R", description = "The receipt.")
    private Path file = Path.of("");

    @Option(names = "--program", paramLabel = "P", description = "The program that it has to be about: an ELF file.")
    private @Nullable Path program;

    @Option(names = "--image-id", paramLabel = "ID", description = "Or that program's image id, 72 hexadecimal digits.")
    private @Nullable String imageId;

    @Option(names = "--exit-code", paramLabel = "N", description = "The exit code that is demanded. Default: 0.")
    private long exitCode;

    @Option(
            names = "--min-bits",
            paramLabel = "N",
            description = "Provable bits of security that are demanded, 100 or more. Default: 128.")
    private int minBits = Policy.STANDARD_BITS;

    @Option(
            names = "--bind-input",
            paramLabel = "F",
            description = "Demands that the run was on the input in this file; the receipt has to be made with"
                    + " --bind-input too.")
    private @Nullable Path boundInput;

    @Option(names = "--explain", description = "Prints the security report: every round of the proof, and its bits.")
    private boolean explain;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /** The verb, in this process. */
    public VerifyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, IOException {
        Policy policy = policy();
        long start = environment.nanoTime().getAsLong();
        byte[] bytes = UserFiles.read(file, UserFiles.LONGEST);
        Verdict verdict = verify(bytes, imageId(), policy, start);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            VerdictJson.write(verdict, explain, out);
        } else {
            VerdictText.print(verdict, explain, out);
        }
        out.flush();
        verdict.rejection()
                .filter(rejection -> !json)
                .ifPresent(rejection -> spec.commandLine()
                        .getErr()
                        .println("aver: the receipt is not valid (" + VerdictJson.reason(rejection) + "): "
                                + rejection.getMessage()));
        return verdict.valid() ? 0 : ExitStatus.REJECTED.code();
    }

    private Verdict verify(byte[] bytes, ImageId id, Policy policy, long start) {
        Optional<Receipt> receipt = Optional.empty();
        Optional<Claim> claim = Optional.empty();
        Optional<InvalidReceiptException> rejection = Optional.empty();
        try {
            receipt = Optional.of(Receipt.decode(bytes));
            claim = Optional.of(Verifier.with(policy).verify(receipt.get(), id));
        } catch (InvalidReceiptException e) {
            rejection = Optional.of(e);
        }
        double wallSeconds = (environment.nanoTime().getAsLong() - start) / 1e9;
        Optional<ReceiptSecurity> security = receipt.map(Verifier::security);
        return new Verdict(claim, rejection, receipt, security, bytes.length, wallSeconds);
    }

    private Policy policy() throws CliException {
        if (minBits < Policy.LEAST_BITS) {
            throw misuse("Invalid value for option '--min-bits': " + minBits + " is less than " + Policy.LEAST_BITS);
        }
        if (exitCode < 0 || exitCode > MAX_EXIT_CODE) {
            throw misuse("Invalid value for option '--exit-code': " + exitCode + " is not in 0 to " + MAX_EXIT_CODE);
        }
        Policy policy = Policy.standard().withMinBits(minBits).withExitCode((int) exitCode);
        return boundInput == null ? policy : policy.withInput(inputDigest(boundInput));
    }

    private static InputDigest inputDigest(Path input) throws CliException {
        byte[] bytes = UserFiles.read(input, (int) MemoryMap.MAX_INPUT + 1);
        if (bytes.length > MemoryMap.MAX_INPUT) {
            throw new CliException(
                    ExitStatus.FILE, input + " is longer than any input, which is at most " + MemoryMap.MAX_INPUT);
        }
        return new InputDigest(
                MemoryTree.ofInput(bytes, new long[MemoryTree.SALT_WORDS]).inputHalf());
    }

    private ImageId imageId() throws CliException {
        if ((program == null) == (imageId == null)) {
            throw misuse("name the program that the receipt has to be about, with either --program or --image-id");
        }
        if (program != null) {
            return ImageId.of(UserFiles.readProgram(program));
        }
        String given = String.valueOf(imageId);
        return ImageId.parse(given)
                .orElseThrow(() -> misuse("Invalid value for option '--image-id': '" + given + "' is not an image id, "
                        + 2 * ImageId.BYTES + " hexadecimal digits; aver inspect PROGRAM.elf prints it"));
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
