package dev.aver.cli.prove;

import dev.aver.cli.Amount;
import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.GuestConsole;
import dev.aver.cli.GuestInput;
import dev.aver.cli.RunLimits;
import dev.aver.cli.UserFiles;
import dev.aver.cli.report.RunReport.Verdict;
import dev.aver.cli.report.RunReportText;
import dev.aver.prover.FixedKeys;
import dev.aver.prover.NotProvableException;
import dev.aver.prover.Proved;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver prove}: runs a program on an input and proves the run. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a program and proves the run.",
            "",
            "Writes a receipt, which says which program halted with which exit code and journal. Standard output says what"
                    + " it took; what the program writes to its standard output and error goes to standard error.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "  0:the receipt is written, whatever the program's exit code",
            "119:there is no proof with these options",
            "120:the command line is wrong",
            "121:a file cannot be read or written",
            "122:the file is not a program for this machine",
            "123:the program trapped, and there is no proof of that",
            "124:a limit was reached",
            "125:Aver could not start, ran out of memory, or failed inside",
            "126:the program's journal is not the one that it vouches for"
        })
public final class ProveCommand implements Callable<Integer> {
    private static final int MIN_SEGMENT = 1 << 14;
    private static final int MAX_SEGMENT = 1 << 21;

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PROGRAM.elf", description = "The program: a static RISC-V ELF file.")
    private Path program = Path.of("");

    @Mixin
    private GuestInput input = new GuestInput();

    @Option(names = "--out", required = true, paramLabel = "R", description = "Writes the receipt to this file.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(
            names = "--bind-input",
            description = "Leaves out the salt, so that whoever has the input can check that the run was on it.")
    private boolean bindInput;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = Amount.Bytes.class,
            description =
                    "Memory that the process may take; segments are made short enough for it. Default: 8g, or what the"
                            + " JVM has.")
    private @Nullable Long memory;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            converter = Amount.Count.class,
            description = "Most instructions in a segment, a power of two from 16384 to 2097152. Default: 2097152.")
    private @Nullable Long segmentCycles;

    @Option(
            names = "--hash",
            paramLabel = "H",
            description = "What the proof hashes with, one of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private HashName hash = HashName.POSEIDON2;

    @Option(
            names = "--backend",
            paramLabel = "B",
            description = "One of ${COMPLETION-CANDIDATES}. They differ in speed only. Default: ${DEFAULT-VALUE}.")
    private BackendName backend = BackendName.AUTO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Makes the salt a function of this number, so that the same command gives the same bytes. Whoever"
                            + " knows it can test guesses of the input.")
    private @Nullable Long seed;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keeps finished segments here; the same command goes on from them if it was interrupted.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--trace",
            paramLabel = "F",
            description = "Writes when each phase of each segment began and ended, for ui.perfetto.dev and the like.")
    private @Nullable Path trace;

    @Mixin
    private RunLimits runLimits = new RunLimits();

    /** The verb, in this process. */
    public ProveCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, IOException {
        Limits limits = runLimits.limits();
        ProverOptions options = options(limits);
        UserFiles.checkOutputs(
                Stream.concat(Stream.of(program), input.file().stream()).toList(),
                Stream.concat(Stream.of(out), Stream.ofNullable(trace)).toList());
        if (checkpoint != null && Files.exists(checkpoint) && !Files.isDirectory(checkpoint)) {
            throw new CliException(ExitStatus.FILE, "cannot use " + checkpoint + " for checkpoints: not a directory");
        }
        Program loaded = UserFiles.readProgram(program);
        Input given = input.read(environment, limits);
        PrintWriter err = spec.commandLine().getErr();
        if (input.given()) {
            err.println(
                    "aver: note: the receipt proves the run without showing the input, but it does not hide the input"
                            + " from whoever studies it; a receipt that goes to strangers should be made from an input that they"
                            + " may know");
        }
        return prove(options, loaded, given, err);
    }

    private int prove(ProverOptions options, Program loaded, Input given, PrintWriter err)
            throws CliException, IOException {
        long start = environment.nanoTime().getAsLong();
        GuestConsole console = new GuestConsole(environment.err(), environment.err());
        Timeline timeline = new Timeline(environment.nanoTime());
        ProofProgress progress = new ProofProgress(
                timeline,
                environment.watched() ? Optional.of(new ProgressBar(err, environment.nanoTime())) : Optional.empty());
        Proved proved;
        AtomicLong bytes = new AtomicLong();
        try (SegmentFile segments = SegmentFile.beside(out)) {
            try (console;
                    progress) {
                FixedKeys keys = environment.keys().map(FixedKeys::in).orElseGet(FixedKeys::new);
                proved = Prover.create(options.withConsole(console).withProgress(progress), keys)
                        .proveTo(segments, loaded, given);
            }
            UserFiles.write(out, to -> bytes.set(segments.writeReceipt(proved.receipt(), to)));
        } catch (NotProvableException e) {
            return refused(e, err);
        } catch (SegmentFile.Failure e) {
            throw new CliException(ExitStatus.FILE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, "cannot use the checkpoint: " + e.getMessage());
        }
        if (trace != null) {
            String title = program.getFileName()
                    + input.file().map(file -> " " + file.getFileName()).orElse("");
            long process = ProcessHandle.current().pid();
            UserFiles.write(trace, to -> timeline.write(title, process, to));
        }
        double wallSeconds = (environment.nanoTime().getAsLong() - start) / 1e9;
        ProofReport report = new ProofReport(
                program.toString(),
                out.toString(),
                proved.receipt().image().id(),
                proved,
                progress.resumed(),
                bytes.get(),
                wallSeconds,
                PeakMemory.bytes(),
                bindInput);
        PrintWriter standardOut = spec.commandLine().getOut();
        if (json) {
            ProofReportJson.write(report, standardOut);
        } else {
            ProofReportText.print(report, standardOut);
        }
        standardOut.flush();
        return 0;
    }

    private int refused(NotProvableException refusal, PrintWriter err) throws IOException {
        Outcome outcome = refusal.outcome().orElse(null);
        Verdict verdict = outcome == null ? null : Verdict.of(outcome);
        String message =
                verdict == null || verdict.message() == null ? String.valueOf(refusal.getMessage()) : verdict.message();
        err.println("aver: " + message);
        if (outcome != null) {
            RunReportText.printLastInstructions(outcome, err);
        }
        if (json) {
            String reason = verdict == null ? ProofReportJson.name(refusal.reason()) : verdict.outcome();
            ProofReportJson.writeRefusal(reason, message, spec.commandLine().getOut());
        }
        return verdict == null ? ExitStatus.NOT_PROVABLE.code() : verdict.exitStatus();
    }

    private ProverOptions options(Limits limits) {
        ProverOptions options = ProverOptions.standard();
        options = options.withSuite(hash.suite())
                .withMemory(memory(options.memory()))
                .withSegmentCycles(segmentCycles(options.segmentCycles()))
                .withBackend(backend.toString())
                .withBindInput(bindInput)
                .withLimits(limits);
        if (seed != null) {
            options = options.withSeed(seed);
        }
        if (checkpoint != null) {
            options = options.withCheckpoint(checkpoint);
        }
        return options;
    }

    /** What was asked for, which has to be there, or the standard. The launcher gives the JVM what is asked for. */
    private long memory(long standard) {
        if (memory == null) {
            return standard;
        }
        long available = ProverOptions.available();
        if (memory > available) {
            throw misuse("Invalid value for option '--memory': " + memory + " bytes are more than the " + available
                    + " of this JVM; raise that with AVER_JAVA_OPTS=-Xmx" + ((memory >> 20) + 1) + "m");
        }
        return memory;
    }

    private int segmentCycles(int standard) {
        if (segmentCycles == null) {
            return standard;
        }
        if (segmentCycles < MIN_SEGMENT || segmentCycles > MAX_SEGMENT || Long.bitCount(segmentCycles) != 1) {
            throw misuse("Invalid value for option '--segment-cycles': " + segmentCycles
                    + " is not a power of two from " + MIN_SEGMENT + " to " + MAX_SEGMENT);
        }
        return segmentCycles.intValue();
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
