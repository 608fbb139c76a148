package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/**
 * AND, OR, XOR and their immediate forms.
 *
 * <p>Limbs are cut into bytes, and the AND of each pair of bytes is looked up, which also proves that they are bytes:
 * with lo = limb − 256·hi there is one way to cut. OR is a + b − AND and XOR is a + b − 2·AND, of bytes and so of
 * limbs.
 */
public final class BitwiseChip {
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

    /** The first operand's bytes 1, 3, 5 and 7. */
    public final Column[] firstHigh;

    /** The second operand's bytes 1, 3, 5 and 7. */
    public final Column[] secondHigh;

    /** The eight bytes of the operands' AND. */
    public final Column[] and;

    /** The result, four limbs. */
    public final Column[] result;

    /** Describes the table. */
    public BitwiseChip() {
        AirBuilder b = new AirBuilder("bitwise");
        instruction = new InstructionRow(b, Op.AND, Op.OR, Op.XOR, Op.ANDI, Op.ORI, Op.XORI);
        Expr real = instruction.real();
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        second = SecondOperand.of(b, instruction, instruction.isAnyOf(Op.AND, Op.OR, Op.XOR));
        firstHigh = b.columns("rs1 high byte", Limbs.COUNT);
        secondHigh = b.columns("second high byte", Limbs.COUNT);
        and = b.columns("and", 2 * Limbs.COUNT);
        result = b.columns("result", Limbs.COUNT);
        // Each limb is below 2^16: a combination of two bytes of an AND, an OR or a XOR.
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(rd.register(), rs1.register(), second.rs2().register(), second.imm());
        instruction.goOn();

        Expr or = instruction.isAnyOf(Op.OR, Op.ORI);
        Expr xor = instruction.isAnyOf(Op.XOR, Op.XORI);
        // AND counts 1, −1 and −2 in the three results, and the operands 0, 1 and 1.
        Expr ands = instruction.isAnyOf(Op.AND, Op.ANDI).minus(or).minus(xor.times(2));
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr x = rs1.value()[i];
            Expr y = second.value()[i];
            Expr low = and[2 * i];
            Expr high = and[2 * i + 1];
            b.lookup(Bus.BYTES, real, x.minus(firstHigh[i].times(256)), y.minus(secondHigh[i].times(256)), low);
            b.lookup(Bus.BYTES, real, firstHigh[i], secondHigh[i], high);
            b.equal(
                    "limb " + i + " is the operation's combination of the operands and their AND",
                    result[i],
                    ands.times(low.plus(high.times(256))).plus(or.plus(xor).times(x.plus(y))));
        }
        air = b.build();
    }
}
