package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.field.KoalaBear;

/**
 * The fixed table that answers {@link Bus#BYTES} and {@link Bus#BYTE_PAIR}: all pairs of bytes, a and b at row 256·a +
 * b.
 */
public final class BytesTable {
    /** The logarithm of the number of rows. */
    public static final int LOG_HEIGHT = 16;

    /** The table. */
    public final Air air;

    /** How often a row answers a query for the pair's AND. */
    public final Column ands;

    /** How often a row answers a query for the pair. */
    public final Column pairs;

    /** Describes the table. */
    public BytesTable() {
        AirBuilder b = new AirBuilder("bytes");
        Column first = b.preprocessed("a");
        Column second = b.preprocessed("b");
        Column and = b.preprocessed("a AND b");
        ands = b.column("ands");
        pairs = b.column("pairs");
        b.answer(Bus.BYTES, ands, first, second, and);
        b.answer(Bus.BYTE_PAIR, pairs, first, second);
        air = b.build();
    }

    /** The preprocessed columns, one after the other, in Montgomery form. */
    public static int[] preprocessed() {
        int height = 1 << LOG_HEIGHT;
        int[] columns = new int[3 * height];
        for (int row = 0; row < height; row++) {
            int a = row >> 8;
            int b = row & 0xff;
            columns[row] = KoalaBear.of(a);
            columns[height + row] = KoalaBear.of(b);
            columns[2 * height + row] = KoalaBear.of(a & b);
        }
        return columns;
    }
}
