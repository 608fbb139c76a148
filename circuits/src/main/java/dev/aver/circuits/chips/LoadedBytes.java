package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.chips.Placement.Form;
import dev.aver.zkvm.isa.Op;

/**
 * The bytes of a load's result, sign extension included, out of the words that it reads.
 *
 * <p>The result's bytes serve as the window's bytes: at an even offset they are the two halves of a limb, at an odd one
 * the high half of one and the low half of the next. Two more bytes complete the window's first and last limb.
 */
public final class LoadedBytes {
    /** The code of LBU, LHU and LWU over that of LB, LH and LW. */
    private static final int UNSIGNED = Op.LBU.code() - Op.LB.code();

    private final Placement placement;

    /** Whether the operation is LBU, LHU or LWU. */
    public final Column unsigned;

    /** The result's low bytes. */
    public final Column[] bytes;

    /** The other byte of the window's first limb, where the first limb has one that is not loaded. */
    public final Column firstRest;

    /** The high byte of the window's last limb, where only its low byte is loaded. */
    public final Column lastRest;

    /** The sign that is extended. */
    public final Column sign;

    /** The byte whose top bit is the sign, 0 where none is extended. */
    public final Column top;

    /** Declares the columns: {@code count} bytes of the result, above which it is all sign. */
    LoadedBytes(AirBuilder b, Placement placement, int count) {
        assert Op.LHU.code() - Op.LH.code() == UNSIGNED && Op.LWU.code() - Op.LW.code() == UNSIGNED;
        this.placement = placement;
        unsigned = b.bit("is unsigned");
        bytes = b.columns("byte", count);
        firstRest = b.column("first rest");
        lastRest = b.column("last rest");
        sign = b.bit("sign");
        top = b.column("top byte");
    }

    /** The code of the row's operation. */
    Expr opcode(AirBuilder b) {
        Expr eight = placement.is(form -> form.bytes() == 8);
        b.zero("an ld has no unsigned form: its code would be that of sb", unsigned.times(eight));
        return placement
                .opcode(Op.LB.code(), Op.LH.code(), Op.LW.code(), Op.LD.code())
                .plus(unsigned.times(UNSIGNED));
    }

    /** The result: four limbs below 2^16, because each is two bytes that are looked up, or 16 copies of the sign. */
    Expr[] result() {
        Expr[] result = new Expr[Limbs.COUNT];
        for (int i = 0; i < result.length; i++) {
            boolean given = 2 * i < bytes.length;
            result[i] = given ? pair(bytes[2 * i], bytes[2 * i + 1]) : sign.times(0xffff);
        }
        return result;
    }

    /** Proves that the bytes are those of the placement in the words read, and then the sign. */
    void select(AirBuilder b, Expr[] limbs) {
        for (int i = 0; i <= bytes.length / 2; i++) {
            Expr off = Expr.ZERO;
            for (Form form : placement.forms()) {
                if (i >= form.limbs()) continue;
                Expr limb = placement.window(limbs, i);
                off = off.plus(placement.flag(form).times(limb.minus(part(form, i))));
            }
            b.zero("limb " + i + " of the window is the bytes loaded: else they are not what is in memory", off);
        }
        for (int i = 1; i < bytes.length; i++) {
            int place = i;
            Expr above = placement.is(form -> form.bytes() <= place);
            b.zero(
                    "byte " + i + ", if not loaded, repeats the sign: else it is the prover's choice",
                    above.times(bytes[i].minus(sign.times(0xff))));
        }
        Expr signByte = Expr.ZERO;
        for (Form form : placement.forms()) {
            if (form.bytes() < 8) signByte = signByte.plus(placement.flag(form).times(bytes[form.bytes() - 1]));
        }
        b.equal(
                "the top byte is the last one that is loaded, or 0 in an unsigned form: else the sign is another one's",
                top,
                unsigned.not().times(signByte));
    }

    /** What limb {@code i} of the window is made of. */
    private Expr part(Form form, int i) {
        if (!form.odd()) return pair(bytes[2 * i], form.bytes() == 1 ? firstRest : bytes[2 * i + 1]);
        if (i == 0) return pair(firstRest, bytes[0]);
        return pair(bytes[2 * i - 1], 2 * i == form.bytes() ? lastRest : bytes[2 * i]);
    }

    private static Expr pair(Expr low, Expr high) {
        return low.plus(high.times(256));
    }

    /** Proves that all bytes are bytes: a limb has other pairs of numbers, whose sum is the same. */
    void range(AirBuilder b, Expr real) {
        for (int i = 0; i < bytes.length; i += 2) b.lookup(Bus.BYTE_PAIR, real, bytes[i], bytes[i + 1]);
        b.lookup(Bus.BYTE_PAIR, real, firstRest, lastRest);
    }

    /**
     * What is a byte exactly if {@link #sign} is the top bit of {@link #top}: twice the other seven bits. It is enough
     * to look this up because the top byte itself is one that is looked up; and where it is 0, so is the sign.
     */
    Expr signProof() {
        return top.minus(sign.times(128)).times(2);
    }
}
