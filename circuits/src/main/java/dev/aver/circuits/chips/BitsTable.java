package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.field.KoalaBear;

/**
 * The fixed table that answers {@link Bus#RANGE} and {@link Bus#BITS}: every number v of k bits, for k from 0 to 16, at
 * row 2^k − 1 + v. One more row, a copy of the one before it, makes 2^17.
 *
 * <p>Every row's value is below 2^16, so every row may answer a range query; provers use those with k = 16.
 */
public final class BitsTable {
    /** The logarithm of the number of rows. */
    public static final int LOG_HEIGHT = 17;

    /** The largest k. */
    public static final int MOST_BITS = 16;

    /** The table. */
    public final Air air;

    /** How often a row answers a range query. */
    public final Column ranges;

    /** How often a row answers a query for its number of bits. */
    public final Column bits;

    /** Describes the table. */
    public BitsTable() {
        AirBuilder b = new AirBuilder("bits");
        Column k = b.preprocessed("k");
        Column value = b.preprocessed("value");
        Column power = b.preprocessed("2^k");
        ranges = b.column("ranges");
        bits = b.column("bits");
        b.answer(Bus.RANGE, ranges, value);
        b.answer(Bus.BITS, bits, k, value, power);
        air = b.build();
    }

    /** The preprocessed columns, one after the other, in Montgomery form. */
    public static int[] preprocessed() {
        int height = 1 << LOG_HEIGHT;
        int[] columns = new int[3 * height];
        for (int row = 0; row < height; row++) {
            int number = Math.min(row, height - 2) + 1;
            int k = 31 - Integer.numberOfLeadingZeros(number);
            columns[row] = KoalaBear.of(k);
            columns[height + row] = KoalaBear.of(number - (1 << k));
            columns[2 * height + row] = KoalaBear.of(1 << k);
        }
        return columns;
    }
}
