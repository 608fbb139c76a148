package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.ShiftChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class ShiftChipTest {
    private static final Op[] REGISTER = {Op.SLL, Op.SRL, Op.SRA, Op.SLLW, Op.SRLW, Op.SRAW};
    private static final Op[] IMMEDIATE = {Op.SLLI, Op.SRLI, Op.SRAI, Op.SLLIW, Op.SRLIW, Op.SRAIW};
    private static final Set<Op> WORD = Set.of(Op.SLLIW, Op.SRLIW, Op.SRAIW);

    private final ShiftChip chip = new ShiftChip();

    /** Every operation on every operand by every amount; the constants are loaded with shifts too. */
    private static Recording recording(long[] operands, long[] amounts) {
        Assembler code = new Assembler();
        for (long operand : operands) {
            code.li(5, operand);
            for (long amount : amounts) {
                code.li(6, amount);
                for (Op op : REGISTER) code.reg(op, 7, 5, 6);
                for (Op op : IMMEDIATE) code.imm(op, 8, 5, amount & (WORD.contains(op) ? 31 : 63));
            }
        }
        code.reg(Op.SLL, 5, 5, 5).reg(Op.SRA, 0, 5, 0).reg(Op.SRL, 6, 0, 5).imm(Op.SRAI, 5, 5, 0);
        return Recording.of(code.exit(0).build(), 1 << 18);
    }

    private Trace trace(Recording recording, int most) {
        return ChipAttack.trace(new ShiftTrace(chip), Chip.SHIFT, recording, 0, most);
    }

    @Test
    void acceptsEveryAmountAndIgnoresTheRestOfTheRegister() {
        long[] operands = {
            0, 1, -1, Long.MIN_VALUE, 0x8000_7fff_8000_7fffL, 0x7fff_8000_7fff_8000L, 0x0123_4567_89ab_cdefL
        };
        long[] amounts = new long[130];
        for (int i = 0; i < 128; i++) amounts[i] = i;
        amounts[128] = -1;
        amounts[129] = 0xabcd_ef01_2345_ffc0L;
        Recording recording = recording(operands, amounts);
        Trace trace = trace(recording, 1 << 15);
        assertThat(recording.segments().getFirst().table(Chip.SHIFT).size()).isGreaterThan(7 * 130 * 12);
        accepts(trace, new LookupKeys(recording.program()));
    }

    @Test
    void noCellCanBeChanged() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {0x7fff_0000_0001_0035L, 64});
        Trace trace = trace(recording, 1 << 8);
        // The register that an immediate form does not read: what it would hold, and when.
        BiPredicate<String, Integer> free = (column, row) ->
                immediate(trace, row) && (column.equals("rs2 before") || column.matches("rs2 value\\[[123]]"));
        everyCellCounts(trace, new LookupKeys(recording.program()), 46, free, 3);
    }

    private boolean immediate(Trace trace, int row) {
        for (Op op : IMMEDIATE) if (trace.get(chip.instruction.is(op), row) == 1) return true;
        return false;
    }

    @Test
    void noEquationWrapsAroundTheModulus() {
        new IntegerBounds(chip.air).holdOverTheIntegers("the amount is the operand modulo 64");
        for (int cut = 0; cut <= 16; cut++) {
            IntegerBounds bounds = new IntegerBounds(chip.air)
                    .assuming(chip.power, 1 << cut, 1 << cut)
                    .assuming(chip.copower, 1 << (16 - cut), 1 << (16 - cut));
            for (int i = 0; i < 4; i++) {
                bounds.assuming(chip.lower[i], 0, (1 << cut) - 1).assuming(chip.upper[i], 0, (1 << (16 - cut)) - 1);
            }
            bounds.holdOverTheIntegers("of the operand is its two parts");
            bounds.holdOverTheIntegers("of the result is a joint");
        }
    }

    /** The first row of an operation in a trace. */
    private int row(Trace trace, Op op) {
        for (int row = 0; ; row++) if (trace.get(chip.instruction.is(op), row) == 1) return row;
    }

    /** The last row of an immediate form by this amount. */
    private int lastRow(Trace trace, Op op, int amount) {
        for (int row = (1 << trace.logHeight()) - 1; ; row--) {
            if (trace.get(chip.instruction.is(op), row) == 1 && trace.get(chip.imm, row) == amount) return row;
        }
    }

    private Forgery settleResult(Forgery forgery) {
        for (int i = 0; i < 4; i++) {
            forgery.settle(chip.result[i], "limb " + i + " of the result is a joint, or a W form's sign");
        }
        return forgery;
    }

    @Test
    void cannotShiftBySixtyFourInsteadOfNone() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {64});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording, 1 << 8);
        for (Op op : new Op[] {Op.SRL, Op.SLL}) {
            Forgery forgery = Forgery.of(trace, row(trace, op));
            boolean left = op == Op.SLL;
            forgery.set((left ? chip.left : chip.right)[2], 1)
                    .set(chip.bits, 16)
                    .set(chip.ignored, 0);
            forgery.set(chip.cut, left ? 0 : 16).set(chip.power, left ? 1 : 1 << 16);
            forgery.set(chip.copower, left ? 1 << 16 : 1);
            for (int i = 0; i < 4; i++) {
                int limb = trace.get(chip.rs1.value()[i], row(trace, op));
                forgery.set(chip.lower[i], left ? 0 : limb).set(chip.upper[i], left ? limb : 0);
            }
            settleResult(forgery).isCaughtBy(keys, "BITS[4, 16, 16] is not a key");
        }
        for (Op op : new Op[] {Op.SRLW, Op.SRAW}) {
            Forgery forgery = Forgery.of(trace, row(trace, op));
            forgery.set(chip.right[1], 1).set(chip.ignored, 1).set(chip.sign, 0);
            settleResult(forgery);
            if (op == Op.SRLW) forgery.set(chip.signed, forgery.get(chip.result[1]));
            forgery.isCaughtBy(keys, "a W form moves by a limb at most");
        }
        Forgery forgery =
                Forgery.of(trace, row(trace, Op.SLLW)).set(chip.left[1], 1).set(chip.ignored, 1);
        settleResult(forgery)
                .isCaughtBy(keys, "at most one route", "only logical W forms", "BITS[15", "the limb with the sign");
    }

    @Test
    void cannotCutALimbElsewhere() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {5});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording, 1 << 8);
        int srl = row(trace, Op.SRL);
        // A part that borrows from the other, and a part that wraps around the modulus.
        settleResult(Forgery.of(trace, srl).add(chip.upper[1], 1).add(chip.lower[1], -32))
                .isCaughtBy(keys, "BITS[5,");
        settleResult(Forgery.of(trace, srl).add(chip.upper[1], -1).add(chip.lower[1], 32))
                .isCaughtBy(keys, "BITS[5,");
        // Another power of two, with parts that fit it.
        Forgery other = Forgery.of(trace, srl).set(chip.power, 16).set(chip.copower, 1 << 12);
        for (int i = 0; i < 4; i++) {
            int limb = trace.get(chip.rs1.value()[i], srl);
            other.set(chip.lower[i], limb & 15).set(chip.upper[i], limb >>> 4);
        }
        settleResult(other).isCaughtBy(keys, "BITS[5,", "BITS[11,");
    }

    @Test
    void cannotBringInTheWrongBit() {
        Recording recording = recording(new long[] {0x0765_4321_89ab_cdefL}, new long[] {5});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording, 1 << 8);
        settleResult(Forgery.of(trace, row(trace, Op.SRA)).set(chip.fill, 1)).isCaughtBy(keys, "BITS[15,");
        settleResult(Forgery.of(trace, row(trace, Op.SRL)).set(chip.fill, 1))
                .isCaughtBy(keys, "only arithmetic shifts bring in ones");
        int sllw = row(trace, Op.SLLW);
        Forgery flipped = Forgery.of(trace, sllw);
        settleResult(flipped.set(chip.sign, 1 - flipped.get(chip.sign))).isCaughtBy(keys, "BITS[15,");
        Forgery word = Forgery.of(trace, row(trace, Op.SRAW)).set(chip.fill, 0);
        for (int i = 2; i < 4; i++) word.set(chip.lower[i], 0).set(chip.upper[i], 0);
        settleResult(word).isCaughtBy(keys, "BITS[15,");
    }

    @Test
    void cannotAddARegisterToAnImmediate() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {5});
        Trace trace = trace(recording, 1 << 8);
        Forgery forgery = Forgery.of(trace, lastRow(trace, Op.SRAI, 5));
        forgery.set(chip.right[0], 1).set(chip.rs2.value()[0], 16);
        settleResult(forgery)
                .isCaughtBy(new LookupKeys(recording.program()), "an immediate form has no second register");
    }

    @Test
    void cannotAddTwoRoutes() {
        Recording recording = recording(new long[] {0x8765_4321_89ab_cdefL}, new long[] {16});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording, 1 << 8);
        int srl = row(trace, Op.SRL);
        settleResult(Forgery.of(trace, srl)
                        .set(chip.right[0], 1)
                        .set(chip.left[0], 1)
                        .set(chip.ignored, 0)
                        .add(chip.rs2.value()[0], 16))
                .isCaughtBy(keys, "at most one route");
        settleResult(Forgery.of(trace, srl).set(chip.right[0], 0).set(chip.left[0], 1))
                .isCaughtBy(keys, "at most one route");
        settleResult(Forgery.of(trace, srl).set(chip.right[0], 2).set(chip.rs2.value()[0], 32))
                .isCaughtBy(keys, "at most one route", "right by 1 is 0 or 1");
    }
}
