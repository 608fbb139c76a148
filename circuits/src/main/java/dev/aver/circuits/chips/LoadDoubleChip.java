package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/** LD of one whole word: the offset is 0. What goes into rd is a copy of the word. */
public final class LoadDoubleChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** Address. */
    public final ByteAddress address;

    /** Base of the address. */
    public final RegisterRead rs1;

    /** The word. */
    public final WordAccess word;

    /** Destination. */
    public final RegisterWrite rd;

    /** Describes the table. */
    public LoadDoubleChip() {
        AirBuilder b = new AirBuilder("load double");
        instruction = new InstructionRow(b, Op.LD);
        Expr real = instruction.real();
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        word = WordAccess.of(b, "word");
        word.access(b, real, address.word(), word.was(), instruction.time(2));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), word.was());
        address.sum(b, real, rs1.value(), Expr.ZERO);
        instruction.fetch(rd.register(), rs1.register(), Expr.ZERO, address.imm());
        instruction.goOn();
        air = b.build();
    }
}
