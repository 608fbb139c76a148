package dev.aver.circuits.air;

/**
 * An expression that has to be zero.
 *
 * @param name what it says and, where that is not plain, what would be possible without it
 * @param where on which rows
 */
public record Constraint(String name, Where where, Expr expr) {
    /** The rows on which a constraint holds. */
    public enum Where {
        /** Every row, the last one with the first as its next. */
        EVERY(0),
        /** The first row. */
        FIRST(1),
        /** The last row. */
        LAST(1),
        /** Every row but the last. */
        TRANSITION(1);

        private final int degree;

        Where(int degree) {
            this.degree = degree;
        }
    }

    /** The largest degree that a constraint may have, its selector counted. */
    public static final int MAX_DEGREE = 3;

    public Constraint {
        if (expr.degree() + where.degree > MAX_DEGREE) {
            throw new IllegalArgumentException("degree above " + MAX_DEGREE + ": " + name);
        }
    }

    /** The degree, with the selector's. */
    public int degree() {
        return expr.degree() + where.degree;
    }
}
