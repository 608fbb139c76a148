package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/** What translated code works on, and hands from region to region: registers, memory, fuel and packed counts. */
final class Frame {
    final long[] x;
    final Memory memory;
    final byte[] @Nullable [] live;

    /** Row of the next instruction. */
    int row;
    /** Instructions that may still be executed in this stride. */
    int fuel;
    /** Rows per chip, packed: see {@link Lanes}. */
    long a;

    long b;
    long c;
    /** Rows of {@link Chip#DIV} and {@link Chip#ATOMIC}, too rare and slow for a lane. */
    int div;

    int atomic;
    /** Bit set of register file indices accessed. */
    long used;

    private final Interpreter interpreter;

    Frame(ProgramTable table, Machine machine) {
        this.x = machine.x;
        this.memory = machine.memory;
        this.live = machine.memory.live();
        this.interpreter = new Interpreter(table, machine, null);
    }

    /** Executes the LR, SC or AMO of a row on {@link #x}. */
    void atomic(int row) {
        atomic++;
        interpreter.atomic(row);
    }

    /** Executes a DIV row's share of the counting. */
    void div() {
        div++;
    }

    /** Adds the counts to the machine's and clears them. {@code executed} instructions made them. */
    void take(Machine machine, int executed) {
        int[] rows = machine.rows;
        int others = div + atomic;
        rows[Chip.DIV.ordinal()] += div;
        rows[Chip.ATOMIC.ordinal()] += atomic;
        others += Lanes.A.unpack(a, rows);
        others += Lanes.B.unpack(b, rows);
        others += Lanes.C.unpack(c, rows);
        rows[Lanes.REST.ordinal()] += executed - others;
        machine.used |= used;
        a = 0;
        b = 0;
        c = 0;
        div = 0;
        atomic = 0;
        used = 0;
    }
}
