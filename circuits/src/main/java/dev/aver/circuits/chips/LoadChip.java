package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;

/** LB, LH, LW and their unsigned forms, of bytes within one word. */
public final class LoadChip {
    /** The table. */
    public final Air air;

    /** Where the bytes lie. */
    public final Placement placement;

    /** The result. */
    public final LoadedBytes loaded;

    /** Address. */
    public final ByteAddress address;

    /** Base of the address. */
    public final RegisterRead rs1;

    /** The word. */
    public final WordAccess word;

    /** Destination. */
    public final RegisterWrite rd;

    /** Describes the table. */
    public LoadChip() {
        AirBuilder b = new AirBuilder("load");
        placement = new Placement(b, false);
        InstructionRow instruction = placement.instruction;
        Expr real = instruction.real();
        loaded = new LoadedBytes(b, placement, 4);
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        word = WordAccess.of(b, "word");
        word.accessLow(b, real, address.word(), word.was(), instruction.time(2));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), loaded.result());
        address.sum(b, real, rs1.value(), placement.offset());
        instruction.fetchCode(loaded.opcode(b), rd.register(), rs1.register(), Expr.ZERO, address.imm());
        instruction.goOn();
        loaded.select(b, word.was());
        loaded.range(b, real);
        b.lookup(Bus.BYTE_PAIR, real, loaded.signProof(), word.restHigh());
        air = b.build();
    }
}
