package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;

import dev.aver.circuits.chips.LoadDoubleChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoadDoubleChipTest {
    private final Recording recording = loads();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final LoadDoubleChip chip = new LoadDoubleChip();
    private final Trace trace = ChipAttack.trace(new LoadDoubleTrace(chip), Chip.LOAD_DOUBLE, recording, 0, 256);

    /** Loads whose address carries in every limb, from every edge of memory, into every kind of register. */
    private static Recording loads() {
        Assembler code = MemoryAttack.words(new Assembler(), 4);
        Random random = new Random(3);
        long[] addresses = {
            MemoryAttack.WORDS, MemoryAttack.WORDS + 16, 0x1000, 0x7fff_fff8L, 0x8000_0000L, 0xffff_0000L, 0xffff_fdf8L
        };
        int[] destinations = {0, 1, 7, 31};
        for (long address : addresses) {
            for (int imm : new int[] {0, 8, 3, -8, 2047, -2048}) {
                MemoryAttack.base(code, 7, address, imm);
                code.imm(Op.LD, destinations[random.nextInt(destinations.length)], 7, imm);
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
        everyCellCounts(trace, keys, 42, (column, row) -> false, 4);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < 42; row++) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void misalignedAddressesAreNot() {
        // rs1 is one higher, and the word's index takes the eighth that is left over.
        caught(trace, keys, "BITS", forged -> {
            forged.set(chip.rs1.value()[0], 0, forged.get(chip.rs1.value()[0], 0) + 1);
            forged.set(chip.address.wordLow(), 0, forged.get(chip.address.wordLow(), 0) + MemoryAttack.EIGHTH);
        });
    }

    @Test
    void highAddressesAreNot() {
        // rs1 has a bit above 2^32: no carry makes up for it, wherever it is.
        for (int limb = 2; limb < 4; limb++) {
            int at = limb;
            caught(
                    trace,
                    keys,
                    "limb " + limb + " of the address",
                    forged -> forged.set(
                            chip.rs1.value()[at], 0, forged.get(chip.rs1.value()[at], 0) + 2));
        }
    }
}
