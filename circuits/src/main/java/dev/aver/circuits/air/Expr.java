package dev.aver.circuits.air;

import dev.aver.circuits.field.KoalaBear;

/**
 * An expression over the columns of one table: a node of a directed acyclic graph. Nodes are compared by identity, so
 * that a shared one stays shared.
 */
public sealed interface Expr permits Column, Expr.Constant, Expr.Sum, Expr.Difference, Expr.Product {
    /** 0. */
    Expr ZERO = of(0);

    /** 1. */
    Expr ONE = of(1);

    /** The polynomial's degree, a column counting 1. */
    int degree();

    /** A constant: {@code value}, any number, modulo p. */
    static Expr of(long value) {
        return new Constant(KoalaBear.ofLong(value));
    }

    /** this + other. */
    default Expr plus(Expr other) {
        if (isZero(this)) return other;
        if (isZero(other)) return this;
        return new Sum(this, other);
    }

    /** this + other. */
    default Expr plus(long other) {
        return plus(of(other));
    }

    /** this − other. */
    default Expr minus(Expr other) {
        if (isZero(other)) return this;
        return new Difference(this, other);
    }

    /** this − other. */
    default Expr minus(long other) {
        return minus(of(other));
    }

    /** this · other. */
    default Expr times(Expr other) {
        if (isZero(this) || isZero(other)) return ZERO;
        if (isOne(this)) return other;
        if (isOne(other)) return this;
        return new Product(this, other);
    }

    /** this · other. */
    default Expr times(long other) {
        return times(of(other));
    }

    /** 1 − this: the negation of a bit. */
    default Expr not() {
        return ONE.minus(this);
    }

    /** The sum of some expressions, 0 if there are none. */
    static Expr sum(Expr... terms) {
        Expr sum = ZERO;
        for (Expr term : terms) sum = sum.plus(term);
        return sum;
    }

    private static boolean isZero(Expr expr) {
        return expr instanceof Constant constant && constant.value == 0;
    }

    private static boolean isOne(Expr expr) {
        return expr instanceof Constant constant && constant.value == KoalaBear.ONE;
    }

    /** An element of K. */
    final class Constant implements Expr {
        private final int value;

        private Constant(int value) {
            this.value = value;
        }

        /** The element, in Montgomery form. */
        public int value() {
            return value;
        }

        @Override
        public int degree() {
            return 0;
        }
    }

    /** A sum. */
    final class Sum implements Expr {
        private final Expr left;
        private final Expr right;
        private final int degree;

        private Sum(Expr left, Expr right) {
            this.left = left;
            this.right = right;
            this.degree = Math.max(left.degree(), right.degree());
        }

        /** The first operand. */
        public Expr left() {
            return left;
        }

        /** The second operand. */
        public Expr right() {
            return right;
        }

        @Override
        public int degree() {
            return degree;
        }
    }

    /** A difference. */
    final class Difference implements Expr {
        private final Expr left;
        private final Expr right;
        private final int degree;

        private Difference(Expr left, Expr right) {
            this.left = left;
            this.right = right;
            this.degree = Math.max(left.degree(), right.degree());
        }

        /** The first operand. */
        public Expr left() {
            return left;
        }

        /** The second operand. */
        public Expr right() {
            return right;
        }

        @Override
        public int degree() {
            return degree;
        }
    }

    /** A product. */
    final class Product implements Expr {
        private final Expr left;
        private final Expr right;
        private final int degree;

        private Product(Expr left, Expr right) {
            this.left = left;
            this.right = right;
            this.degree = left.degree() + right.degree();
        }

        /** The first operand. */
        public Expr left() {
            return left;
        }

        /** The second operand. */
        public Expr right() {
            return right;
        }

        @Override
        public int degree() {
            return degree;
        }
    }
}
