package dev.aver.cli;

/**
 * How the process ends when it does not end with the guest's own exit code. docs/cli.md lists them; a guest may exit
 * with the same numbers, so the run report's {@code outcome} is what decides.
 */
public enum ExitStatus {
    /** The receipt is not valid. */
    REJECTED(1),
    /** The job that was watched failed, was cancelled or expired. */
    NOT_COMPLETED(117),
    /** The server refused, or cannot be reached. */
    REFUSED(118),
    /** The run has no proof with these options. */
    NOT_PROVABLE(119),
    /** The command line is wrong. */
    USAGE(120),
    /** A file cannot be read or written. */
    FILE(121),
    /** The program is not one that the machine runs. */
    INVALID_PROGRAM(122),
    /** The guest trapped. */
    TRAP(123),
    /** The run reached a limit. */
    LIMIT(124),
    /** Aver could not start (the launcher's own failures) or failed inside. */
    FAILURE(125),
    /** The guest vouched for another journal than the one it wrote. */
    JOURNAL_MISMATCH(126);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }
}
