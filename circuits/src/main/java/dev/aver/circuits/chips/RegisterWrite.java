package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * A register that a row writes.
 *
 * @param register index in the register file; never 0, because decoding sends results for x0 to the sink
 * @param was what it held, four limbs
 * @param before time of its previous access
 */
@SuppressWarnings("ArrayRecordComponent")
public record RegisterWrite(Column register, Column[] was, Column before) {
    /**
     * Writes {@code value}, in rows where {@code use} is 1, at {@code time}.
     *
     * @param value four limbs, each below 2^16 for a reason that the caller states: nothing here checks it
     */
    static RegisterWrite of(AirBuilder b, String name, Expr use, Expr time, Expr[] value) {
        Column register = b.column(name);
        Column[] was = b.columns(name + " was", Limbs.COUNT);
        Column before = b.column(name + " before");
        RegisterRead.access(b, name, use, register, was, value, before, time);
        return new RegisterWrite(register, was, before);
    }
}
