package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * The second operand of a row that has register and immediate forms: a register's value or a 12-bit immediate,
 * sign-extended. It is their sum, of which one part is always 0: a register form's immediate because the program table
 * says so, and an immediate form's register by a constraint.
 *
 * @param rs2 the register, read in register forms only
 * @param immLow low limb of the immediate
 * @param immHigh its other limbs: 0 or 0xffff
 * @param value the operand, four limbs: each is one known to be below 2^16 plus 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record SecondOperand(RegisterRead rs2, Column immLow, Column immHigh, Expr[] value) {
    /** Reads it, in slot 1: from the register in rows where {@code registerForm} is 1. */
    static SecondOperand of(AirBuilder b, InstructionRow instruction, Expr registerForm) {
        RegisterRead rs2 = RegisterRead.of(b, "rs2", registerForm, instruction.time(1));
        Column immLow = b.column("imm low");
        Column immHigh = b.column("imm high");
        Expr[] value = new Expr[Limbs.COUNT];
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    "an immediate form has no second register: else limb " + i + " is what the prover chooses",
                    registerForm.not().times(rs2.value()[i]));
            value[i] = rs2.value()[i].plus(i == 0 ? immLow : immHigh);
        }
        return new SecondOperand(rs2, immLow, immHigh, value);
    }

    /** The immediate as it is fetched. */
    Expr[] imm() {
        return new Expr[] {immLow, immHigh, immHigh, immHigh};
    }
}
