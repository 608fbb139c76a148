package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.LoadDoubleChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link LoadDoubleChip}. */
public record LoadDoubleTrace(LoadDoubleChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            AccessFill.address(chip.address, chip.rs1, events, event, program, trace, row);
            int time = AccessFill.time(events, event);
            trace.access(chip.word, row, events.wordBefore[event], events.wordTime[event], time);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
        }
    }
}
