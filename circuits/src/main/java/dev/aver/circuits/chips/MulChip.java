package dev.aver.circuits.chips;

import static dev.aver.zkvm.isa.Op.MUL;
import static dev.aver.zkvm.isa.Op.MULH;
import static dev.aver.zkvm.isa.Op.MULHSU;
import static dev.aver.zkvm.isa.Op.MULHU;
import static dev.aver.zkvm.isa.Op.MULW;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * MUL, MULH, MULHSU, MULHU, MULW.
 *
 * <p>The product of the registers as unsigned numbers, limb by limb with carries: its low half always, its high half
 * where that is the result. A negative operand counts 2^64 less than its unsigned reading, so the product modulo 2^128
 * is less by 2^64 times the other operand: subtracted in the high limbs.
 */
public final class MulChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** First factor. */
    public final RegisterRead rs1;

    /** Second factor. */
    public final RegisterRead rs2;

    /** Destination. */
    public final RegisterWrite rd;

    /** The even bytes of the first factor. */
    public final Column[] bytes1;

    /** The even bytes of the second factor. */
    public final Column[] bytes2;

    /** The low half of the product, four limbs. */
    public final Column[] low;

    /** Carry out of each limb of the product, −2 at least; of the high half only where it is the result. */
    public final Column[] carries;

    /** The limb whose top bit counts: the first factor's in MULH and MULHSU, the product's in MULW, else 0. */
    public final Column signed;

    /** Its top bit. */
    public final Column sign1;

    /** Whether the second factor is negative, in MULH. */
    public final Column sign2;

    /** The result, four limbs. */
    public final Column[] result;

    /** Describes the table. */
    public MulChip() {
        AirBuilder b = new AirBuilder("mul");
        instruction = new InstructionRow(b, MUL, MULH, MULHSU, MULHU, MULW);
        Expr real = instruction.real();
        Expr isHigh = instruction.isAnyOf(MULH, MULHSU, MULHU);
        Expr isSigned = instruction.isAnyOf(MULH, MULHSU);
        Expr isWord = instruction.is(MULW);
        result = b.columns("result", Limbs.COUNT);
        low = b.columns("low", Limbs.COUNT);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(rd.register(), rs1.register(), rs2.register(), Limbs.ZERO);
        instruction.goOn();
        bytes1 = b.columns("rs1 even byte", Limbs.COUNT);
        bytes2 = b.columns("rs2 even byte", Limbs.COUNT);
        carries = b.columns("carry", 2 * Limbs.COUNT);
        Bytes x = Bytes.of(b, real, rs1.value(), bytes1);
        Bytes y = Bytes.of(b, real, rs2.value(), bytes2);
        // In MUL and MULW the results are copies of the product's limbs, or 0xffff · sign; looked up all the same.
        Limbs.range(b, real, low);
        Limbs.range(b, real, result);
        for (int i = 0; i < 2 * Limbs.COUNT; i++) Bytes.carry(b, i < Limbs.COUNT ? real : isHigh, carries[i], 2);

        // The signs.
        signed = b.column("signed limb");
        sign1 = b.bit("sign 1");
        sign2 = b.bit("sign 2");
        b.equal(
                "the limb with the sign: the first factor's in signed products, the product's in MULW",
                signed,
                isSigned.times(rs1.value()[3]).plus(isWord.times(low[1])));
        Limbs.topBit(b, isSigned.plus(isWord), signed, sign1);
        Limbs.topBit(b, instruction.is(MULH), rs2.value()[3], sign2);
        b.zero(
                "no sign in MUL and MULHU: else MULHU would subtract a factor",
                isSigned.plus(isWord).not().times(sign1));
        b.zero(
                "the second factor is signed in MULH only",
                instruction.is(MULH).not().times(sign2));

        // The product. The left side, a limb of at most Bytes.MOST with a carry below 2^12, is in [−2^17 − 2, 2^28);
        // the
        // right side in [−2^17, 2^16 + 2^28). Their difference is below p in absolute value: equal over the integers.
        Expr carry = Expr.ZERO;
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.equal(
                    "limb " + i + " of the product",
                    x.product(y, i).plus(carry),
                    low[i].plus(carries[i].times(Limbs.BASE)));
            carry = carries[i];
        }
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr correction = sign1.times(rs2.value()[i]).plus(sign2.times(rs1.value()[i]));
            Expr left = x.product(y, i + 4).minus(correction).plus(carry);
            Expr right = result[i].plus(carries[i + 4].times(Limbs.BASE));
            b.zero("limb " + (i + 4) + " of the product, where it is the result", isHigh.times(left.minus(right)));
            carry = carries[i + 4];
        }

        // The result.
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    "MUL's result is limb " + i + " of the low half",
                    instruction.is(MUL).times(result[i].minus(low[i])));
            Expr limb = i < 2 ? low[i] : sign1.times(0xffff);
            b.zero("MULW's result is limb " + i + " of the product, or its sign", isWord.times(result[i].minus(limb)));
        }
        air = b.build();
    }
}
