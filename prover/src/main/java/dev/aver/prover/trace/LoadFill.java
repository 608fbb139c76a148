package dev.aver.prover.trace;

import dev.aver.circuits.chips.LoadedBytes;
import dev.aver.circuits.chips.Placement;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;

/** What {@link LoadTrace} and {@link LoadCrossTrace} share. */
final class LoadFill {
    private LoadFill() {}

    /**
     * Fills in a load.
     *
     * @param result what goes into rd
     */
    static void fill(
            Placement placement,
            LoadedBytes loaded,
            Op op,
            int offset,
            long word,
            long word2,
            long result,
            Trace trace,
            int row) {
        int size = Interpreter.accessSize(op);
        AccessFill.place(placement, size, offset, trace, row);
        boolean unsigned = op == Op.LBU || op == Op.LHU || op == Op.LWU;
        trace.set(loaded.unsigned, row, unsigned ? 1 : 0);
        for (int i = 0; i < loaded.bytes.length; i++) {
            trace.set(loaded.bytes[i], row, (result >>> (8 * i)) & 0xff);
        }
        boolean odd = (offset & 1) != 0;
        if (odd || size == 1) trace.set(loaded.firstRest, row, AccessFill.byteAt(offset ^ 1, word, word2));
        if (odd && size > 1) trace.set(loaded.lastRest, row, AccessFill.byteAt(offset + size, word, word2));
        if (!unsigned && size < 8) {
            int top = (int) (result >>> (8 * size - 8)) & 0xff;
            trace.set(loaded.top, row, top);
            trace.set(loaded.sign, row, top >>> 7);
        }
    }
}
