package dev.aver.prover.trace;

import dev.aver.circuits.chips.LoadedBytes;
import dev.aver.circuits.chips.Placement;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;

/** What {@link LoadTrace} and {@link LoadCrossTrace} share. */
final class LoadFill {
    private LoadFill() {}

    /** Sets the flags of an access, of these bytes at this offset in its first word. */
    static void place(Placement placement, int bytes, int offset, Trace trace, int row) {
        trace.set(placement.form(bytes, (offset & 1) != 0), row, 1);
        if (offset > 1) trace.set(placement.limbs()[(offset >> 1) - 1], row, 1);
    }

    /** Byte {@code i}, 0 to 15, of two words. */
    static int byteAt(int i, long word, long word2) {
        return (int) ((i < 8 ? word : word2) >>> (8 * (i & 7))) & 0xff;
    }

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
        place(placement, size, offset, trace, row);
        boolean unsigned = op == Op.LBU || op == Op.LHU || op == Op.LWU;
        trace.set(loaded.unsigned, row, unsigned ? 1 : 0);
        for (int i = 0; i < loaded.bytes.length; i++) {
            trace.set(loaded.bytes[i], row, (result >>> (8 * i)) & 0xff);
        }
        boolean odd = (offset & 1) != 0;
        if (odd || size == 1) trace.set(loaded.firstRest, row, byteAt(offset ^ 1, word, word2));
        if (odd && size > 1) trace.set(loaded.lastRest, row, byteAt(offset + size, word, word2));
        if (!unsigned && size < 8) {
            int top = (int) (result >>> (8 * size - 8)) & 0xff;
            trace.set(loaded.top, row, top);
            trace.set(loaded.sign, row, top >>> 7);
        }
    }
}
