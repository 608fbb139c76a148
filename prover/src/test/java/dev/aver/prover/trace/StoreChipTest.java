package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.StoreChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoreChipTest {
    private static final Op[] OPS = {Op.SB, Op.SH, Op.SW};

    private final Recording recording = stores();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final StoreChip chip = new StoreChip();
    private final Trace trace = ChipAttack.trace(new StoreTrace(chip), Chip.STORE, recording, 0, 1024);
    private final int rows = recording.segments().getFirst().table(Chip.STORE).size();

    /** Every operation at every offset of every pattern that does not cross, of a pattern, x0 or the base. */
    private static Recording stores() {
        Assembler code = MemoryAttack.words(new Assembler(), 4);
        Random random = new Random(8);
        int[] values = {6, 6, 0, 7};
        for (int at = 0; at < 32; at++) {
            for (Op op : OPS) {
                if ((at & 7) + Interpreter.accessSize(op) > 8) continue;
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
        assertThat(rows).isEqualTo((8 + 7 + 5) * 4);
        accepts(trace, keys);
    }

    @Test
    void noCellCanBeChanged() {
        // Bytes of a last limb, in rows that replace whole limbs or one byte: a decomposition that nothing reads.
        everyCellCounts(
                trace,
                keys,
                20,
                (column, row) -> {
                    int size = Interpreter.accessSize(MemoryAttack.op(recording, trace, row));
                    return column.startsWith("last limb's byte") && ((offset(row) & 1) == 0 || size == 1);
                },
                9);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < rows; row += 3) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void whatIsNotStoredStays() {
        for (Op op : OPS) {
            for (int offset = 0; offset + Interpreter.accessSize(op) <= 8; offset++) {
                int row = row(op, offset);
                for (int limb = 0; limb < 4; limb++) {
                    Column column = chip.stored.limbs[limb];
                    caught(
                            trace,
                            keys,
                            "limb " + limb + " afterwards",
                            forged -> forged.set(column, row, forged.get(column, row) ^ 0x0101));
                }
            }
        }
    }

    @Test
    void theByteBesideIsKept() {
        // The split of the first limb moved by one: the byte kept is another one, and the limb after follows.
        for (int offset = 0; offset < 8; offset++) {
            int row = row(Op.SB, offset);
            boolean odd = (offset & 1) == 1;
            Column limb = chip.stored.limbs[offset / 2];
            caught(trace, keys, "BYTE_PAIR", forged -> {
                Column[] was = chip.stored.firstWas;
                forged.set(was[0], row, forged.get(was[0], row) + 256);
                forged.set(was[1], row, forged.get(was[1], row) - 1);
                forged.set(limb, row, forged.get(limb, row) + (odd ? 256 : -256));
            });
        }
        for (int offset = 1; offset < 7; offset += 2) {
            int row = row(Op.SH, offset);
            Column limb = chip.stored.limbs[offset / 2 + 1];
            caught(trace, keys, "BYTE_PAIR", forged -> {
                Column[] was = chip.stored.lastWas;
                forged.set(was[0], row, forged.get(was[0], row) - 256);
                forged.set(was[1], row, forged.get(was[1], row) + 1);
                forged.set(limb, row, forged.get(limb, row) + 256);
            });
        }
    }

    @Test
    void theByteStoredIsThatOfTheRegister() {
        // 256 moves within the limb of rs2: its low byte is said to be larger, the high one smaller.
        for (int offset = 0; offset < 8; offset++) {
            int row = row(Op.SB, offset);
            int shift = 8 * (offset & 1);
            Column limb = chip.stored.limbs[offset / 2];
            caught(trace, keys, "BYTE_PAIR", forged -> {
                forged.set(chip.stored.low[0], row, forged.get(chip.stored.low[0], row) + 256);
                forged.set(limb, row, forged.get(limb, row) + (256L << shift));
            });
            // Any other byte: then the high one is not a whole number.
            caught(trace, keys, "BYTE_PAIR", forged -> {
                int low = forged.get(chip.stored.low[0], row);
                forged.set(chip.stored.low[0], row, low ^ 1);
                forged.set(limb, row, forged.get(limb, row) + ((long) ((low ^ 1) - low) << shift));
            });
        }
    }

    @Test
    void nothingIsStoredBehindTheWord() {
        // A row of one byte at offset 7 as one of two bytes, whose second byte goes nowhere.
        int row = row(Op.SB, 7);
        caught(trace, keys, "does not cross", forged -> {
            forged.set(chip.placement.form(1, true), row, 0);
            forged.set(chip.placement.form(2, true), row, 1);
        });
        int half = row(Op.SH, 6);
        caught(trace, keys, "does not cross", forged -> {
            forged.set(chip.placement.form(2, false), half, 0);
            forged.set(chip.placement.form(4, false), half, 1);
        });
    }

    @Test
    void theFormIsThatOfTheOperation() {
        // Two bytes where the program stores one, and one where it stores two.
        int one = row(Op.SB, 2);
        caught(trace, keys, "PROGRAM", forged -> {
            forged.set(chip.placement.form(1, false), one, 0);
            forged.set(chip.placement.form(2, false), one, 1);
            forged.set(chip.stored.limbs[1], one, forged.get(chip.rs2.value()[0], one));
        });
        int two = row(Op.SH, 2);
        caught(trace, keys, "PROGRAM", forged -> {
            forged.set(chip.placement.form(2, false), two, 0);
            forged.set(chip.placement.form(1, false), two, 1);
            long kept = 256L * forged.get(chip.stored.firstWas[1], two);
            forged.set(chip.stored.limbs[1], two, kept + forged.get(chip.stored.low[0], two));
        });
    }

    @Test
    void anotherLimbIsAnotherAddress() {
        int row = row(Op.SH, 2);
        caught(trace, keys, "limb 0 of the address", forged -> {
            forged.set(chip.placement.limbs[0], row, 0);
            forged.set(chip.placement.limbs[1], row, 1);
        });
    }
}
