package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/** Conditional branches: the next row is the fetched target or the one behind the instruction. */
public final class BranchChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** First operand. */
    public final RegisterRead rs1;

    /** Second operand. */
    public final RegisterRead rs2;

    /** The operands' comparison. */
    public final Comparison comparison;

    /** The row that is next if the branch is taken, as decoding knows it. */
    public final Column target;

    /** Whether the branch is taken. */
    public final Column taken;

    /** The row that is next. */
    public final Column next;

    /** Describes the table. */
    public BranchChip() {
        AirBuilder b = new AirBuilder("branch");
        instruction = new InstructionRow(b, Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU);
        Expr real = instruction.real();
        target = b.column("target");
        taken = b.column("taken");
        next = b.column("next");
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        comparison = Comparison.of(b, instruction.isAnyOf(Op.BLT, Op.BGE), rs1.value(), rs2.value());
        instruction.fetch(
                Expr.ZERO, rs1.register(), rs2.register(), Limbs.ZERO, target, new Expr[] {Expr.ZERO, Expr.ZERO});

        Expr unequal = comparison.unequal();
        Expr less = comparison.less();
        // A bit, since it is one selector times a bit.
        b.equal(
                "the branch is taken if its condition holds",
                taken,
                Expr.sum(
                        instruction.is(Op.BEQ).times(unequal.not()),
                        instruction.is(Op.BNE).times(unequal),
                        instruction.isAnyOf(Op.BLT, Op.BLTU).times(less),
                        instruction.isAnyOf(Op.BGE, Op.BGEU).times(less.not())));
        Expr behind = instruction.row.plus(instruction.step);
        b.equal(
                "the next row is the target or the one behind: else a branch could go anywhere",
                next,
                behind.plus(taken.times(target.minus(behind))));
        instruction.goTo(next);
        air = b.build();
    }
}
