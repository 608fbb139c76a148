package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.StoreCrossChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoreCrossChipTest {
    private static final Op[] OPS = {Op.SH, Op.SW, Op.SD};
    /** Rows for one pair of words: one at offset 7, one at 5 to 7, one at 1 to 7. */
    private static final int ROWS = 1 + 3 + 7;

    private final Recording recording = stores();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final StoreCrossChip chip = new StoreCrossChip();
    private final Trace trace = ChipAttack.trace(new StoreCrossTrace(chip), Chip.STORE_CROSS, recording, 0, 1024);
    private final int rows =
            recording.segments().getFirst().table(Chip.STORE_CROSS).size();

    /** Every operation at every offset that crosses, of random values, x0 and the base. */
    private static Recording stores() {
        Assembler code = MemoryAttack.words(new Assembler(), 5);
        Random random = new Random(12);
        int[] values = {6, 6, 0, 7};
        for (int at = 0; at < 32; at++) {
            for (Op op : OPS) {
                if ((at & 7) + Interpreter.accessSize(op) <= 8) continue;
                int imm = MemoryAttack.imm(random);
                code.li(6, random.nextLong());
                MemoryAttack.base(code, 7, MemoryAttack.WORDS + at, imm);
                code.store(op, values[random.nextInt(values.length)], imm, 7);
            }
        }
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    private int row(Op op, int offset) {
        return MemoryAttack.rowWhere(
                trace, row -> row < rows && MemoryAttack.op(recording, trace, row) == op && offset(row) == offset);
    }

    private int offset(int row) {
        return (trace.get(chip.rs1.value()[0], row) + trace.get(chip.address.immLow(), row)) & 7;
    }

    @Test
    void acceptsEveryOffset() {
        assertThat(rows).isEqualTo(4 * ROWS);
        accepts(trace, keys);
    }

    @Test
    void noCellCanBeChanged() {
        // Bytes of a last limb, at an even offset, where whole limbs are replaced: nothing reads them.
        everyCellCounts(
                trace,
                keys,
                ROWS,
                (column, row) -> column.startsWith("last limb's byte") && (offset(row) & 1) == 0,
                13);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < rows; row += 2) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void whatIsNotStoredStays() {
        for (int row = 0; row < ROWS; row++) {
            int at = row;
            for (int limb = 0; limb < 8; limb++) {
                Column column = chip.stored.limbs[limb];
                caught(
                        trace,
                        keys,
                        "limb " + limb + " afterwards",
                        forged -> forged.set(column, at, forged.get(column, at) ^ 0x0101));
            }
        }
    }

    @Test
    void everyAccessCrosses() {
        int row = row(Op.SW, 7);
        caught(trace, keys, "crosses a word", forged -> {
            forged.set(chip.placement.limbs[2], row, 0);
            forged.set(chip.placement.limbs[0], row, 1);
        });
        int aligned = row(Op.SD, 2);
        caught(trace, keys, "crosses a word", forged -> forged.set(chip.placement.limbs[0], aligned, 0));
    }

    @Test
    void theBytesBesideAreKept() {
        // The byte before, and the byte behind, of a store at every odd offset.
        for (int offset = 1; offset < 8; offset += 2) {
            int row = row(Op.SD, offset);
            Column first = chip.stored.limbs[offset / 2];
            Column last = chip.stored.limbs[offset / 2 + 4];
            caught(trace, keys, "BYTE_PAIR", forged -> {
                Column[] was = chip.stored.firstWas;
                forged.set(was[0], row, forged.get(was[0], row) + 256);
                forged.set(was[1], row, forged.get(was[1], row) - 1);
                forged.set(first, row, forged.get(first, row) + 256);
            });
            caught(trace, keys, "BYTE_PAIR", forged -> {
                Column[] was = chip.stored.lastWas;
                forged.set(was[0], row, forged.get(was[0], row) + 256);
                forged.set(was[1], row, forged.get(was[1], row) - 1);
                forged.set(last, row, forged.get(last, row) - 256);
            });
        }
    }

    @Test
    void theBytesStoredAreThoseOfTheRegister() {
        // At an odd offset, 256 moves across the middle of a limb of rs2, and so between two limbs of memory.
        for (int offset = 1; offset < 8; offset += 2) {
            int row = row(Op.SD, offset);
            for (int i = 0; i < 4; i++) {
                Column low = chip.stored.low[i];
                Column limb = chip.stored.limbs[offset / 2 + i];
                Column next = chip.stored.limbs[offset / 2 + i + 1];
                caught(trace, keys, "BYTE_PAIR", forged -> {
                    forged.set(low, row, forged.get(low, row) + 256);
                    forged.set(limb, row, forged.get(limb, row) + (1 << 16));
                    forged.set(next, row, forged.get(next, row) - 1);
                });
            }
        }
    }
}
