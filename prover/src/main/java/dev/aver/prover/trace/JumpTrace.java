package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.JumpChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link JumpChip}. */
public record JumpTrace(JumpChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            if (ProgramTable.op(fields) == Op.JALR) {
                long x = events.rs1[event];
                long imm = program.imm(events.row[event]);
                long sum = x + imm;
                trace.read(chip.rs1, row, ProgramTable.rs1(fields), x, events.rs1Time[event]);
                trace.set(chip.immLow, row, imm & 0xffff);
                trace.set(chip.immHigh, row, imm < 0 ? 0xffff : 0);
                trace.set(chip.target, row, -(program.base() >> 1));
                trace.set(chip.half, row, (sum & 0xffff) >> 1);
                trace.set(chip.odd, row, sum & 1);
                trace.set(chip.upper, row, sum >> 16);
            } else {
                InstructionFill.idle(chip.rs1.before(), events, event, 0, trace, row);
                trace.set(chip.target, row, program.target(events.row[event]));
            }
            long link = events.rd[event];
            trace.set(chip.link[0], row, link & 0xffff);
            trace.set(chip.link[1], row, link >> 16);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
        }
    }
}
