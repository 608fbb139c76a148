package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.DivChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DivChipTest {
    private static final Op[] OPS = {Op.DIV, Op.DIVU, Op.REM, Op.REMU, Op.DIVW, Op.DIVUW, Op.REMW, Op.REMUW};
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        -2,
        7,
        0xffff,
        0x10000,
        -0x10000,
        0x7fff_ffffL,
        0x8000_0000L,
        -0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        0xffff_ffff_0000_0000L,
        0xdead_beef_8000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };

    private final DivChip chip = new DivChip();

    private static Recording recording(long[] xs, long[] ys) {
        Assembler code = new Assembler();
        for (long x : xs) {
            for (long y : ys) {
                code.li(5, x).li(6, y);
                for (Op op : OPS) code.reg(op, 7, 5, 6);
            }
            for (Op op : OPS) code.reg(op, 0, 5, 5).reg(op, 8, 5, 0).reg(op, 8, 0, 5);
        }
        for (Op op : OPS) code.li(5, -9).reg(op, 5, 5, 5);
        return Recording.of(code.exit(0).build(), 1 << 18);
    }

    private Trace trace(Recording recording) {
        return ChipAttack.trace(new DivTrace(chip), Chip.DIV, recording, 0, 1 << 14);
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
    void acceptsRandomPairsOfManySizes() {
        Random random = new Random(6);
        long[] numbers = random.longs(16).map(x -> x >> random.nextInt(60)).toArray();
        Recording recording = recording(numbers, numbers);
        accepts(trace(recording), new LookupKeys(recording.program()));
    }

    @Test
    void noCellCanBeChanged() {
        Recording recording =
                recording(new long[] {-0x7123_4567_89ab_cdefL}, new long[] {-3, 0, 0x7fff_0000_8000_0000L});
        Trace trace = trace(recording);
        everyCellCounts(trace, new LookupKeys(recording.program()), 24, (column, row) -> false, 7);
    }

    @Test
    void noEquationWrapsAroundTheModulus() {
        // The dividend's high limbs are a register's or 16 copies of a bit, by constraints of their own.
        IntegerBounds bounds = new IntegerBounds(chip.air)
                .assuming(chip.dividendHigh[0], 0, 0xffff)
                .assuming(chip.dividendHigh[1], 0, 0xffff);
        // The divisor's limbs are two bytes each.
        for (Column limb : chip.divisor) bounds.assuming(limb, 0, 0xffff);
        bounds.holdOverTheIntegers("of quotient * |divisor| + remainder = |dividend|");
        bounds.holdOverTheIntegers("the product has no high half");
        bounds.holdOverTheIntegers("by zero only if the divisor is 0");
        bounds.holdOverTheIntegers("is the divisor's");
        bounds.holdOverTheIntegers("one highest limb");
        bounds.holdOverTheIntegers("the difference is that of the limb chosen");
    }

    /** A row as it would be if a division had this absolute quotient and remainder, everything else being honest. */
    private Forgery claim(Trace trace, int row, long quotient, long remainder) {
        Forgery forgery = Forgery.of(trace, row);
        long divisor = limbs(forgery, chip.divisor);
        boolean negative = forgery.get(chip.dividendSign) == 1;
        long carry = 0;
        for (int i = 0; i < 4; i++) {
            long q = quotient >>> (16 * i) & 0xffff;
            forgery.set(chip.quotient[i], q).set(chip.quotientBytes[i], q & 0xff);
            forgery.set(chip.remainder[i], remainder >>> (16 * i) & 0xffff);
            Column n = i < 2 ? chip.rs1.value()[i] : chip.dividendHigh[i - 2];
            carry += ByteProducts.limb(quotient, divisor, i) + (remainder >>> (16 * i) & 0xffff);
            carry += negative ? forgery.get(n) : -forgery.get(n);
            carry >>= 16;
            if (i < 3) forgery.set(chip.carries[i], carry);
        }
        boolean isQuotient = false;
        for (Op op : new Op[] {Op.DIV, Op.DIVU, Op.DIVW, Op.DIVUW}) {
            isQuotient |= forgery.get(chip.instruction.is(op)) == 1;
        }
        boolean negated = forgery.get(isQuotient ? chip.negativeQuotient : chip.negativeRemainder) == 1;
        long result = isQuotient ? quotient : remainder;
        if (negated) result = -result;
        boolean isWord = false;
        for (Op op : new Op[] {Op.DIVW, Op.DIVUW, Op.REMW, Op.REMUW}) {
            isWord |= forgery.get(chip.instruction.is(op)) == 1;
        }
        if (isWord) {
            result = result << 32 >> 32;
            forgery.set(chip.sign, result >>> 63);
        }
        for (int i = 0; i < 4; i++) forgery.set(chip.result[i], result >>> (16 * i) & 0xffff);
        if (forgery.get(chip.byZero) == 0) {
            // Claims a difference in the highest limb that differs, or in limb 0.
            int limb = Math.max(0, (63 - Long.numberOfLeadingZeros(divisor ^ remainder)) / 16);
            for (int i = 0; i < 4; i++) forgery.set(chip.differs[i], i == limb ? 1 : 0);
            long less = (divisor >>> (16 * limb) & 0xffff) - (remainder >>> (16 * limb) & 0xffff);
            forgery.set(chip.difference, less);
        }
        return forgery;
    }

    @Test
    void cannotLeaveARemainderAsLargeAsTheDivisor() {
        Recording recording = recording(new long[] {0x7123_4567_89ab_cdefL}, new long[] {0x1_0003_0000L});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        for (Op op : new Op[] {Op.DIV, Op.DIVU, Op.REM, Op.REMU}) {
            int row = row(trace, op);
            Forgery honest = Forgery.of(trace, row);
            long q = limbs(honest, chip.quotient);
            long r = limbs(honest, chip.remainder);
            long d = limbs(honest, chip.divisor);
            claim(trace, row, q - 1, r + d).isCaughtBy(keys, "RANGE[");
            claim(trace, row, 0, limbs(honest, chip.rs1.value())).isCaughtBy(keys, "RANGE[");
            // A negative remainder, in another limb's place.
            claim(trace, row, q + 1, r - d).isCaughtBy(keys, "RANGE[", "of quotient * |divisor| + remainder");
            // Claims that a lower limb is the highest that differs.
            Forgery lower = claim(trace, row, q - 1, r + d);
            for (int i = 0; i < 4; i++) lower.set(chip.differs[i], i == 0 ? 1 : 0);
            lower.set(chip.difference, 1);
            lower.isCaughtBy(keys, "is the divisor's", "the difference is that");
            // No limb at all, and twice a limb.
            Forgery none = claim(trace, row, q - 1, r + d).set(chip.difference, 0);
            for (int i = 0; i < 4; i++) none.set(chip.differs[i], 0);
            none.isCaughtBy(keys, "one highest limb", "is the divisor's", "RANGE[");
        }
    }

    @Test
    void cannotDivideByZeroOtherwise() {
        Recording recording = recording(new long[] {77, -77}, new long[] {0, 5});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        for (Op op : new Op[] {Op.DIV, Op.DIVU, Op.DIVW, Op.DIVUW}) {
            claim(trace, row(trace, op), 5, 77).isCaughtBy(keys, "a quotient by zero is all ones");
        }
        for (Op op : new Op[] {Op.REM, Op.REMU, Op.REMW, Op.REMUW}) {
            claim(trace, row(trace, op), 0, 0).isCaughtBy(keys, "of quotient * |divisor| + remainder");
        }
        // A zero divisor that is none, and none that is one.
        int zero = row(trace, Op.REMU);
        Forgery denied = Forgery.of(trace, zero).set(chip.byZero, 0).set(chip.differs[0], 1);
        denied.set(chip.difference, -77).isCaughtBy(keys, "RANGE[");
        int five = zero + OPS.length;
        Forgery claimed = claim(trace, five, 0, 77).set(chip.byZero, 1).set(chip.difference, 0);
        for (int i = 0; i < 4; i++) claimed.set(chip.differs[i], 0);
        claimed.isCaughtBy(keys, "by zero only if the divisor is 0");
    }

    @Test
    void cannotUseAProductThatOverflows() {
        // q · d + r = n modulo 2^64: 3 divides 2^64 + 2 and 2^65 + 1.
        Recording recording = recording(new long[] {1, 2}, new long[] {3});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        int one = row(trace, Op.DIVU);
        claim(trace, one, 0xaaaa_aaaa_aaaa_aaabL, 0).isCaughtBy(keys, "no high half", "of quotient * |divisor|");
        // Its low limbs fit; only the carry out of the last does not.
        claim(trace, one, 0x5555_5555_5555_5556L, -1).isCaughtBy(keys, "of quotient * |divisor|", "RANGE[");
        // An overflow that high places alone would show: 2^32 · 2^32.
        Recording high = recording(new long[] {9}, new long[] {0x1_0000_0000L});
        Trace highTrace = trace(high);
        claim(highTrace, row(highTrace, Op.DIVU), 0x1_0000_0000L, 9)
                .isCaughtBy(new LookupKeys(high.program()), "no high half");
    }

    @Test
    void cannotChooseSigns() {
        Recording recording = recording(new long[] {-100, 100}, new long[] {7, -7});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        for (Op op : new Op[] {Op.DIV, Op.DIVW, Op.REM, Op.REMW}) {
            int row = row(trace, op);
            boolean isQuotient = op == Op.DIV || op == Op.DIVW;
            // The result without its sign.
            Forgery positive = Forgery.of(trace, row).set(chip.sign, 0);
            positive.set(chip.negativeQuotient, 0).set(chip.negativeRemainder, 0);
            Column[] from = isQuotient ? chip.quotient : chip.remainder;
            for (int i = 0; i < 4; i++) positive.set(chip.result[i], positive.get(from[i]));
            positive.isCaughtBy(keys, "a quotient is negative if", "a remainder has the dividend's sign");
            // The divisor read as unsigned, or a positive one negated.
            Forgery divisor = Forgery.of(trace, row + OPS.length).set(chip.divisorSign, 0);
            divisor.set(chip.divisorHigh[0], trace.get(chip.rs2.value()[2], row + OPS.length));
            divisor.isCaughtBy(
                    keys, "BITS[15,", "absolute value", "a quotient is negative if", "of the divisor: in W forms");
        }
        for (Op op : new Op[] {Op.DIVU, Op.REMU, Op.DIVUW, Op.REMUW}) {
            // The signed result of an unsigned division: 100 = 14 · 7 + 2 of −100's absolute value.
            int row = row(trace, op);
            Forgery signed = Forgery.of(trace, row).set(chip.dividendSign, 1);
            boolean isWord = op == Op.DIVUW || op == Op.REMUW;
            for (int i = 0; i < 2; i++) signed.set(chip.dividendHigh[i], 0xffff);
            boolean isQuotient = op == Op.DIVU || op == Op.DIVUW;
            long result = isQuotient ? -14 : -2;
            for (int i = 0; i < 4; i++) {
                signed.set(chip.quotient[i], i == 0 ? 14 : 0).set(chip.quotientBytes[i], i == 0 ? 14 : 0);
                signed.set(chip.remainder[i], i == 0 ? 2 : 0).set(chip.result[i], result >>> (16 * i) & 0xffff);
                if (i < 3) signed.set(chip.carries[i], 1);
                signed.set(chip.differs[i], i == 0 ? 1 : 0);
            }
            signed.set(chip.difference, 5).set(chip.sign, isWord ? 1 : 0);
            signed.set(isQuotient ? chip.negativeQuotient : chip.negativeRemainder, 1);
            signed.isCaughtBy(keys, "no sign of an unsigned dividend");
        }
    }

    @Test
    void cannotLetAWordFormReadOrWriteAHighHalf() {
        Recording recording = recording(new long[] {0x1234_5678_9000_0000L}, new long[] {0x1_0000_0001L});
        LookupKeys keys = new LookupKeys(recording.program());
        Trace trace = trace(recording);
        int row = row(trace, Op.DIVUW);
        Forgery reads = Forgery.of(trace, row);
        for (int i = 0; i < 2; i++) {
            reads.set(chip.dividendHigh[i], trace.get(chip.rs1.value()[i + 2], row));
            reads.set(chip.quotient[i + 2], trace.get(chip.rs1.value()[i + 2], row));
            reads.set(chip.quotientBytes[i + 2], trace.get(chip.rs1.value()[i + 2], row) & 0xff);
        }
        reads.isCaughtBy(keys, "in W forms its sign", "the quotient, limb");
        // 0x90000000 has to become 0xffffffff90000000.
        Forgery zeros = Forgery.of(trace, row).set(chip.sign, 0);
        zeros.set(chip.result[2], 0).set(chip.result[3], 0).isCaughtBy(keys, "BITS[15,");
        // The sign is not free in other forms.
        Forgery sign = Forgery.of(trace, row(trace, Op.DIVU)).set(chip.sign, 1);
        sign.add(chip.result[2], 0xffff).add(chip.result[3], 0xffff);
        sign.isCaughtBy(keys, "only W forms extend a sign", "RANGE[");
    }

    private static long limbs(Forgery forgery, Column[] limbs) {
        long value = 0;
        for (int i = 0; i < 4; i++) value |= (long) forgery.get(limbs[i]) << (16 * i);
        return value;
    }
}
