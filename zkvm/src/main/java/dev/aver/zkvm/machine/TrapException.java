package dev.aver.zkvm.machine;

/** Thrown inside the machine when it cannot go on; the executor turns it into a reported outcome. */
public final class TrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TrapCause cause;
    private final long value;

    /**
     * A trap; no stack trace, since the guest's place matters and not the host's.
     *
     * @param value what caused the trap: the address, the system call number or the encoding
     */
    public TrapException(TrapCause cause, long value) {
        super(cause.explanation() + ": 0x" + Long.toHexString(value), null, false, false);
        this.cause = cause;
        this.value = value;
    }

    public TrapCause trapCause() {
        return cause;
    }

    public long value() {
        return value;
    }
}
