package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.RegisterRead;
import dev.aver.circuits.chips.RegisterWrite;
import dev.aver.circuits.chips.WordAccess;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Buffers;

/**
 * The columns of one table: elements in Montgomery form, column by column, 2^logHeight rows. Rows that nobody fills are
 * zero, which is what padding is in every table but the hash table.
 *
 * <p>Not thread-safe, but threads may fill different rows.
 */
public final class Trace {
    private final Air air;
    private final int logHeight;
    private final int[] main;
    private final int[] preprocessed;

    /** An empty table without preprocessed columns, in a new array. */
    public Trace(Air air, int logHeight) {
        this(air, logHeight, Buffers.FRESH);
    }

    /** An empty table without preprocessed columns. */
    public Trace(Air air, int logHeight, Buffers buffers) {
        this(air, logHeight, new int[0], buffers);
    }

    /**
     * An empty table.
     *
     * @param preprocessed the table's preprocessed columns; kept, not copied
     * @param buffers where the array of the main columns comes from; whoever needs the table last gives it back
     */
    public Trace(Air air, int logHeight, int[] preprocessed, Buffers buffers) {
        assert preprocessed.length == air.preprocessed().size() << logHeight : preprocessed.length;
        this.air = air;
        this.logHeight = logHeight;
        this.main = buffers.zeros(Math.multiplyExact(air.width(), 1 << logHeight));
        this.preprocessed = preprocessed;
    }

    /** The logarithm of the smallest height, 64 or more, with room for so many rows. */
    public static int logHeightFor(int rows) {
        return Math.max(6, 32 - Integer.numberOfLeadingZeros(Math.max(rows, 1) - 1));
    }

    /** The table's definition. */
    public Air air() {
        return air;
    }

    /** The logarithm of the number of rows. */
    public int logHeight() {
        return logHeight;
    }

    /** The main columns: column c, row i at {@code (c << logHeight) + i}. The array may be longer. */
    public int[] main() {
        return main;
    }

    /** The preprocessed columns, laid out alike. */
    public int[] preprocessed() {
        return preprocessed;
    }

    /** Sets a cell to a number modulo p. */
    public void set(Column column, int row, long value) {
        main[at(column, row)] = KoalaBear.ofLong(value);
    }

    /** Sets a cell to an element in Montgomery form. */
    public void setElement(Column column, int row, int element) {
        main[at(column, row)] = element;
    }

    /** Sets four cells to the limbs of a 64-bit value. */
    public void setLimbs(Column[] limbs, int row, long value) {
        for (int i = 0; i < 4; i++) {
            main[at(limbs[i], row)] = KoalaBear.of((int) (value >>> (16 * i)) & 0xffff);
        }
    }

    /** Fills in the read of a register. */
    public void read(RegisterRead access, int row, int register, long value, int before) {
        set(access.register(), row, register);
        setLimbs(access.value(), row, value);
        set(access.before(), row, before);
    }

    /** Fills in the write of a register. */
    public void write(RegisterWrite access, int row, int register, long was, int before) {
        set(access.register(), row, register);
        setLimbs(access.was(), row, was);
        set(access.before(), row, before);
    }

    /**
     * Fills in the access of a word.
     *
     * @param time of this access
     */
    public void access(WordAccess access, int row, long was, int before, int time) {
        setLimbs(access.was(), row, was);
        set(access.before(), row, before);
        set(access.restHigh(), row, (time - before - 1) >>> 16);
    }

    /** A cell, as a canonical number. */
    public int get(Column column, int row) {
        return KoalaBear.canonical(main[at(column, row)]);
    }

    /** A cell, in Montgomery form. */
    public int element(Column column, int row) {
        return main[at(column, row)];
    }

    private int at(Column column, int row) {
        assert !column.preprocessed() && !column.isNext() : column;
        return (column.index() << logHeight) + row;
    }
}
