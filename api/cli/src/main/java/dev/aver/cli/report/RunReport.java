package dev.aver.cli.report;

import dev.aver.cli.ExitStatus;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to tell about a run, or about why there was none.
 *
 * @param verdict how it ended
 * @param program the file given
 * @param engine name of the engine
 * @param limits the run's limits
 * @param segmentCycles most cycles in a segment
 * @param inputBytes length of the input
 * @param execution the run; null if it did not begin
 * @param loadSeconds wall time to read, check and decode the program
 * @param wallSeconds wall time of the execution alone
 * @param warnings what the user may want to change
 */
public record RunReport(
        Verdict verdict,
        ProgramFile program,
        String engine,
        Limits limits,
        int segmentCycles,
        long inputBytes,
        @Nullable Execution execution,
        double loadSeconds,
        double wallSeconds,
        List<SoftwareRoutine> warnings) {

    /**
     * The program file as given.
     *
     * @param bytes its length; 0 if it could not be read
     * @param sha256 its digest, 64 hexadecimal digits; null if it could not be read
     */
    public record ProgramFile(
            String path, long bytes, @Nullable String sha256) {}

    /**
     * How a run ended, in the terms of the report and of the process.
     *
     * @param outcome its name in the report
     * @param exitStatus how the process ends
     * @param exitCode the guest's exit code, all 32 bits; null if it did not end by itself
     * @param message for the user; null if there is nothing to say
     */
    public record Verdict(
            String outcome,
            int exitStatus,
            @Nullable Integer exitCode,
            @Nullable String message) {

        /** The guest ended the run. */
        public static final String HALTED = "halted";

        /** No run, for want of a file. */
        public static Verdict unreadable(String message) {
            return new Verdict("unreadable-file", ExitStatus.FILE.code(), null, message);
        }

        /** No run, for want of a program. */
        public static Verdict invalidProgram(String message) {
            return new Verdict("invalid-program", ExitStatus.INVALID_PROGRAM.code(), null, message);
        }

        /** A run's verdict. */
        public static Verdict of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Halted(int exitCode) -> new Verdict(HALTED, exitCode & 255, exitCode, null);
                case Outcome.JournalMismatch(int exitCode, String claimed, String actual) ->
                    new Verdict(
                            "journal-mismatch",
                            ExitStatus.JOURNAL_MISMATCH.code(),
                            exitCode,
                            "the guest halted with journal digest " + claimed
                                    + ", but what it wrote to fd 3 has digest " + actual
                                    + "; a guest without the SDK must pass halt the SHA-256 of its journal");
                case Outcome.Trapped(var cause, long value, var where) ->
                    new Verdict(
                            "trapped",
                            ExitStatus.TRAP.code(),
                            null,
                            "trap: " + cause.explanation() + ": 0x" + Long.toHexString(value) + place(where));
                case Outcome.LimitReached(var limit, long allowed, var where) -> {
                    String name = limit.name().toLowerCase(Locale.ROOT);
                    String unit = name.equals("cycles") ? "" : " bytes";
                    yield new Verdict(
                            "limit-reached",
                            ExitStatus.LIMIT.code(),
                            null,
                            "limit reached: " + name + ", " + allowed + unit + (where == null ? "" : place(where))
                                    + "; raise it with --limit-" + name);
                }
            };
        }

        private static String place(Outcome.Location where) {
            return ", at " + where.function() + " (pc 0x" + Long.toHexString(where.pc()) + ")";
        }

        /** The same run, of which the user does not get all: some output could not be written. */
        public Verdict unwritten(String problem) {
            String text = message == null ? problem : message + "; " + problem;
            boolean guestsOwn = outcome.equals(HALTED);
            return new Verdict(outcome, guestsOwn ? ExitStatus.FILE.code() : exitStatus, exitCode, text);
        }
    }
}
