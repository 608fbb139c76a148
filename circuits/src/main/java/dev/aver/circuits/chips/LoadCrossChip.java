package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;

/** Loads of bytes that begin in one word and end in the next. */
public final class LoadCrossChip {
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

    /** The word that the first byte is in. */
    public final WordAccess word;

    /** The word behind it. */
    public final WordAccess word2;

    /** Destination. */
    public final RegisterWrite rd;

    /** Describes the table. */
    public LoadCrossChip() {
        AirBuilder b = new AirBuilder("load cross");
        placement = new Placement(b, true);
        InstructionRow instruction = placement.instruction;
        Expr real = instruction.real();
        loaded = new LoadedBytes(b, placement, 8);
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        word = WordAccess.of(b, "word");
        word2 = WordAccess.of(b, "second word");
        word.accessLow(b, real, address.word(), word.was(), instruction.time(2));
        word2.accessLow(b, real, address.word().plus(1), word2.was(), instruction.time(2));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), loaded.result());
        address.sum(b, real, rs1.value(), placement.offset());
        instruction.fetchCode(loaded.opcode(b), rd.register(), rs1.register(), Expr.ZERO, address.imm());
        instruction.goOn();
        loaded.select(b, Limbs.concat(word.was(), word2.was()));
        loaded.range(b, real);
        b.lookup(Bus.BYTE_PAIR, real, word.restHigh(), word2.restHigh());
        b.lookup(Bus.BYTE_PAIR, real, loaded.signProof(), Expr.ZERO);
        air = b.build();
    }
}
