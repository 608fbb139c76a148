package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/** SLT, SLTU and their immediate forms: 1 if the first operand is less, else 0. */
public final class SltChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** First operand. */
    public final RegisterRead rs1;

    /** Second operand; an immediate is extended with its sign in the unsigned form too. */
    public final SecondOperand second;

    /** The comparison, whose bit is the result. */
    public final Comparison comparison;

    /** Destination. */
    public final RegisterWrite rd;

    /** Describes the table. */
    public SltChip() {
        AirBuilder b = new AirBuilder("slt");
        instruction = new InstructionRow(b, Op.SLT, Op.SLTU, Op.SLTI, Op.SLTIU);
        Expr real = instruction.real();
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        second = SecondOperand.of(b, instruction, instruction.isAnyOf(Op.SLT, Op.SLTU));
        comparison = Comparison.of(b, instruction.isAnyOf(Op.SLT, Op.SLTI), rs1.value(), second.value());
        Expr[] result = {comparison.less(), Expr.ZERO, Expr.ZERO, Expr.ZERO};
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        instruction.fetch(rd.register(), rs1.register(), second.rs2().register(), second.imm());
        instruction.goOn();
        air = b.build();
    }
}
