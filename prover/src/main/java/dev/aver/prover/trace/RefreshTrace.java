package dev.aver.prover.trace;

import dev.aver.circuits.chips.RefreshChip;
import dev.aver.zkvm.record.RefreshTable;

/** Fills {@link RefreshChip}. */
public record RefreshTrace(RefreshChip chip) {
    /**
     * Writes all refreshes into the first rows.
     *
     * @param trace a table of the chip, all zeros, with a row for each
     */
    public void fill(RefreshTable refreshes, Trace trace) {
        for (int row = 0; row < refreshes.size(); row++) {
            int before = refreshes.before[row];
            int time = refreshes.time[row];
            trace.set(chip.real, row, 1);
            trace.set(chip.register, row, refreshes.register[row]);
            trace.setLimbs(chip.value, row, refreshes.value[row]);
            trace.set(chip.before, row, before);
            trace.set(chip.time, row, time);
            trace.set(chip.restHigh, row, (time - before - 1) >>> 16);
            trace.set(chip.timeHigh, row, time >>> 16);
        }
    }
}
