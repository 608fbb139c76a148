package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Expr;

/** SB, SH and SW of bytes within one word. */
public final class StoreChip {
    /** The table. */
    public final Air air;

    /** Where the bytes lie. */
    public final Placement placement;

    /** What the word becomes. */
    public final StoredBytes stored;

    /** Address. */
    public final ByteAddress address;

    /** Base of the address. */
    public final RegisterRead rs1;

    /** What is stored. */
    public final RegisterRead rs2;

    /** The word. */
    public final WordAccess word;

    /** Describes the table. */
    public StoreChip() {
        AirBuilder b = new AirBuilder("store");
        placement = new Placement(b, false);
        InstructionRow instruction = placement.instruction;
        Expr real = instruction.real();
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        stored = new StoredBytes(b, placement, rs2.value(), 4, Limbs.COUNT);
        word = WordAccess.of(b, "word");
        word.access(b, real, address.word(), stored.limbs, instruction.time(2));
        address.sum(b, real, rs1.value(), placement.offset());
        instruction.fetchCode(stored.opcode(), Expr.ZERO, rs1.register(), rs2.register(), address.imm());
        instruction.goOn();
        stored.replace(b, real, word.was());
        air = b.build();
    }
}
