package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.LoadCrossChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link LoadCrossChip}. */
public record LoadCrossTrace(LoadCrossChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.place(chip.placement.instruction, events, event, program, trace, row);
            long address = AccessFill.address(chip.address, chip.rs1, events, event, program, trace, row);
            int time = AccessFill.time(events, event);
            long word = events.wordBefore[event];
            trace.access(chip.word, row, word, events.wordTime[event], time);
            long word2 = events.word2Before[event];
            trace.access(chip.word2, row, word2, events.word2Time[event], time);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            LoadFill.fill(
                    chip.placement,
                    chip.loaded,
                    ProgramTable.op(fields),
                    (int) address & 7,
                    word,
                    word2,
                    events.rd[event],
                    trace,
                    row);
        }
    }
}
