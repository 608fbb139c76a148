package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import java.util.List;

/**
 * A register that a row reads.
 *
 * @param register index in the register file
 * @param value what it holds, four limbs: a copy of what was written there, so their range is known
 * @param before time of its previous access
 */
@SuppressWarnings("ArrayRecordComponent")
public record RegisterRead(Column register, Column[] value, Column before) {
    /**
     * Reads, in rows where {@code use} is 1, at {@code time}.
     *
     * <p>The value returns to the bus as it came. That the previous access is earlier is one lookup of 16 bits: without
     * it a row could read a value that is written later, or its own.
     */
    static RegisterRead of(AirBuilder b, String name, Expr use, Expr time) {
        Column register = b.column(name);
        Column[] value = b.columns(name + " value", Limbs.COUNT);
        Column before = b.column(name + " before");
        access(b, name, use, register, value, value, before, time);
        return new RegisterRead(register, value, before);
    }

    /** The exchange that is an access, and the proof that time goes forward. */
    static void access(
            AirBuilder b, String name, Expr use, Expr register, Expr[] was, Expr[] is, Column before, Expr time) {
        b.exchange(
                name,
                Bus.MEMORY,
                use,
                List.of(Expr.ONE, register, was[0], was[1], was[2], was[3], before),
                List.of(Expr.ONE, register, is[0], is[1], is[2], is[3], time));
        b.lookup(Bus.RANGE, use, time.minus(before).minus(1));
    }
}
