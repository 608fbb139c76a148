package dev.aver.circuits.air;

/** A column's value in the current row or, after {@link #next}, in the row after it (the last row's is the first). */
public final class Column implements Expr {
    private final String name;
    private final boolean preprocessed;
    private final int index;
    private final boolean next;

    Column(String name, boolean preprocessed, int index, boolean next) {
        this.name = name;
        this.preprocessed = preprocessed;
        this.index = index;
        this.next = next;
    }

    /** The name, unique in its table. */
    public String name() {
        return name;
    }

    /** Whether the column is fixed before any run: part of a verifying key, or of a program's commitment. */
    public boolean preprocessed() {
        return preprocessed;
    }

    /** Its place among the table's preprocessed or main columns. */
    public int index() {
        return index;
    }

    /** Whether this reads the next row. */
    public boolean isNext() {
        return next;
    }

    /** The column's value in the next row. */
    public Column next() {
        assert !next : name;
        return new Column(name, preprocessed, index, true);
    }

    @Override
    public int degree() {
        return 1;
    }

    @Override
    public String toString() {
        return next ? name + "'" : name;
    }
}
