package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.field.KoalaBear;

/**
 * A 64-bit value as eight bytes, for products: that of two 16-bit limbs would not fit below p.
 *
 * <p>A sum of products of bytes over all pairs with the same place has at most eight terms, so it is at most 8 · 255² =
 * 520 200, and two neighbours make a {@linkplain #product limb} of at most (7 + 256 · 8) · 255² = {@value #MOST}.
 */
final class Bytes {
    /** The largest value of a limb of a product, before carries. */
    static final long MOST = (7 + 256 * 8) * 255L * 255;

    /** Bits of a carry out of a limb of a product: it is at most (MOST + a few limbs) / 2^16 &lt; 2040. */
    static final int CARRY_BITS = 12;

    private static final Expr INVERSE_256 = Expr.of(KoalaBear.canonical(KoalaBear.inverse(KoalaBear.of(256))));

    private final Expr[] bytes;

    private Bytes(Expr[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes four limbs apart, in rows where {@code count} is 1, and so proves that each is below 2^16.
     *
     * @param low the even bytes; the odd ones are expressions
     */
    static Bytes of(AirBuilder b, Expr count, Expr[] limbs, Column[] low) {
        Expr[] bytes = new Expr[8];
        for (int i = 0; i < Limbs.COUNT; i++) {
            bytes[2 * i] = low[i];
            // Both are bytes by the lookup, and low + 256 · high = limb modulo p: so over the integers, and < 2^16.
            bytes[2 * i + 1] = limbs[i].minus(low[i]).times(INVERSE_256);
            b.lookup(Bus.BYTE_PAIR, count, bytes[2 * i], bytes[2 * i + 1]);
        }
        return new Bytes(bytes);
    }

    /** The sum of all products of bytes with this place, 0 to 14; at most 8 · 255². */
    Expr place(Bytes other, int place) {
        Expr sum = Expr.ZERO;
        for (int i = Math.max(0, place - 7); i <= Math.min(7, place); i++) {
            sum = sum.plus(bytes[i].times(other.bytes[place - i]));
        }
        return sum;
    }

    /** Limb 0 to 7 of the product of two values, before carries: the product is Σ 2^(16i) · limb i. */
    Expr product(Bytes other, int limb) {
        Expr even = place(other, 2 * limb);
        return limb == 7 ? even : even.plus(place(other, 2 * limb + 1).times(256));
    }

    /** A carry is in [−{@code below}, 2^12 − {@code below}), in rows where {@code count} is 1. */
    static void carry(AirBuilder b, Expr count, Expr carry, int below) {
        b.lookup(Bus.BITS, count, Expr.of(CARRY_BITS), carry.plus(below), Expr.of(1 << CARRY_BITS));
    }
}
