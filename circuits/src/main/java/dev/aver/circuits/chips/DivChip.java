package dev.aver.circuits.chips;

import static dev.aver.zkvm.isa.Op.DIV;
import static dev.aver.zkvm.isa.Op.DIVU;
import static dev.aver.zkvm.isa.Op.DIVUW;
import static dev.aver.zkvm.isa.Op.DIVW;
import static dev.aver.zkvm.isa.Op.REM;
import static dev.aver.zkvm.isa.Op.REMU;
import static dev.aver.zkvm.isa.Op.REMUW;
import static dev.aver.zkvm.isa.Op.REMW;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * DIV, DIVU, REM, REMU and their W forms.
 *
 * <p>Everything is computed with absolute values: quotient · |divisor| + remainder = |dividend| over the integers, with
 * remainder &lt; |divisor| unless the divisor is 0, and quotient and remainder take their signs afterwards. So nothing
 * is special about MIN / −1: the quotient is 2^63, which reads MIN. By 0 the equation says that the remainder is the
 * dividend, as it should, and the quotient's result is set to all ones.
 *
 * <p>A W form works on its operands' low halves, extended by sign or zeros, and extends the sign of its 32-bit result,
 * unsigned forms too.
 */
public final class DivChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** Dividend. */
    public final RegisterRead rs1;

    /** Divisor. */
    public final RegisterRead rs2;

    /** Destination. */
    public final RegisterWrite rd;

    /** The dividend's limb with its sign, where it is signed. */
    public final Column dividendTop;

    /** Whether the dividend is negative. */
    public final Column dividendSign;

    /** The high limbs of the dividend after extension. */
    public final Column[] dividendHigh;

    /** The divisor's limb with its sign, where it is signed. */
    public final Column divisorTop;

    /** Whether the divisor is negative. */
    public final Column divisorSign;

    /** The high limbs of the divisor after extension. */
    public final Column[] divisorHigh;

    /** The divisor's absolute value, four limbs. */
    public final Column[] divisor;

    /** Its even bytes. */
    public final Column[] divisorBytes;

    /** The quotient's absolute value, four limbs; any value if the divisor is 0 and the result is the remainder. */
    public final Column[] quotient;

    /** Its even bytes. */
    public final Column[] quotientBytes;

    /** The remainder's absolute value, four limbs. */
    public final Column[] remainder;

    /** Carry out of each limb of the equation but the last, −1 at least. */
    public final Column[] carries;

    /** Whether the divisor is 0. */
    public final Column byZero;

    /** The highest limb in which remainder and divisor differ, one-hot; none if the divisor is 0. */
    public final Column[] differs;

    /** The divisor's limb less the remainder's there. */
    public final Column difference;

    /** Whether the result is the negative of the quotient. */
    public final Column negativeQuotient;

    /** Whether the result is the negative of the remainder. */
    public final Column negativeRemainder;

    /** Bit 31 of a W form's result. */
    public final Column sign;

    /** The result, four limbs. */
    public final Column[] result;

    /** Describes the table. */
    public DivChip() {
        AirBuilder b = new AirBuilder("div");
        instruction = new InstructionRow(b, DIV, DIVU, REM, REMU, DIVW, DIVUW, REMW, REMUW);
        Expr real = instruction.real();
        Expr isWord = instruction.isAnyOf(DIVW, DIVUW, REMW, REMUW);
        Expr isSignedWord = instruction.isAnyOf(DIVW, REMW);
        Expr isSignedDouble = instruction.isAnyOf(DIV, REM);
        Expr isQuotient = instruction.isAnyOf(DIV, DIVU, DIVW, DIVUW);
        Expr isRemainder = instruction.isAnyOf(REM, REMU, REMW, REMUW);
        result = b.columns("result", Limbs.COUNT);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(rd.register(), rs1.register(), rs2.register(), Limbs.ZERO);
        instruction.goOn();
        Limbs.range(b, real, result);

        // The operands as the operation reads them, and the divisor's absolute value.
        dividendTop = b.column("dividend's top limb");
        dividendSign = b.bit("dividend's sign");
        dividendHigh = b.columns("dividend's high", 2);
        divisorTop = b.column("divisor's top limb");
        divisorSign = b.bit("divisor's sign");
        divisorHigh = b.columns("divisor's high", 2);
        extend(
                b,
                "dividend",
                rs1.value(),
                isWord,
                isSignedDouble,
                isSignedWord,
                dividendTop,
                dividendSign,
                dividendHigh);
        extend(b, "divisor", rs2.value(), isWord, isSignedDouble, isSignedWord, divisorTop, divisorSign, divisorHigh);
        Expr[] n = {rs1.value()[0], rs1.value()[1], dividendHigh[0], dividendHigh[1]};
        Expr[] d = {rs2.value()[0], rs2.value()[1], divisorHigh[0], divisorHigh[1]};
        divisor = b.columns("|divisor|", Limbs.COUNT);
        divisorBytes = b.columns("|divisor| even byte", Limbs.COUNT);
        Bytes divisorAsBytes = Bytes.of(b, real, divisor, divisorBytes);
        negated(b, "the divisor's absolute value", divisorSign, d, divisor);
        copied(b, "the divisor's absolute value", divisorSign.not(), d, divisor);

        // quotient · |divisor| + remainder = |dividend|: as unsigned 64-bit limbs ... + dividend = 2^64 if it is
        // negative, ... − dividend = 0 if not. Each side of a limb's equation: the left in [−2^16 − 1, 2^27 + 2^18),
        // the
        // right in [−2^16, 2^28). Their difference is below p in absolute value: equal over the integers.
        quotient = b.columns("|quotient|", Limbs.COUNT);
        quotientBytes = b.columns("|quotient| even byte", Limbs.COUNT);
        remainder = b.columns("|remainder|", Limbs.COUNT);
        carries = b.columns("carry", Limbs.COUNT - 1);
        Bytes quotientAsBytes = Bytes.of(b, real, quotient, quotientBytes);
        Limbs.range(b, real, remainder);
        Expr factor = dividendSign.times(2).minus(1);
        Expr carry = Expr.ZERO;
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr left = quotientAsBytes
                    .product(divisorAsBytes, i)
                    .plus(remainder[i])
                    .plus(factor.times(n[i]))
                    .plus(carry);
            Expr out = i < 3 ? carries[i] : dividendSign;
            b.equal(
                    "limb " + i + " of quotient * |divisor| + remainder = |dividend|, the last carry a negative's 2^64",
                    left,
                    out.times(Limbs.BASE));
            if (i < 3) Bytes.carry(b, real, out, 1);
            carry = out;
        }
        // 28 products of bytes, none negative, at most 28 · 255² < p together: so each is 0.
        Expr overflow = Expr.ZERO;
        for (int place = 8; place < 15; place++) overflow = overflow.plus(quotientAsBytes.place(divisorAsBytes, place));
        b.zero("the product has no high half: else the equation would hold modulo 2^64 only", overflow);

        // remainder < |divisor|.
        byZero = b.bit("by zero");
        // Four limbs below 2^16: their sum is below 2^18.
        b.zero("by zero only if the divisor is 0", byZero.times(Expr.sum(divisor)));
        Expr ordinary = real.minus(byZero);
        b.bit("by zero in no padding row", ordinary);
        differs = b.columns("remainder differs in limb", Limbs.COUNT);
        difference = b.column("difference");
        for (Column differ : differs) b.bit(differ + " is 0 or 1", differ);
        b.equal("the remainder differs in one highest limb, unless by zero", Expr.sum(differs), ordinary);
        Expr above = ordinary;
        Expr chosen = Expr.ZERO;
        for (int i = Limbs.COUNT - 1; i >= 0; i--) {
            above = above.minus(differs[i]);
            Expr less = divisor[i].minus(remainder[i]);
            b.zero("above that limb, limb " + i + " is the divisor's", above.times(less));
            chosen = chosen.plus(differs[i].times(less));
        }
        b.equal("the difference is that of the limb chosen", difference, chosen);
        // The difference of two limbs is above −2^16, so that its wrapping around p is not below 2^16.
        b.lookup(Bus.RANGE, ordinary, difference.minus(1));

        // The signs and the result.
        negativeQuotient = b.column("negative quotient");
        negativeRemainder = b.column("negative remainder");
        Expr product = dividendSign.times(divisorSign);
        b.equal(
                "a quotient is negative if its operands' signs differ",
                negativeQuotient,
                isQuotient.times(dividendSign.plus(divisorSign).minus(product.times(2))));
        b.equal("a remainder has the dividend's sign", negativeRemainder, isRemainder.times(dividendSign));
        sign = b.bit("sign");
        Limbs.topBit(b, isWord, result[1], sign);
        b.zero("only W forms extend a sign", isWord.not().times(sign));
        // 32 bits have to be extended if they are positive only: a negative of at most 2^31 has high limbs of its own.
        negated(b, "the quotient, negative", negativeQuotient, quotient, result);
        negated(b, "the remainder, negative", negativeRemainder, remainder, result);
        copied(b, "the quotient", isQuotient.minus(negativeQuotient), extended(quotient), result);
        copied(b, "the remainder", isRemainder.minus(negativeRemainder), extended(remainder), result);
        Expr quotientByZero = isQuotient.times(byZero);
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    "a quotient by zero is all ones in limb " + i + ": else it would be the prover's choice",
                    quotientByZero.times(result[i].minus(0xffff)));
        }
        air = b.build();
    }

    /** The high limbs of an operand and its sign: the sign 0 and the limbs 0 where the operation reads no more. */
    private static void extend(
            AirBuilder b,
            String name,
            Expr[] value,
            Expr isWord,
            Expr isSignedDouble,
            Expr isSignedWord,
            Column top,
            Column sign,
            Column[] high) {
        Expr isSigned = isSignedDouble.plus(isSignedWord);
        b.equal(
                "the limb with the " + name + "'s sign",
                top,
                isSignedDouble.times(value[3]).plus(isSignedWord.times(value[1])));
        Limbs.topBit(b, isSigned, top, sign);
        b.zero(
                "no sign of an unsigned " + name + ": else DIVU would divide its negative",
                isSigned.not().times(sign));
        for (int i = 0; i < 2; i++) {
            b.equal(
                    "limb " + (i + 2) + " of the " + name + ": in W forms its sign, not the register's",
                    high[i],
                    isWord.not().times(value[i + 2]).plus(isWord.times(sign).times(0xffff)));
        }
    }

    private Expr[] extended(Column[] value) {
        Expr[] extended = {value[0], value[1], value[2], value[3]};
        for (int i = 2; i < Limbs.COUNT; i++) extended[i] = value[i].plus(sign.times(0xffff));
        return extended;
    }

    private static void copied(AirBuilder b, String what, Expr where, Expr[] from, Expr[] to) {
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(what + ", limb " + i, where.times(to[i].minus(from[i])));
        }
    }

    /** x + y = 0 modulo 2^64: carries are 0 or 1, and limbs below 2^16, so x determines y. */
    private static void negated(AirBuilder b, String what, Expr where, Expr[] x, Expr[] y) {
        Expr[] carries = Limbs.carries(x, y, Limbs.ZERO);
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    what + ": limb " + i + " is negated with a carry of 0 or 1",
                    where.times(carries[i]).times(carries[i].minus(1)));
        }
    }
}
