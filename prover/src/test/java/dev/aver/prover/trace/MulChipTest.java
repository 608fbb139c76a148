package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.MulChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class MulChipTest {
    private static final Op[] OPS = {Op.MUL, Op.MULH, Op.MULHSU, Op.MULHU, Op.MULW};
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        0xff,
        0xffff,
        0x10000,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x00ff_00ff_00ff_00ffL,
        0xff00_ff00_ff00_ff00L
    };

    private final MulChip chip = new MulChip();

    private static Recording recording(long[] xs, long[] ys) {
        Assembler code = new Assembler();
        for (long x : xs) {
            for (long y : ys) {
                code.li(5, x).li(6, y);
                for (Op op : OPS) code.reg(op, 7, 5, 6);
            }
            for (Op op : OPS) code.reg(op, 0, 5, 5).reg(op, 8, 5, 0);
        }
        for (Op op : OPS) code.reg(op, 5, 5, 5);
        return Recording.of(code.exit(0).build(), 1 << 18);
    }

    private Trace trace(Recording recording) {
        return ChipAttack.trace(new MulTrace(chip), Chip.MUL, recording, 0, 1 << 14);
    }

    private int row(Trace trace, Op op) {
        for (int row = 0; ; row++) if (trace.get(chip.instruction.is(op), row) == 1) return row;
    }

    @Test
    void acceptsEveryPairOfEdges() {
        Recording recording = recording(EDGES, EDGES);
        accepts(trace(recording), new LookupKeys(recording.program()));
    }

    @Test
    void acceptsRandomPairs() {
        long[] numbers = new Random(4).longs(12).toArray();
        Recording recording = recording(numbers, numbers);
        accepts(trace(recording), new LookupKeys(recording.program()));
    }

    @Test
    void noCellCanBeChanged() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {-3, 0x7fff_ffff_ffff_ffffL});
        Trace trace = trace(recording);
        // Carries of a half that is not computed.
        BiPredicate<String, Integer> free = (column, row) -> column.matches("carry\\[[4567]]")
                && trace.get(chip.instruction.is(Op.MUL), row) + trace.get(chip.instruction.is(Op.MULW), row) == 1;
        everyCellCounts(trace, new LookupKeys(recording.program()), 25, free, 5);
    }

    @Test
    void noEquationWrapsAroundTheModulus() {
        IntegerBounds bounds = new IntegerBounds(chip.air);
        bounds.holdOverTheIntegers("of the product");
        bounds.holdOverTheIntegers("result");
    }

    /** Settles the product's limbs from {@code from} on, leaving the carries. */
    private Forgery settle(Forgery forgery, int from, int to) {
        for (int i = from; i < to; i++) {
            String limb = "limb " + i + " of the product";
            if (i < 4) forgery.settle(chip.low[i], limb);
            else forgery.settle(chip.result[i - 4], limb + ", where it is the result");
        }
        return forgery;
    }

    @Test
    void cannotMoveWhatALimbHoldsIntoItsCarry() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {-3});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        for (int i = 0; i < 7; i++) {
            Op op = i < 4 ? Op.MUL : Op.MULHU;
            for (int by : new int[] {1, -1}) {
                Forgery forgery = Forgery.of(trace, row(trace, op)).add(chip.carries[i], by);
                settle(forgery, i, i < 4 ? 4 : 8);
                if (i < 4) for (int j = i; j < 4; j++) forgery.set(chip.result[j], forgery.get(chip.low[j]));
                forgery.isCaughtBy(keys, "RANGE[");
            }
        }
        // A last carry that swallows a limb: 2^-16 · limb, modulo p.
        Forgery forgery = Forgery.of(trace, row(trace, Op.MULHU));
        forgery.set(chip.result[3], 0).set(chip.carries[7], 0);
        int limb = trace.get(chip.result[3], row(trace, Op.MULHU));
        int carry = trace.get(chip.carries[7], row(trace, Op.MULHU));
        long inverse = 2130673921L; // of 2^16
        long p = KoalaBear.P;
        forgery.set(chip.carries[7], (carry + limb * inverse) % p).isCaughtBy(keys, "BITS[12,");
    }

    @Test
    void cannotChooseSigns() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL, 5}, new long[] {-3});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        for (Op op : new Op[] {Op.MULH, Op.MULHSU}) {
            Forgery unsigned = Forgery.of(trace, row(trace, op)).set(chip.sign1, 0);
            // MULHU's result would fit with its carries.
            settle(carriesFit(unsigned), 4, 8).isCaughtBy(keys, "BITS[15,");
        }
        Forgery mulh = Forgery.of(trace, row(trace, Op.MULH)).set(chip.sign2, 0);
        settle(carriesFit(mulh), 4, 8).isCaughtBy(keys, "BITS[15,");
        settle(carriesFit(Forgery.of(trace, row(trace, Op.MULHSU)).set(chip.sign2, 1)), 4, 8)
                .isCaughtBy(keys, "the second factor is signed in MULH only");
        settle(carriesFit(Forgery.of(trace, row(trace, Op.MULHU)).set(chip.sign1, 1)), 4, 8)
                .isCaughtBy(keys, "no sign in MUL and MULHU");
        Forgery word = Forgery.of(trace, row(trace, Op.MULW));
        word.set(chip.sign1, 1 - word.get(chip.sign1));
        for (int i = 2; i < 4; i++) word.set(chip.result[i], word.get(chip.sign1) * 0xffffL);
        word.isCaughtBy(keys, "BITS[15,");
    }

    /** Computes the high carries again for the signs that the row claims. */
    private Forgery carriesFit(Forgery forgery) {
        long x = limbs(forgery, chip.rs1.value());
        long y = limbs(forgery, chip.rs2.value());
        long carry = forgery.get(chip.carries[3]);
        for (int i = 4; i < 8; i++) {
            carry += ByteProducts.limb(x, y, i);
            carry -= forgery.get(chip.sign1) * (y >>> (16 * (i - 4)) & 0xffff);
            carry -= forgery.get(chip.sign2) * (x >>> (16 * (i - 4)) & 0xffff);
            carry >>= 16;
            forgery.set(chip.carries[i], carry);
        }
        return forgery;
    }

    private static long limbs(Forgery forgery, Column[] limbs) {
        long value = 0;
        for (int i = 0; i < 4; i++) value |= (long) forgery.get(limbs[i]) << (16 * i);
        return value;
    }
}
