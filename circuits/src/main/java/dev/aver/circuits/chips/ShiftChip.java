package dev.aver.circuits.chips;

import static dev.aver.zkvm.isa.Op.SLL;
import static dev.aver.zkvm.isa.Op.SLLI;
import static dev.aver.zkvm.isa.Op.SLLIW;
import static dev.aver.zkvm.isa.Op.SLLW;
import static dev.aver.zkvm.isa.Op.SRA;
import static dev.aver.zkvm.isa.Op.SRAI;
import static dev.aver.zkvm.isa.Op.SRAIW;
import static dev.aver.zkvm.isa.Op.SRAW;
import static dev.aver.zkvm.isa.Op.SRL;
import static dev.aver.zkvm.isa.Op.SRLI;
import static dev.aver.zkvm.isa.Op.SRLIW;
import static dev.aver.zkvm.isa.Op.SRLW;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * SLL, SRL, SRA, their immediate and their W forms.
 *
 * <p>The amount is 16 · limbs + bits. Each limb of the operand is cut in two at one place, the same for all: bit
 * {@code bits} for a shift to the right, bit 16 − {@code bits} for one to the left. What a limb of the result is made
 * of is then the same in both directions: the upper part of one limb, and above it the lower part of the next. These
 * joints, from the one below limb 0 to the one of limb 3 with the fill, stand in a row, and the result is four of them
 * in sequence; a route says which.
 */
public final class ShiftChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** What is shifted. */
    public final RegisterRead rs1;

    /** The amount, in register forms. */
    public final RegisterRead rs2;

    /** Destination. */
    public final RegisterWrite rd;

    /** The amount in immediate forms: the immediate's only limb. */
    public final Column imm;

    /** The amount modulo 16. */
    public final Column bits;

    /** What the machine ignores of rs2's low limb: the limb divided by 64, or by 32 in W forms. */
    public final Column ignored;

    /** Where limbs are cut: a bit, 0 to 16. */
    public final Column cut;

    /** 2^cut. */
    public final Column power;

    /** 2^(16 − cut). */
    public final Column copower;

    /** Each limb below the cut. */
    public final Column[] lower;

    /** Each limb from the cut on. */
    public final Column[] upper;

    /** Shifts to the right by 1, 2, 3 limbs; by none is what is left of the operations' selectors. */
    public final Column[] right;

    /** Shifts to the left by 1, 2, 3 limbs, not in W forms. */
    public final Column[] left;

    /** A W form's shift to the left by a limb. */
    public final Column leftWord;

    /** The limb whose top bit counts: the operand's in arithmetic shifts, the result's in other W forms, else 0. */
    public final Column signed;

    /** The bit that an arithmetic shift brings in. */
    public final Column fill;

    /** Bit 31 of the result of SLLW and SRLW. */
    public final Column sign;

    /** The result, four limbs: joints, so each is below 2^16. */
    public final Column[] result;

    /** Describes the table. */
    public ShiftChip() {
        AirBuilder b = new AirBuilder("shift");
        instruction = new InstructionRow(b, SLL, SRL, SRA, SLLI, SRLI, SRAI, SLLW, SRLW, SRAW, SLLIW, SRLIW, SRAIW);
        Expr real = instruction.real();
        Expr registerForm = instruction.isAnyOf(SLL, SRL, SRA, SLLW, SRLW, SRAW);
        imm = b.column("imm");
        result = b.columns("result", Limbs.COUNT);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", registerForm, instruction.time(1));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(
                rd.register(), rs1.register(), rs2.register(), new Expr[] {imm, Expr.ZERO, Expr.ZERO, Expr.ZERO});
        instruction.goOn();

        // The routes.
        Expr isLeft = instruction.isAnyOf(SLL, SLLI);
        Expr isLeftWord = instruction.isAnyOf(SLLW, SLLIW);
        Expr isRightWord = instruction.isAnyOf(SRLW, SRLIW, SRAW, SRAIW);
        Expr isRight = instruction.isAnyOf(SRL, SRLI, SRA, SRAI).plus(isRightWord);
        right = bits(b, "right by ", 3);
        left = bits(b, "left by ", 3);
        leftWord = b.bit("left by 1, W form");
        Expr[] rights = routes(b, isRight, right);
        Expr[] lefts = routes(b, isLeft, left);
        Expr[] leftWords = routes(b, isLeftWord, leftWord);
        b.zero(
                "a W form moves by a limb at most: else SRLW could shift by 32",
                isRightWord.times(rights[2].plus(rights[3])));

        // The amount.
        bits = b.column("bits");
        ignored = b.column("ignored");
        Expr limbs = Expr.sum(rights[1], lefts[1], leftWords[1])
                .plus(rights[2].plus(lefts[2]).times(2))
                .plus(rights[3].plus(lefts[3]).times(3));
        Expr word = isLeftWord.plus(isRightWord);
        b.zero(
                "an immediate form has no second register: else its number would be added to the amount",
                registerForm.not().times(rs2.value()[0]));
        // Below 2^16 on both sides: bits < 16, limbs < 4 (W: 2), ignored < 2^10 (W: 2^11); so over the integers.
        b.equal(
                "the amount is the operand modulo 64, or 32 in W forms",
                rs2.value()[0].plus(imm),
                limbs.times(16).plus(bits).plus(word.not().plus(1).times(32).times(ignored)));
        b.lookup(Bus.BITS, real, Expr.of(4), bits, Expr.of(16));
        b.lookup(Bus.BITS, real, word.plus(10), ignored, word.plus(1).times(1 << 10));

        // The cut.
        cut = b.column("cut");
        power = b.column("2^cut");
        copower = b.column("2^(16 - cut)");
        lower = b.columns("lower", Limbs.COUNT);
        upper = b.columns("upper", Limbs.COUNT);
        signed = b.column("signed limb");
        fill = b.bit("fill");
        sign = b.bit("sign");
        b.equal(
                "limbs are cut where the amount says",
                cut,
                isRight.times(bits)
                        .plus(real.minus(isRight).times(bits.times(-1).plus(16))));
        Expr arithmeticWord = instruction.isAnyOf(SRAW, SRAIW);
        for (int i = 0; i < Limbs.COUNT; i++) {
            // The lookups also say that power = 2^cut, copower = 2^(16 − cut). So power · upper + lower < 2^16.
            b.lookup(Bus.BITS, real, cut, lower[i], power);
            b.lookup(Bus.BITS, real, Expr.of(16).minus(cut), upper[i], copower);
            Expr operand = rs1.value()[i];
            if (i >= 2) {
                operand = word.not()
                        .times(operand)
                        .plus(arithmeticWord.times(fill).times(0xffff));
            }
            b.equal(
                    "limb " + i + " of the operand is its two parts",
                    operand,
                    power.times(upper[i]).plus(lower[i]));
        }

        // The joints: index j + 1 is the upper part of limb j below the lower part of limb j + 1. Below 2^16 each,
        // because upper < copower and lower ≤ power − 1, and power · copower = 2^16.
        Expr[] joints = new Expr[9];
        joints[0] = copower.times(lower[0]);
        for (int j = 0; j < 3; j++) joints[j + 1] = upper[j].plus(copower.times(lower[j + 1]));
        joints[4] = upper[3].plus(fill.times(Expr.of(1 << 16).minus(copower)));
        for (int j = 4; j < 8; j++) joints[j + 1] = fill.times(0xffff);
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr limb = i < 2 ? Expr.ZERO : sign.times(0xffff);
            for (int k = 0; k < Limbs.COUNT; k++) {
                limb = limb.plus(rights[k].times(joints[i + k + 1]));
                if (i >= k) limb = limb.plus(lefts[k].times(joints[i - k]));
            }
            for (int k = 0; k <= i && i < 2; k++) limb = limb.plus(leftWords[k].times(joints[i - k]));
            b.equal("limb " + i + " of the result is a joint, or a W form's sign", result[i], limb);
            b.vouch(
                    result[i],
                    "a joint: an upper part, at most copower - 1, and copower times a lower part, at most power - 1; "
                            + "power * copower = 2^16. Or 16 copies of a bit");
        }

        // The signs.
        Expr arithmetic = instruction.isAnyOf(SRA, SRAI).plus(arithmeticWord);
        Expr logicalWord = instruction.isAnyOf(SLLW, SLLIW, SRLW, SRLIW);
        b.zero("only arithmetic shifts bring in ones", arithmetic.not().times(fill));
        b.zero("only logical W forms extend a sign here", logicalWord.not().times(sign));
        b.equal(
                "the limb with the sign: the operand's for a fill, the result's for a W form",
                signed,
                instruction
                        .isAnyOf(SRA, SRAI)
                        .times(rs1.value()[3])
                        .plus(arithmeticWord.times(rs1.value()[1]))
                        .plus(logicalWord.times(result[1])));
        Limbs.topBit(b, arithmetic.plus(logicalWord), signed, fill.plus(sign));
        air = b.build();
    }

    private static Column[] bits(AirBuilder b, String name, int count) {
        Column[] flags = new Column[count];
        for (int i = 0; i < count; i++) flags[i] = b.bit(name + (i + 1));
        return flags;
    }

    /** One-hot routes by 0, 1, … limbs: exactly one of them is 1 where {@code chosen} is 1, none where it is 0. */
    private static Expr[] routes(AirBuilder b, Expr chosen, Column... moves) {
        Expr[] routes = new Expr[moves.length + 1];
        routes[0] = chosen.minus(Expr.sum(moves));
        System.arraycopy(moves, 0, routes, 1, moves.length);
        b.bit("at most one route, and none for another direction: else limbs would be added up", routes[0]);
        return routes;
    }
}
