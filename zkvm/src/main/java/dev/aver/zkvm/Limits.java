package dev.aver.zkvm;

import dev.aver.zkvm.machine.LimitException.Limit;

/**
 * What a run may use. Reaching a limit is a named outcome ({@link Outcome.LimitReached}), never a crash.
 *
 * @param cycles most instructions
 * @param memory most bytes in distinct pages accessed
 * @param journal most bytes of journal
 * @param input most bytes of input
 */
public record Limits(long cycles, long memory, long journal, long input) {
    private static final Limits STANDARD = new Limits(1L << 40, 1L << 30, 16L << 20, 512L << 20);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException where one is negative, or the journal's or input's is above {@link #MAX_BYTES}
     */
    public Limits {
        if (cycles < 0 || memory < 0 || journal < 0 || input < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
        if (journal > MAX_BYTES || input > MAX_BYTES) {
            throw new IllegalArgumentException("journal and input limits must be at most " + MAX_BYTES + " bytes");
        }
    }

    /** Largest limit for input and journal. */
    public static final long MAX_BYTES = 1L << 30;

    /** 2^40 cycles, 1 GiB of memory, 16 MiB of journal, 512 MiB of input. */
    public static Limits standard() {
        return STANDARD;
    }

    public Limits withCycles(long value) {
        return new Limits(value, memory, journal, input);
    }

    public Limits withMemory(long value) {
        return new Limits(cycles, value, journal, input);
    }

    public Limits withJournal(long value) {
        return new Limits(cycles, memory, value, input);
    }

    public Limits withInput(long value) {
        return new Limits(cycles, memory, journal, value);
    }

    /** The value of one limit. */
    public long of(Limit limit) {
        return switch (limit) {
            case CYCLES -> cycles;
            case MEMORY -> memory;
            case JOURNAL -> journal;
            case INPUT -> input;
        };
    }
}
