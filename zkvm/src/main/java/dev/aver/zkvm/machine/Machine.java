package dev.aver.zkvm.machine;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/**
 * The state of a running machine, and the counts that an engine (interpreter or translated code) adds to as it
 * executes. Fields are public because they are the engines' working set; no one else writes them.
 */
public final class Machine {
    /** Register file: x0 … x31, the sink, the reservation. x[0] is always 0. */
    public final long[] x = new long[ProgramTable.REGISTERS];
    /** Row of the next instruction; may lie outside the table, where the fetch traps. */
    public int row;
    /** Set when the guest ended the run. */
    public @Nullable Halt halt;

    public final Memory memory;
    public final Host host;

    /**
     * Instructions executed per chip since the meter last took them, by chip ordinal; crossing loads and stores are not
     * yet told apart.
     */
    public final int[] rows = new int[Chip.INSTRUCTION_CHIPS];
    /** Bit set of register file indices accessed since the meter last took it. */
    public long used;

    public Machine(Memory memory, Host host, int row) {
        this.memory = memory;
        this.host = host;
        this.row = row;
    }

    /**
     * How the guest ended the run.
     *
     * @param exitCode low 32 bits of a0
     * @param digestAddress where the journal's digest is; 0 for exit, whose journal is empty
     */
    public record Halt(int exitCode, long digestAddress) {}
}
