package dev.aver.cli;

import dev.aver.zkvm.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The limits of a run, as options of every verb that runs a program. */
public final class RunLimits {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--limit-cycles",
            paramLabel = "N",
            converter = Amount.Count.class,
            description = "Most instructions. Default: 2^40.")
    private @Nullable Long limitCycles;

    @Option(
            names = "--limit-memory",
            paramLabel = "SIZE",
            converter = Amount.Bytes.class,
            description = "Most memory accessed, in bytes or with k, m, g. Default: 1g.")
    private @Nullable Long limitMemory;

    @Option(
            names = "--limit-journal",
            paramLabel = "SIZE",
            converter = Amount.Bytes.class,
            description = "Longest journal. Default: 16m.")
    private @Nullable Long limitJournal;

    @Option(
            names = "--limit-input",
            paramLabel = "SIZE",
            converter = Amount.Bytes.class,
            description = "Longest input. Default: 512m.")
    private @Nullable Long limitInput;

    /** The standard limits, but for those given. */
    public Limits limits() {
        Limits limits = Limits.standard();
        if (limitCycles != null) {
            limits = limits.withCycles(limitCycles);
        }
        if (limitMemory != null) {
            limits = limits.withMemory(limitMemory);
        }
        if (limitJournal != null) {
            limits = limits.withJournal(atMost("--limit-journal", limitJournal));
        }
        if (limitInput != null) {
            limits = limits.withInput(atMost("--limit-input", limitInput));
        }
        return limits;
    }

    private long atMost(String option, long bytes) {
        if (bytes > Limits.MAX_BYTES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '" + option + "': " + bytes + " is more than " + Limits.MAX_BYTES);
        }
        return bytes;
    }
}
