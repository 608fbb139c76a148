package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.LoadCrossChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoadCrossChipTest {
    private static final Op[] OPS = {Op.LH, Op.LHU, Op.LW, Op.LWU, Op.LD};
    /** Rows for one pair of words: two at offset 7, two at 5 to 7, one at 1 to 7. */
    private static final int ROWS = 2 + 2 * 3 + 7;

    private final Recording recording = loads();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final LoadCrossChip chip = new LoadCrossChip();
    private final Trace trace = ChipAttack.trace(new LoadCrossTrace(chip), Chip.LOAD_CROSS, recording, 0, 1024);
    private final int rows =
            recording.segments().getFirst().table(Chip.LOAD_CROSS).size();

    /** Every operation at every offset that crosses, of every pattern followed by another. */
    private static Recording loads() {
        Assembler code = MemoryAttack.words(new Assembler(), 5);
        Random random = new Random(10);
        int[] destinations = {0, 1, 7, 31};
        for (int at = 0; at < 32; at++) {
            for (Op op : OPS) {
                if ((at & 7) + Interpreter.accessSize(op) <= 8) continue;
                int imm = MemoryAttack.imm(random);
                MemoryAttack.base(code, 7, MemoryAttack.WORDS + at, imm);
                code.imm(op, destinations[random.nextInt(destinations.length)], 7, imm);
            }
        }
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    private int row(Op op, int offset, boolean sign) {
        return MemoryAttack.rowWhere(
                trace,
                row -> row < rows
                        && MemoryAttack.op(recording, trace, row) == op
                        && offset(row) == offset
                        && trace.get(chip.loaded.sign, row) == (sign ? 1 : 0));
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
        // At an even offset the window is whole limbs: the bytes that would complete it are read by nothing.
        everyCellCounts(trace, keys, ROWS, (column, row) -> column.endsWith(" rest") && (offset(row) & 1) == 0, 11);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < rows; row += 3) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void anUnsignedDoubleIsNoStore() {
        // The code of ld and the step from signed to unsigned is that of sb: an sb of x0 would load, into x0.
        assertThat(Op.LD.code() + Op.LBU.code() - Op.LB.code()).isEqualTo(Op.SB.code());
        int row = row(Op.LD, 3, false);
        caught(trace, keys, "an ld has no unsigned form", forged -> forged.set(chip.loaded.unsigned, row, 1));
    }

    @Test
    void theSignIsTheLoadedOne() {
        for (Op op : new Op[] {Op.LH, Op.LW}) {
            for (boolean sign : new boolean[] {false, true}) {
                int row = row(op, 7, sign);
                caught(trace, keys, "BYTE_PAIR", forged -> {
                    forged.set(chip.loaded.sign, row, sign ? 0 : 1);
                    for (int i = Interpreter.accessSize(op); i < 8; i++) {
                        forged.set(chip.loaded.bytes[i], row, sign ? 0 : 0xff);
                    }
                });
            }
        }
        // A double word has a sign that nothing extends.
        caught(trace, keys, "BYTE_PAIR", forged -> forged.set(chip.loaded.sign, row(Op.LD, 1, false), 1));
    }

    @Test
    void everyAccessCrosses() {
        // A word at offset 7 as one at offset 3, in the same row: its second word would have no part in it.
        int row = row(Op.LW, 7, false);
        caught(trace, keys, "crosses a word", forged -> {
            forged.set(chip.placement.limbs[2], row, 0);
            forged.set(chip.placement.limbs[0], row, 1);
        });
        int aligned = row(Op.LD, 2, false);
        caught(trace, keys, "crosses a word", forged -> forged.set(chip.placement.limbs[0], aligned, 0));
    }

    @Test
    void bytesComeFromTheirOwnWord() {
        // The words change places.
        for (int offset = 1; offset < 8; offset++) {
            int row = row(Op.LD, offset, false);
            caught(trace, keys, "of the window", forged -> {
                for (int i = 0; i < 4; i++) {
                    forged.set(chip.word.was()[i], row, trace.get(chip.word2.was()[i], row));
                    forged.set(chip.word2.was()[i], row, trace.get(chip.word.was()[i], row));
                }
            });
        }
    }

    @Test
    void partsOfALimbAreBytes() {
        // 256 moves across the middle of each limb of the window.
        int row = row(Op.LD, 7, false);
        for (int i = 0; i <= 8; i += 2) {
            var low = i == 0 ? chip.loaded.firstRest : chip.loaded.bytes[i - 1];
            var high = i == 8 ? chip.loaded.lastRest : chip.loaded.bytes[i];
            caught(trace, keys, "BYTE_PAIR", forged -> {
                forged.set(low, row, forged.get(low, row) + 256);
                forged.set(high, row, forged.get(high, row) - 1);
            });
        }
    }
}
