package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills the table of one instruction chip from its events. Immutable. */
public interface ChipTrace {
    /** The table's definition. */
    Air air();

    /**
     * Writes events {@code first} to {@code first + count − 1} into rows 0 to {@code count − 1}, one row for each
     * event.
     *
     * @param trace a table of {@link #air}, all zeros, with at least {@code count} rows
     */
    void fill(EventTable events, int first, int count, ProgramTable program, Trace trace);
}
