package dev.aver.prover.trace;

import dev.aver.circuits.chips.InstructionRow;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** What every instruction chip's filler writes first. */
final class InstructionFill {
    private InstructionFill() {}

    /**
     * Fills in where and when event {@code event} happened and what it executed.
     *
     * @return the program table's fields of its row
     */
    static int fill(InstructionRow instruction, EventTable events, int event, ProgramTable program, Trace trace, int row) {
        int fields = place(instruction, events, event, program, trace, row);
        trace.set(instruction.is(ProgramTable.op(fields)), row, 1);
        return fields;
    }

    /** As {@link #fill}, but sets no selector: for tables whose selectors are not operations. */
    static int place(InstructionRow instruction, EventTable events, int event, ProgramTable program, Trace trace, int row) {
        int fields = program.fields(events.row[event]);
        trace.set(instruction.row, row, events.row[event]);
        trace.set(instruction.clk, row, events.clk[event]);
        trace.set(instruction.step, row, ProgramTable.length(fields) / 2);
        return fields;
    }
}
