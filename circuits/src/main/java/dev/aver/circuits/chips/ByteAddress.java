package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;

/**
 * The address of a load or store, rs1 + immediate, proven below 2^32 and taken apart into a word and an offset.
 *
 * @param immLow low limb of the immediate
 * @param immHigh its other limbs: 0 or 0xffff
 * @param wordLow the low 13 bits of the word's index: bits 3 to 15 of the address
 * @param high bits 16 to 31 of the address
 */
public record ByteAddress(Column immLow, Column immHigh, Column wordLow, Column high) {
    /** Bits of {@link #wordLow}. */
    private static final int LOW_BITS = 13;

    /** Declares the columns. */
    static ByteAddress of(AirBuilder b) {
        return new ByteAddress(
                b.column("imm low"), b.column("imm high"), b.column("word low"), b.column("address high"));
    }

    /** The immediate's limbs. */
    Expr[] imm() {
        return new Expr[] {immLow, immHigh, immHigh, immHigh};
    }

    /**
     * The index of the word, below 2^29. That of the word behind it is one more, which may be 2^29: no word has that
     * index, and since p is larger it is no other's.
     */
    Expr word() {
        return wordLow.plus(high.times(1L << LOW_BITS));
    }

    /**
     * Proves that rs1 + imm = 8 · word + offset modulo 2^64, with a word index below 2^29.
     *
     * <p>The word's low part is looked up itself: as a quotient by 8 in K it could be any multiple of 1/8 otherwise,
     * and the index that of a word far away.
     *
     * @param rs1 four limbs below 2^16
     * @param offset below 8 for a reason that the caller states
     */
    void sum(AirBuilder b, Expr real, Expr[] rs1, Expr offset) {
        Expr[] address = {wordLow.times(8).plus(offset), high, Expr.ZERO, Expr.ZERO};
        Expr[] carries = Limbs.carries(rs1, imm(), address);
        for (int i = 0; i < carries.length; i++) {
            b.bit(
                    "limb " + i + " of the address is added with a carry of 0 or 1: else it is another address",
                    carries[i]);
        }
        b.lookup(Bus.BITS, real, Expr.of(LOW_BITS), wordLow, Expr.of(1 << LOW_BITS));
        b.lookup(Bus.RANGE, real, high);
    }
}
