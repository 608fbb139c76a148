package dev.aver.verifier.pcs;

import java.util.List;

/**
 * The opened values: of every committed column at ζ, and at the next row's point where the shape says so.
 *
 * @param values as {@link PcsShape#opening} numbers them
 * @param <V> an element of E
 */
public record Openings<V>(PcsShape shape, List<V> values) {
    /** The points' numbers: ζ, and ζ·g. */
    public static final int LOCAL = 0;

    public static final int NEXT = 1;

    public Openings {
        values = List.copyOf(values);
        assert values.size() == shape.openings() : values.size();
    }

    /** A column's value at {@link #LOCAL} or {@link #NEXT}. */
    public V value(int commitment, int matrix, int point, int column) {
        return values.get(shape.opening(commitment, matrix, point) + column);
    }

    /** All columns' values of a matrix at {@link #LOCAL} or {@link #NEXT}, in order. */
    public List<V> row(int commitment, int matrix, int point) {
        int from = shape.opening(commitment, matrix, point);
        int width = shape.commitments().get(commitment).matrices().get(matrix).width();
        return values.subList(from, from + width);
    }
}
