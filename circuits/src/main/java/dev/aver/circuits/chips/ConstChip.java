package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/**
 * LI: a value that decoding knows, which is what LUI, AUIPC, ADDI from x0 and the fences become.
 *
 * <p>The value is a copy of the fetched immediate, whose limbs are below 2^16 in every program table.
 */
public final class ConstChip {
    /** The table. */
    public final Air air;

    /** Row; the operation is always LI. */
    public final InstructionRow instruction;

    /** The value. */
    public final Column[] imm;

    /** Destination. */
    public final RegisterWrite rd;

    /** Describes the table. */
    public ConstChip() {
        AirBuilder b = new AirBuilder("const");
        instruction = new InstructionRow(b, Op.LI);
        imm = b.columns("imm", Limbs.COUNT);
        rd = RegisterWrite.of(b, "rd", instruction.real(), instruction.time(3), imm);
        instruction.fetch(rd.register(), Expr.ZERO, Expr.ZERO, imm);
        instruction.goOn();
        air = b.build();
    }
}
