package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.StoreCrossChip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import java.util.Arrays;

/** Fills {@link StoreCrossChip}. */
public record StoreCrossTrace(StoreCrossChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        Column[] limbs2 = Arrays.copyOfRange(chip.stored.limbs, 4, 8);
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.place(chip.placement.instruction, events, event, program, trace, row);
            long address = AccessFill.address(chip.address, chip.rs1, events, event, program, trace, row);
            long value = events.rs2[event];
            trace.read(chip.rs2, row, ProgramTable.rs2(fields), value, events.rs2Time[event]);
            int time = AccessFill.time(events, event);
            long word = events.wordBefore[event];
            trace.access(chip.word, row, word, events.wordTime[event], time);
            trace.setLimbs(chip.stored.limbs, row, events.word[event]);
            long word2 = events.word2Before[event];
            trace.access(chip.word2, row, word2, events.word2Time[event], time);
            trace.setLimbs(limbs2, row, events.word2[event]);
            StoreFill.fill(
                    chip.placement,
                    chip.stored,
                    ProgramTable.op(fields),
                    (int) address & 7,
                    value,
                    word,
                    word2,
                    trace,
                    row);
        }
    }
}
