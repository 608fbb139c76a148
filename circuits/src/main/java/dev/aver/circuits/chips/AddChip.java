package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/**
 * ADD, SUB, ADDI and their W forms.
 *
 * <p>A subtraction is an addition read backwards: rd + rs2 = rs1. Carries are expressions, and each is 0 or 1: without
 * that a limb could be off by a multiple of 2^16 that nobody sees. A W form has two carries only; its high limbs are 16
 * copies of the sign.
 */
public final class AddChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** First operand. */
    public final RegisterRead rs1;

    /** Second operand. */
    public final SecondOperand second;

    /** Destination. */
    public final RegisterWrite rd;

    /** The result, four limbs. */
    public final Column[] result;

    /** Bit 31 of a W form's result. */
    public final Column sign;

    /** Describes the table. */
    public AddChip() {
        AirBuilder b = new AirBuilder("add");
        instruction = new InstructionRow(b, Op.ADD, Op.SUB, Op.ADDI, Op.ADDW, Op.SUBW, Op.ADDIW);
        Expr real = instruction.real();
        result = b.columns("result", Limbs.COUNT);
        sign = b.bit("sign");
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        second = SecondOperand.of(b, instruction, instruction.isAnyOf(Op.ADD, Op.SUB, Op.ADDW, Op.SUBW));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(rd.register(), rs1.register(), second.rs2().register(), second.imm());
        instruction.goOn();
        Limbs.range(b, real, result);

        carries(b, "added", Limbs.carries(rs1.value(), second.value(), result), Op.ADD, Op.ADDI, Op.ADDW, Op.ADDIW);
        carries(b, "subtracted", Limbs.carries(result, second.value(), rs1.value()), Op.SUB, Op.SUBW);

        Expr word = instruction.isAnyOf(Op.ADDW, Op.SUBW, Op.ADDIW);
        Limbs.topBit(b, word, result[1], sign);
        for (int i = 2; i < Limbs.COUNT; i++) {
            b.zero(
                    "a W form's limb " + i + " repeats bit 31: else its high half is the prover's choice",
                    word.times(result[i].minus(sign.times(0xffff))));
        }
        air = b.build();
    }

    /** Each carry is a bit in rows with one of these operations; carries 2 and 3 only in 64-bit forms. */
    private void carries(AirBuilder b, String what, Expr[] carries, Op... ops) {
        for (int i = 0; i < carries.length; i++) {
            Expr where = Expr.ZERO;
            for (Op op : ops) {
                boolean word = op == Op.ADDW || op == Op.SUBW || op == Op.ADDIW;
                if (i < 2 || !word) where = where.plus(instruction.is(op));
            }
            b.zero(
                    "limb " + i + " is " + what + " with a carry of 0 or 1",
                    where.times(carries[i]).times(carries[i].minus(1)));
        }
    }
}
