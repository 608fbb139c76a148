package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;
import java.util.Arrays;

/** Stores of bytes that begin in one word and end in the next. */
public final class StoreCrossChip {
    /** The table. */
    public final Air air;

    /** Where the bytes lie. */
    public final Placement placement;

    /** What the words become. */
    public final StoredBytes stored;

    /** Address. */
    public final ByteAddress address;

    /** Base of the address. */
    public final RegisterRead rs1;

    /** What is stored. */
    public final RegisterRead rs2;

    /** The word that the first byte is in. */
    public final WordAccess word;

    /** The word behind it. */
    public final WordAccess word2;

    /** Describes the table. */
    public StoreCrossChip() {
        AirBuilder b = new AirBuilder("store cross");
        placement = new Placement(b, true);
        InstructionRow instruction = placement.instruction;
        Expr real = instruction.real();
        address = ByteAddress.of(b);
        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real, instruction.time(1));
        stored = new StoredBytes(b, placement, rs2.value(), 8, 2 * Limbs.COUNT);
        Expr[] low = Arrays.copyOf(stored.limbs, Limbs.COUNT);
        Expr[] high = Arrays.copyOfRange(stored.limbs, Limbs.COUNT, 2 * Limbs.COUNT);
        word = WordAccess.of(b, "word");
        word2 = WordAccess.of(b, "second word");
        word.accessLow(b, real, address.word(), low, instruction.time(2));
        word2.accessLow(b, real, address.word().plus(1), high, instruction.time(2));
        b.lookup(Bus.BYTE_PAIR, real, word.restHigh(), word2.restHigh());
        address.sum(b, real, rs1.value(), placement.offset());
        instruction.fetchCode(stored.opcode(), Expr.ZERO, rs1.register(), rs2.register(), address.imm());
        instruction.goOn();
        stored.replace(b, real, Limbs.concat(word.was(), word2.was()));
        air = b.build();
    }
}
