package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;

/**
 * The system call write: a7 is 64, and a0 becomes what a2 holds, the number of bytes. What is written goes to the host
 * and is no part of any statement.
 *
 * <p>Which registers these are, and that a7 is 64 in all its limbs, stands in the messages: there is nothing to choose.
 */
public final class WriteChip {
    /** The table. */
    public final Air air;

    /** Row; the operation is always ECALL. */
    public final InstructionRow instruction;

    /** Time of a7's previous access. */
    public final Column numberBefore;

    /** What a0 held, four limbs. */
    public final Column[] was;

    /** Time of a0's previous access. */
    public final Column resultBefore;

    /** What a2 holds, four limbs: a copy, so their range is known. */
    public final Column[] count;

    /** Time of a2's previous access. */
    public final Column countBefore;

    /** Describes the table. */
    public WriteChip() {
        AirBuilder b = new AirBuilder("write");
        instruction = new InstructionRow(b, Op.ECALL);
        numberBefore = b.column("a7 before");
        was = b.columns("a0 was", Limbs.COUNT);
        resultBefore = b.column("a0 before");
        count = b.columns("a2", Limbs.COUNT);
        countBefore = b.column("a2 before");
        Expr[] number = {Expr.of(SystemCall.WRITE), Expr.ZERO, Expr.ZERO, Expr.ZERO};
        access(b, "a7", SystemCall.A7, number, number, numberBefore, 0);
        access(b, "a0", SystemCall.A0, was, count, resultBefore, 1);
        access(b, "a2", SystemCall.A2, count, count, countBefore, 2);
        instruction.fetch(Expr.ZERO, Expr.ZERO, Expr.ZERO, Limbs.ZERO);
        instruction.goOn();
        air = b.build();
    }

    private void access(AirBuilder b, String name, int register, Expr[] held, Expr[] holds, Column before, int slot) {
        Expr time = instruction.time(slot);
        RegisterRead.access(b, name, instruction.real(), Expr.of(register), held, holds, before, time);
    }
}
