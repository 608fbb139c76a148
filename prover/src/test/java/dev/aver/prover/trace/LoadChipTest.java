package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.LoadChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoadChipTest {
    private static final Op[] OPS = {Op.LB, Op.LH, Op.LW, Op.LBU, Op.LHU, Op.LWU};

    private final Recording recording = loads();
    private final LookupKeys keys = new LookupKeys(recording.program());
    private final LoadChip chip = new LoadChip();
    private final Trace trace = ChipAttack.trace(new LoadTrace(chip), Chip.LOAD, recording, 0, 1024);
    private final int rows = recording.segments().getFirst().table(Chip.LOAD).size();

    /** Every operation at every offset of every pattern that does not cross. */
    private static Recording loads() {
        Assembler code = MemoryAttack.words(new Assembler(), 4);
        Random random = new Random(6);
        int[] destinations = {0, 1, 7, 31};
        for (int at = 0; at < 32; at++) {
            for (Op op : OPS) {
                if ((at & 7) + Interpreter.accessSize(op) > 8) continue;
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
        // 8 offsets of bytes, 7 of halves, 5 of words; signed and unsigned; four patterns.
        assertThat(rows).isEqualTo((8 + 7 + 5) * 2 * 4);
        accepts(trace, keys);
    }

    @Test
    void noCellCanBeChanged() {
        // The rest of the window's first and last limb, where it has none: a byte that nothing reads.
        everyCellCounts(
                trace,
                keys,
                40,
                (column, row) -> {
                    int size = Interpreter.accessSize(MemoryAttack.op(recording, trace, row));
                    boolean odd = (offset(row) & 1) != 0;
                    return (column.equals("first rest") && !odd && size > 1)
                            || (column.equals("last rest") && !(odd && size > 1));
                },
                7);
    }

    @Test
    void noOtherAddressIsAccepted() {
        for (int row = 0; row < rows; row += 5) MemoryAttack.addressForgeries(trace, keys, chip.address, row);
    }

    @Test
    void theSignIsTheLoadedOne() {
        for (Op op : new Op[] {Op.LB, Op.LH, Op.LW}) {
            for (boolean sign : new boolean[] {false, true}) {
                int row = row(op, 0, sign);
                caught(trace, keys, "BYTE_PAIR", forged -> {
                    forged.set(chip.loaded.sign, row, sign ? 0 : 1);
                    for (int i = Interpreter.accessSize(op); i < 4; i++) {
                        forged.set(chip.loaded.bytes[i], row, sign ? 0 : 0xff);
                    }
                });
            }
        }
    }

    @Test
    void anUnsignedLoadExtendsNoSign() {
        for (Op op : new Op[] {Op.LBU, Op.LHU, Op.LWU}) {
            int row = MemoryAttack.rowWhere(
                    trace,
                    r -> MemoryAttack.op(recording, trace, r) == op
                            && trace.get(chip.loaded.bytes[Interpreter.accessSize(op) - 1], r) >= 128);
            int size = Interpreter.accessSize(op);
            int top = trace.get(chip.loaded.bytes[size - 1], row);
            caught(trace, keys, "top byte", forged -> extend(forged, row, size, top));
            caught(trace, keys, "BYTE_PAIR", forged -> extend(forged, row, size, 0));
            // As the signed form, which the program does not have there.
            caught(trace, keys, "PROGRAM", forged -> {
                extend(forged, row, size, top);
                forged.set(chip.loaded.unsigned, row, 0);
            });
        }
    }

    private void extend(Trace forged, int row, int size, int top) {
        forged.set(chip.loaded.sign, row, 1);
        forged.set(chip.loaded.top, row, top);
        for (int i = size; i < 4; i++) forged.set(chip.loaded.bytes[i], row, 0xff);
    }

    @Test
    void theBytesAreWhereTheAddressSays() {
        // The byte before is loaded instead: everything is consistent but the address.
        int row = row(Op.LBU, 3, false);
        caught(trace, keys, "limb 0 of the address", forged -> {
            forged.set(chip.placement.form(1, true), row, 0);
            forged.set(chip.placement.form(1, false), row, 1);
            int loaded = trace.get(chip.loaded.bytes[0], row);
            forged.set(chip.loaded.bytes[0], row, trace.get(chip.loaded.firstRest, row));
            forged.set(chip.loaded.firstRest, row, loaded);
        });
        // With the selector as it was, the two bytes change places.
        caught(trace, keys, "limb 0 of the window", forged -> {
            int loaded = trace.get(chip.loaded.bytes[0], row);
            forged.set(chip.loaded.bytes[0], row, trace.get(chip.loaded.firstRest, row));
            forged.set(chip.loaded.firstRest, row, loaded);
        });
    }

    @Test
    void partsOfALimbAreBytes() {
        // 256 moves from the high byte to the low one: the limb is the same.
        for (int offset = 0; offset < 8; offset++) {
            int row = row(Op.LBU, offset, false);
            int low = offset & 1;
            caught(trace, keys, "BYTE_PAIR", forged -> {
                long loaded = trace.get(chip.loaded.bytes[0], row);
                long rest = trace.get(chip.loaded.firstRest, row);
                forged.set(chip.loaded.bytes[0], row, low == 0 ? loaded + 256 : loaded - 1);
                forged.set(chip.loaded.firstRest, row, low == 0 ? rest - 1 : rest + 256);
            });
        }
    }

    @Test
    void aWiderLoadIsNotACrossingOne() {
        // The row as that of a load of two bytes at offset 7, the second of which is said to be 0.
        int row = row(Op.LBU, 7, false);
        caught(trace, keys, "does not cross", forged -> {
            forged.set(chip.placement.form(1, true), row, 0);
            forged.set(chip.placement.form(2, true), row, 1);
        });
        // Likewise four bytes at offset 6, of which two are said to be 0.
        int half = row(Op.LHU, 6, false);
        caught(trace, keys, "does not cross", forged -> {
            forged.set(chip.placement.form(2, false), half, 0);
            forged.set(chip.placement.form(4, false), half, 1);
        });
    }

    @Test
    void oneRowIsOneAccess() {
        int row = row(Op.LHU, 2, false);
        caught(trace, keys, "at most one selector", forged -> forged.set(chip.placement.form(1, false), row, 1));
        caught(trace, keys, "at most one selector", forged -> forged.set(chip.placement.limbs[2], row, 1));
    }
}
