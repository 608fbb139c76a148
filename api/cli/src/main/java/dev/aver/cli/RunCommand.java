package dev.aver.cli;

import dev.aver.cli.report.RunReport;
import dev.aver.cli.report.RunReport.ProgramFile;
import dev.aver.cli.report.RunReport.Verdict;
import dev.aver.cli.report.RunReportJson;
import dev.aver.cli.report.RunReportText;
import dev.aver.cli.report.SoftwareRoutine;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.profile.Profile;
import dev.aver.zkvm.profile.Profiler;
import dev.aver.zkvm.profile.Speedscope;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentRule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver run}: runs a program on an input. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a program.",
            "",
            "The program's standard output and error are the process's own; the process ends with the program's exit code,"
                    + " or, where Aver itself fails, with a status from 120 up (docs/cli.md).",
            ""
        },
        exitCodeListHeading = "%nExit status where it is not the program's own:%n",
        exitCodeList = {
            "120:the command line is wrong",
            "121:a file cannot be read or written",
            "122:the file is not a program for this machine",
            "123:the program trapped",
            "124:a limit was reached",
            "125:Aver could not start, ran out of memory, or failed inside",
            "126:the program's journal is not the one that it vouches for"
        })
final class RunCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PROGRAM.elf", description = "The program: a static RISC-V ELF file.")
    private Path program = Path.of("");

    @Mixin
    private GuestInput input = new GuestInput();

    @Option(
            names = "--journal",
            paramLabel = "F",
            description = "Writes the journal to this file if the program halts.")
    private @Nullable Path journal;

    @Option(names = "--report", paramLabel = "F", description = "Writes the run report to this file, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--profile",
            paramLabel = "F",
            description = "Writes cycles by call path to this file, for speedscope. Slower: the run is interpreted.")
    private @Nullable Path profile;

    @Option(names = "-v", description = "Prints the run report to standard error.")
    private boolean verbose;

    @Mixin
    private RunLimits runLimits = new RunLimits();

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            converter = Amount.Count.class,
            description = "Most instructions in a segment, 16384 to 4194303. Default: 2097152.")
    private @Nullable Long segmentCycles;

    @Option(
            names = "--engine",
            paramLabel = "E",
            description = "One of ${COMPLETION-CANDIDATES}. They differ in speed only.")
    private @Nullable EngineKind engine;

    RunCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException {
        Limits limits = runLimits.limits();
        SegmentRule rule = segmentRule();
        EngineKind kind = engineKind();
        UserFiles.checkOutputs(
                Stream.concat(Stream.of(program), input.file().stream()).toList(),
                Stream.of(journal, profile, report).filter(Objects::nonNull).toList());
        RunReport result = run(limits, rule, kind);
        tell(result, spec.commandLine().getErr());
        if (report != null) {
            UserFiles.write(report, out -> RunReportJson.write(result, out));
        }
        return result.verdict().exitStatus();
    }

    private void tell(RunReport result, PrintWriter err) {
        String message = result.verdict().message();
        if (message != null) {
            err.println("aver: " + message);
        }
        if (result.execution() != null) {
            RunReportText.printLastInstructions(result.execution().outcome(), err);
        }
        if (verbose) {
            RunReportText.print(result, err);
        }
    }

    private SegmentRule segmentRule() {
        if (segmentCycles == null) {
            return SegmentRule.standard();
        }
        if (segmentCycles < SegmentRule.MIN_CYCLES || segmentCycles >= SegmentRule.CYCLE_BOUND) {
            throw misuse("Invalid value for option '--segment-cycles': " + segmentCycles + " is not in "
                    + SegmentRule.MIN_CYCLES + " to " + (SegmentRule.CYCLE_BOUND - 1));
        }
        return SegmentRule.ofCycles(segmentCycles.intValue());
    }

    private EngineKind engineKind() {
        if (profile != null) {
            if (engine != null && engine != EngineKind.INTERPRETER) {
                throw misuse("--profile needs the interpreter; leave out --engine " + engine);
            }
            return EngineKind.INTERPRETER;
        }
        return engine == null ? EngineKind.DEFAULT : engine;
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private RunReport run(Limits limits, SegmentRule rule, EngineKind kind) {
        long start = environment.nanoTime().getAsLong();
        String path = program.toString();
        ProgramFile file = new ProgramFile(path, 0, null);
        Input given = Input.empty();
        Program loaded;
        Executor executor;
        Profiler profiler = null;
        try {
            byte[] bytes = UserFiles.read(program, Program.MAX_FILE + 1);
            file = new ProgramFile(path, bytes.length, report == null ? null : RunReportJson.sha256(bytes));
            loaded = Program.fromElf(bytes);
            profiler = profile == null ? null : new Profiler(loaded);
            executor = new Executor(loaded, limits, rule, profiler == null ? kind.factory() : profiler.engines());
            given = input.read(environment, limits);
        } catch (CliException | InvalidProgramException e) {
            String message = String.valueOf(e.getMessage());
            Verdict verdict = e instanceof InvalidProgramException
                    ? Verdict.invalidProgram(path + " is not a program for this machine: " + message)
                    : Verdict.unreadable(message);
            return new RunReport(
                    verdict, file, kind.toString(), limits, rule.maxCycles(), 0, null, seconds(start), 0, List.of());
        }
        double loadSeconds = seconds(start);
        start = environment.nanoTime().getAsLong();
        GuestConsole console = new GuestConsole(environment.out(), environment.err());
        Execution execution;
        try (console) {
            execution = executor.run(given, console);
        }
        double wallSeconds = seconds(start);
        Verdict verdict = Verdict.of(execution.outcome());
        if (!console.failures().isEmpty()) {
            verdict = verdict.unwritten(console.failures());
        }
        List<SoftwareRoutine> routines;
        try {
            writeJournal(execution);
            if (profiler == null) {
                routines = report == null && !verbose ? List.of() : SoftwareRoutine.contained(loaded.symbols());
            } else {
                Profile result = profiler.profile(execution.cycles());
                routines = SoftwareRoutine.ran(result);
                writeProfile(result);
            }
        } catch (CliException e) {
            verdict = verdict.unwritten(String.valueOf(e.getMessage()));
            routines = List.of();
        }
        return new RunReport(
                verdict,
                file,
                kind.toString(),
                limits,
                rule.maxCycles(),
                given.length(),
                execution,
                loadSeconds,
                wallSeconds,
                routines);
    }

    private double seconds(long since) {
        return (environment.nanoTime().getAsLong() - since) / 1e9;
    }

    private void writeJournal(Execution execution) throws CliException {
        if (journal != null && execution.outcome() instanceof Outcome.Halted) {
            UserFiles.write(journal, out -> out.write(execution.journal()));
        }
    }

    private void writeProfile(Profile result) throws CliException {
        if (profile != null) {
            Path name = program.getFileName();
            UserFiles.write(
                    profile, out -> Speedscope.write(result, String.valueOf(name), "aver " + Main.VERSION, out));
        }
    }
}
