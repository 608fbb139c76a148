package dev.aver.prover.trace;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.InstructionRow;
import dev.aver.circuits.chips.SecondOperand;
import dev.aver.zkvm.isa.Op;
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
    static int fill(
            InstructionRow instruction, EventTable events, int event, ProgramTable program, Trace trace, int row) {
        int fields = place(instruction, events, event, program, trace, row);
        trace.set(instruction.is(ProgramTable.op(fields)), row, 1);
        return fields;
    }

    /** As {@link #fill}, but sets no selector: for tables whose selectors are not operations. */
    static int place(
            InstructionRow instruction, EventTable events, int event, ProgramTable program, Trace trace, int row) {
        int fields = program.fields(events.row[event]);
        trace.set(instruction.row, row, events.row[event]);
        trace.set(instruction.clk, row, events.clk[event]);
        trace.set(instruction.step, row, ProgramTable.length(fields) / 2);
        return fields;
    }

    /** Fills in an access that event {@code event} does not make: nothing is later after it. */
    static void idle(Column before, EventTable events, int event, int slot, Trace trace, int row) {
        trace.set(before, row, 4L * events.clk[event] + slot);
    }

    /** Fills in the second operand of event {@code event}, and returns it. */
    static long second(SecondOperand second, EventTable events, int event, ProgramTable program, Trace trace, int row) {
        int fields = program.fields(events.row[event]);
        if (ProgramTable.op(fields).format() == Op.Format.R) {
            long value = events.rs2[event];
            trace.read(second.rs2(), row, ProgramTable.rs2(fields), value, events.rs2Time[event]);
            return value;
        }
        idle(second.rs2().before(), events, event, 1, trace, row);
        long imm = program.imm(events.row[event]);
        trace.set(second.immLow(), row, imm & 0xffff);
        trace.set(second.immHigh(), row, imm < 0 ? 0xffff : 0);
        return imm;
    }
}
