package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import java.util.List;

/**
 * A word of memory that a row reads or writes.
 *
 * @param name for people
 * @param was what it held, four limbs
 * @param before time of its previous access
 * @param restHigh bits 16 to 23 of the time since then, less one
 */
@SuppressWarnings("ArrayRecordComponent")
public record WordAccess(String name, Column[] was, Column before, Column restHigh) {
    /** Space of memory words on the bus; the register file is space 1. */
    static final Expr MEMORY = Expr.ZERO;

    /** Declares the columns. */
    static WordAccess of(AirBuilder b, String name) {
        return new WordAccess(
                name, b.columns(name + " was", Limbs.COUNT), b.column(name + " before"), b.column(name + " rest high"));
    }

    /**
     * Accesses the word, in rows where {@code use} is 1, at {@code time}. A read passes {@link #was} as {@code is}.
     *
     * <p>Memory may rest as long as the segment: the time since the previous access, less one, is proven below 2^24 by
     * a 16-bit and an 8-bit lookup, which cannot wrap because all times are below 2^24.
     *
     * @param address index of the word, below 2^29
     * @param is what it holds afterwards, four limbs below 2^16 for a reason that the caller states
     */
    void access(AirBuilder b, Expr use, Expr address, Expr[] is, Expr time) {
        accessLow(b, use, address, is, time);
        b.lookup(Bus.BITS, use, Expr.of(8), restHigh, Expr.of(256));
    }

    /**
     * As {@link #access}, but the caller has to prove that {@link #restHigh} is a byte, in a lookup with another one.
     */
    void accessLow(AirBuilder b, Expr use, Expr address, Expr[] is, Expr time) {
        b.exchange(
                name,
                Bus.MEMORY,
                use,
                List.of(MEMORY, address, was[0], was[1], was[2], was[3], before),
                List.of(MEMORY, address, is[0], is[1], is[2], is[3], time));
        b.lookup(Bus.RANGE, use, time.minus(before).minus(1).minus(restHigh.times(Limbs.BASE)));
    }
}
