package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import java.util.HexFormat;
import java.util.List;

/**
 * The system calls that end a run: exit (93, 94), whose journal is empty, and halt, which names the journal's digest.
 *
 * <p>This is the only table that sends a state with halted = 1, and no table takes one: the verifier does, once,
 * exactly when the claim says that the run ended, and then takes the result too. So no two rows can halt, and nothing
 * runs after a halt.
 */
public final class HaltChip {
    /** SHA-256 of nothing as sixteen little-endian limbs: what exit claims as the journal's digest. */
    private static final byte[] EMPTY_DIGEST =
            HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /** Words of the digest. */
    public static final int WORDS = 4;

    /** The table. */
    public final Air air;

    /** Row; the operation is always ECALL. */
    public final InstructionRow instruction;

    /** Whether the call is 93. */
    public final Column exit;

    /** Whether the call is 94. */
    public final Column exitGroup;

    /** a7: the call. */
    public final RegisterRead number;

    /** a0: the exit code. */
    public final RegisterRead code;

    /** a1: where the digest is. */
    public final RegisterRead address;

    /** The digest's words; those of an exit hold the empty journal's, and are not in memory. */
    public final WordAccess[] digest = new WordAccess[WORDS];

    /** Describes the table. */
    public HaltChip() {
        AirBuilder b = new AirBuilder("halt");
        instruction = new InstructionRow(b, Op.ECALL);
        Expr real = instruction.real();
        exit = b.bit("is exit");
        exitGroup = b.bit("is exit_group");
        Expr exits = exit.plus(exitGroup);
        Expr halt = real.minus(exits);
        b.bit("a row is one call: with two numbers at once the call's number would be their sum", halt);
        Expr time = instruction.time(2);

        number = RegisterRead.of(b, "a7", real, instruction.time(0));
        code = RegisterRead.of(b, "a0", real, instruction.time(1));
        address = RegisterRead.of(b, "a1", halt, time);
        for (int i = 0; i < WORDS; i++) digest[i] = WordAccess.of(b, "digest " + i);
        instruction.fetch(Expr.ZERO, Expr.ZERO, Expr.ZERO, Limbs.ZERO);
        registers(b, real, halt);

        Expr calls = exit.times(SystemCall.EXIT)
                .plus(exitGroup.times(SystemCall.EXIT_GROUP))
                .plus(halt.times(SystemCall.HALT));
        b.equal("a7 is the call's number", number.value()[0], calls);
        for (int i = 1; i < Limbs.COUNT; i++) {
            b.zero("a7 has no further bits: all 64 count", number.value()[i]);
            if (i > 1)
                b.zero(
                        "the digest is below 2^32: else its address would be taken modulo 2^32",
                        halt.times(address.value()[i]));
        }
        // limb 0 = 8q with q below 2^13: aligned, and nothing wraps, since both sides are below 2^16.
        Expr q = address.value()[0].times(KoalaBear.canonical(KoalaBear.inverse(KoalaBear.of(8))));
        b.lookup(Bus.BITS, halt, Expr.of(13), q, Expr.of(1 << 13));
        Expr word = q.plus(address.value()[1].times(1 << 13));
        Expr[] result = new Expr[2 + 4 * WORDS];
        result[0] = code.value()[0];
        result[1] = code.value()[1];
        for (int i = 0; i < WORDS; i++) {
            Column[] limbs = digest[i].was();
            digest[i].access(b, halt, word.plus(i), limbs, time);
            for (int j = 0; j < Limbs.COUNT; j++) {
                result[2 + 4 * i + j] = limbs[j];
                b.zero(
                        "an exit's journal is empty: else it could claim any digest",
                        exits.times(limbs[j].minus(emptyDigest(4 * i + j))));
            }
        }
        b.exchange(
                "state",
                Bus.STATE,
                real,
                List.of(instruction.row, instruction.clk, Expr.ZERO),
                List.of(Expr.ZERO, instruction.clk.plus(real), real));
        b.send(Bus.RESULT, real, result);
        air = b.build();
    }

    /** A limb, 0 to 15, of the empty journal's digest, as memory holds it: the first byte is the lower. */
    public static int emptyDigest(int limb) {
        return (EMPTY_DIGEST[2 * limb] & 0xff) | (EMPTY_DIGEST[2 * limb + 1] & 0xff) << 8;
    }

    private void registers(AirBuilder b, Expr real, Expr halt) {
        b.zero("a7 is register 17", real.times(number.register().minus(SystemCall.A7)));
        b.zero("a0 is register 10", real.times(code.register().minus(SystemCall.A0)));
        b.zero("a1 is register 11", halt.times(address.register().minus(SystemCall.A1)));
    }
}
