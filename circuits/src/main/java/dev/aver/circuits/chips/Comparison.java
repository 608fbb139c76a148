package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import java.util.Arrays;

/**
 * Which of two 64-bit values is less, signed or unsigned, and whether they are equal.
 *
 * <p>Points at the highest limb in which the values differ and proves by how much: above it the limbs are equal, and
 * the distance there, from 1 to 2^16, says which way. Where nothing is pointed at, all limbs are equal. For a signed
 * comparison bit 63 of both is flipped first, which turns signed order into unsigned order.
 *
 * @param different one bit for each limb: the highest that differs, none if the values are equal
 * @param distance by how much it differs
 * @param less whether the first value is less
 * @param firstSign bit 63 of the first value in a signed comparison, else 0
 * @param secondSign bit 63 of the second
 * @param unequal whether the values differ
 */
@SuppressWarnings("ArrayRecordComponent")
public record Comparison(
        Column[] different, Column distance, Column less, Column firstSign, Column secondSign, Expr unequal) {
    /**
     * Compares, in every row.
     *
     * @param signed 1 in rows that compare signed values, else 0
     * @param first four limbs below 2^16
     * @param second four limbs below 2^16
     */
    static Comparison of(AirBuilder b, Expr signed, Expr[] first, Expr[] second) {
        Column[] different = new Column[Limbs.COUNT];
        for (int i = 0; i < Limbs.COUNT; i++) different[i] = b.bit("differs at limb " + i);
        Expr unequal = Expr.sum(different);
        b.bit("one limb is pointed at, at most: else distances would be added up", unequal);
        Column distance = b.column("distance");
        Column less = b.bit("less");
        Column firstSign = b.bit("first sign");
        Column secondSign = b.bit("second sign");
        Expr[] x = Arrays.copyOf(first, Limbs.COUNT, Expr[].class);
        Expr[] y = Arrays.copyOf(second, Limbs.COUNT, Expr[].class);
        x[3] = flipped(b, signed, first[3], firstSign);
        y[3] = flipped(b, signed, second[3], secondSign);

        Expr above = Expr.ONE;
        Expr apart = Expr.ZERO;
        for (int i = Limbs.COUNT - 1; i >= 0; i--) {
            above = above.minus(different[i]);
            Expr limbApart = y[i].minus(x[i]);
            b.zero(
                    "limb " + i + " is equal unless it or a higher one is pointed at: else a low limb could decide",
                    above.times(limbApart));
            apart = apart.plus(different[i].times(limbApart));
        }
        // Limbs are less than 2^16 apart, and the distance is at most 2^16, so the two ways cannot meet modulo p.
        b.equal(
                "the distance is the limbs', in the way that less says",
                apart,
                less.times(2).minus(1).times(distance));
        b.lookup(Bus.RANGE, unequal, distance.minus(1));
        b.zero("of equal values none is less", unequal.not().times(less));
        return new Comparison(different, distance, less, firstSign, secondSign, unequal);
    }

    /** A highest limb, with its highest bit flipped in signed comparisons. */
    private static Expr flipped(AirBuilder b, Expr signed, Expr limb, Column sign) {
        b.zero("unsigned values have no sign", signed.not().times(sign));
        Expr flipped = limb.plus(signed.times(1 << 15)).minus(sign.times(1 << 16));
        // Below 2^16 only with the right sign: the wrong one leaves a limb below 0, or 2^16 and more.
        b.lookup(Bus.RANGE, signed, flipped);
        return flipped;
    }
}
