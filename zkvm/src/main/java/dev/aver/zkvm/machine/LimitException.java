package dev.aver.zkvm.machine;

/**
 * Thrown inside the machine by what would pass one of the run's limits; the executor turns it into a reported outcome.
 */
public final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a run may be limited in. */
    public enum Limit {
        /** Instructions executed. */
        CYCLES,
        /** Bytes of distinct memory pages accessed. */
        MEMORY,
        /** Bytes written to the journal. */
        JOURNAL,
        /** Bytes of input. */
        INPUT
    }

    private final Limit limit;

    public LimitException(Limit limit) {
        super(limit.name(), null, false, false);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
