package dev.aver.prover.trace;

import dev.aver.circuits.chips.Placement;
import dev.aver.circuits.chips.StoredBytes;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;

/** What {@link StoreTrace} and {@link StoreCrossTrace} share. */
final class StoreFill {
    private StoreFill() {}

    /**
     * Fills in a store, but for the limbs stored.
     *
     * @param value rs2
     * @param word the first word before, {@code word2} the second one or 0
     */
    static void fill(
            Placement placement,
            StoredBytes stored,
            Op op,
            int offset,
            long value,
            long word,
            long word2,
            Trace trace,
            int row) {
        int size = Interpreter.accessSize(op);
        AccessFill.place(placement, size, offset, trace, row);
        for (int i = 0; i < stored.low.length; i++) trace.set(stored.low[i], row, (value >>> (16 * i)) & 0xff);
        int first = offset & -2;
        boolean straddles = (offset & 1) != 0 && size > 1;
        for (int i = 0; i < 2; i++) {
            trace.set(stored.firstWas[i], row, AccessFill.byteAt(first + i, word, word2));
            if (straddles) trace.set(stored.lastWas[i], row, AccessFill.byteAt(first + size + i, word, word2));
        }
    }
}
