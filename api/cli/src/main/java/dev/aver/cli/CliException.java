package dev.aver.cli;

/** Ends a verb: a message for the user that names the offending value and the way out, and the exit status. */
public final class CliException extends Exception {
    private final ExitStatus status;

    /** A failure to tell the user about; {@code message} is one line without a full stop at its end. */
    public CliException(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** How the process ends. */
    public ExitStatus status() {
        return status;
    }
}
