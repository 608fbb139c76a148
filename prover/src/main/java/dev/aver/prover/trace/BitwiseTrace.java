package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.BitwiseChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link BitwiseChip}. */
public record BitwiseTrace(BitwiseChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            long x = events.rs1[event];
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), x, events.rs1Time[event]);
            long y = InstructionFill.second(chip.second, events, event, program, trace, row);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            trace.setLimbs(chip.result, row, events.rd[event]);
            highBytes(chip.firstHigh, x, trace, row);
            highBytes(chip.secondHigh, y, trace, row);
            for (int i = 0; i < 8; i++) trace.set(chip.and[i], row, (x & y) >>> (8 * i) & 0xff);
        }
    }

    private static void highBytes(Column[] columns, long value, Trace trace, int row) {
        for (int i = 0; i < 4; i++) trace.set(columns[i], row, value >>> (16 * i + 8) & 0xff);
    }
}
