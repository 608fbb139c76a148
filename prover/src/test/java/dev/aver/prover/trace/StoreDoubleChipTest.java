package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;

import dev.aver.circuits.chips.StoreDoubleChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import org.junit.jupiter.api.Test;

final class StoreDoubleChipTest {
    private static final int ROWS = 36;

    private final Recording recording = stores();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final StoreDoubleChip chip = new StoreDoubleChip();
    private final Trace trace = ChipAttack.trace(new StoreDoubleTrace(chip), Chip.STORE_DOUBLE, recording, 0, 256);

    /** Stores whose address carries in every limb, at every edge of memory; of x0, and of the base itself. */
    private static Recording stores() {
        Assembler code = new Assembler();
        long[] addresses = {
            MemoryAttack.WORDS, MemoryAttack.WORDS + 16, 0x1000, 0x7fff_fff8L, 0x8000_0000L, 0xffff_fdf8L
        };
        int[] values = {6, 7, 0};
        int count = 0;
        for (long address : addresses) {
            for (int imm : new int[] {0, 8, 3, -8, 2047, -2048}) {
                code.li(6, MemoryAttack.PATTERNS[count % 4]);
                MemoryAttack.base(code, 7, address, imm).store(Op.SD, values[count++ % 3], imm, 7);
            }
        }
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    @Test
    void acceptsEveryAddress() {
        accepts(trace, keys);
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace, keys, ROWS, (column, row) -> false, 5);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < ROWS; row++) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void misalignedAddressesAreNot() {
        caught(trace, keys, "BITS", forged -> {
            forged.set(chip.rs1.value()[0], 0, forged.get(chip.rs1.value()[0], 0) + 1);
            forged.set(chip.address.wordLow(), 0, forged.get(chip.address.wordLow(), 0) + MemoryAttack.EIGHTH);
        });
    }

    @Test
    void noOtherRowIsFetched() {
        // One instruction before, which is none of this table's.
        caught(
                trace,
                keys,
                "PROGRAM",
                forged -> forged.set(chip.instruction.row, 0, forged.get(chip.instruction.row, 0) - 2));
    }
}
