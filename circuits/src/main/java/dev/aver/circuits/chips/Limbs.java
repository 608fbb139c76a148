package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.field.KoalaBear;

/** A 64-bit value as four limbs of 16 bits, least significant first. */
final class Limbs {
    /** Limbs of a value. */
    static final int COUNT = 4;

    /** 2^16. */
    static final long BASE = 1L << 16;

    /** 2^-16: what turns what is left of a limb's sum into its carry. */
    static final Expr INVERSE_BASE = inverse((int) BASE);

    /** Four zeros. */
    static final Expr[] ZERO = {Expr.ZERO, Expr.ZERO, Expr.ZERO, Expr.ZERO};

    private Limbs() {}

    /**
     * The carries of x + y = z, limb by limb: carry i is (x_i + y_i + carry i−1 − z_i) / 2^16, an expression. The
     * equation holds modulo 2^(16·limbs) if each is 0 or 1 and all limbs are below 2^16.
     */
    static Expr[] carries(Expr[] x, Expr[] y, Expr[] z) {
        Expr[] carries = new Expr[x.length];
        Expr carry = Expr.ZERO;
        for (int i = 0; i < x.length; i++) {
            carry = x[i].plus(y[i]).plus(carry).minus(z[i]).times(INVERSE_BASE);
            carries[i] = carry;
        }
        return carries;
    }

    /** {@code bit} is bit 15 of {@code limb}, which is below 2^16, in rows where {@code count} is 1. */
    static void topBit(AirBuilder b, Expr count, Expr limb, Expr bit) {
        b.lookup(Bus.BITS, count, Expr.of(15), limb.minus(bit.times(1 << 15)), Expr.of(1 << 15));
    }

    /** Proves that each limb is below 2^16, in rows where {@code count} is 1. */
    static void range(AirBuilder b, Expr count, Expr... limbs) {
        for (Expr limb : limbs) b.lookup(Bus.RANGE, count, limb);
    }

    /** The limbs of two values, one behind the other. */
    static Expr[] concat(Expr[] low, Expr[] high) {
        Expr[] both = new Expr[low.length + high.length];
        System.arraycopy(low, 0, both, 0, low.length);
        System.arraycopy(high, 0, both, low.length, high.length);
        return both;
    }

    /** 1/n in K, as a constant. */
    static Expr inverse(int n) {
        return Expr.of(KoalaBear.canonical(KoalaBear.inverse(KoalaBear.of(n))));
    }
}
