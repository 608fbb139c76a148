package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.chips.Placement.Form;
import dev.aver.zkvm.isa.Op;

/**
 * What one word or two hold after a store: bytes of rs2 where the placement says, and elsewhere what they held.
 *
 * <p>At an even offset limbs of rs2 replace limbs of memory. At an odd one bytes pair up anew: the window's first limb
 * keeps its low byte, its last one the high byte.
 */
public final class StoredBytes {
    private static final Expr INVERSE_256 = Limbs.inverse(256);

    private final Placement placement;
    private final Expr[] value;

    /** The low byte of each limb of rs2 that may be stored. */
    public final Column[] low;

    /** The bytes, low and high, of the window's first limb before the store. */
    public final Column[] firstWas;

    /** The bytes, low and high, of the window's last limb before, where only its low byte is replaced. */
    public final Column[] lastWas;

    /** The limbs of the word or words afterwards. */
    public final Column[] limbs;

    /**
     * Declares the columns.
     *
     * @param value rs2
     * @param bytes the most bytes that are stored
     * @param limbCount limbs of the words accessed
     */
    StoredBytes(AirBuilder b, Placement placement, Expr[] value, int bytes, int limbCount) {
        this.placement = placement;
        this.value = value;
        low = b.columns("low byte", bytes / 2);
        firstWas = b.columns("first limb's byte", 2);
        lastWas = b.columns("last limb's byte", 2);
        limbs = b.columns("stored", limbCount);
    }

    /** The code of the row's operation. */
    Expr opcode() {
        return placement.opcode(Op.SB.code(), Op.SH.code(), Op.SW.code(), Op.SD.code());
    }

    /**
     * Proves what the words hold afterwards. Each new limb is below 2^16: a copy of an old one or of one of rs2, or two
     * bytes that are looked up.
     *
     * @param was the limbs before
     */
    void replace(AirBuilder b, Expr real, Expr[] was) {
        b.equal(
                "the window's first limb is its two bytes: else the byte that is kept could be changed",
                placement.window(was, 0),
                pair(firstWas[0], firstWas[1]));
        Expr off = Expr.ZERO;
        for (Form form : placement.forms()) {
            if (!form.odd() || form.bytes() == 1) continue;
            Expr last = placement.window(was, form.bytes() / 2);
            off = off.plus(placement.flag(form).times(last.minus(pair(lastWas[0], lastWas[1]))));
        }
        b.zero("the window's last limb is its two bytes: else the byte that is kept could be changed", off);
        for (int limb = 0; limb < limbs.length; limb++) {
            Expr change = Expr.ZERO;
            for (Form form : placement.forms()) {
                Expr changeInForm = Expr.ZERO;
                for (int i = 0; i < form.limbs(); i++) {
                    Expr here = placement.startsIn(limb - i);
                    changeInForm = changeInForm.plus(here.times(part(form, i).minus(was[limb])));
                }
                change = change.plus(placement.flag(form).times(changeInForm));
            }
            b.equal(
                    "limb " + limb + " afterwards is what the store makes of it: else it writes elsewhere or otherwise",
                    limbs[limb],
                    was[limb].plus(change));
        }
        for (int i = 0; i < low.length; i++) b.lookup(Bus.BYTE_PAIR, real, low[i], high(i));
        b.lookup(Bus.BYTE_PAIR, real, firstWas[0], firstWas[1]);
        b.lookup(Bus.BYTE_PAIR, real, lastWas[0], lastWas[1]);
    }

    /** What limb {@code i} of the window becomes. */
    private Expr part(Form form, int i) {
        if (!form.odd()) return form.bytes() == 1 ? pair(low[0], firstWas[1]) : value[i];
        if (i == 0) return pair(firstWas[0], low[0]);
        return pair(high(i - 1), 2 * i == form.bytes() ? lastWas[1] : low[i]);
    }

    /** The high byte of limb {@code i} of rs2: what is over its low one. */
    private Expr high(int i) {
        return value[i].minus(low[i]).times(INVERSE_256);
    }

    private static Expr pair(Expr lowByte, Expr highByte) {
        return lowByte.plus(highByte.times(256));
    }
}
