package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/** SD of one whole word: the offset is 0. What goes into the word is a copy of rs2. */
public final class StoreDoubleChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** Address. */
    public final ByteAddress address;

    /** Base of the address. */
    public final RegisterRead rs1;

    /** What is stored. */
    public final RegisterRead rs2;

    /** The word. */
    public final WordAccess word;

    /** Describes the table. */
    public StoreDoubleChip() {
        AirBuilder b = new AirBuilder("store double");
        instruction = new InstructionRow(b, Op.SD);
        Expr real = instruction.real();
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        word = WordAccess.of(b, "word");
        word.access(b, real, address.word(), rs2.value(), instruction.time(2));
        address.sum(b, real, rs1.value(), Expr.ZERO);
        instruction.fetch(Expr.ZERO, rs1.register(), rs2.register(), address.imm());
        instruction.goOn();
        air = b.build();
    }
}
