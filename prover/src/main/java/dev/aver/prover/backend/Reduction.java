package dev.aver.prover.backend;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.field.E6;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The reduced codeword of one length ({@link Backend#reduce}).
 *
 * <p>For each matrix, D(x) = Σ_c λ^(j + c) · f_c(x) is computed once, j being the number of its first opening; at its
 * next point the exponents are higher by its width, so D is multiplied by that power there. The quotients of all
 * matrices with the same point have one denominator:
 *
 * <pre>G(x) = Σ_z (Σ λ^j·v_j − Σ λ^(…)·D(x)) / (z − x)</pre>
 */
public final class Reduction {
    private final int logSize;
    private final List<int[]> codewords;
    private final int[] widths;
    private final int width;

    /** Coordinate k of the power of λ that belongs to column c of the joined row is at {@code k * width + c}. */
    private final int[] powers;

    private final List<Point> points = new ArrayList<>();

    /**
     * A point where matrices were opened.
     *
     * @param first the matrices whose first point it is: their D belongs to it as it is
     * @param later others
     */
    private static final class Point {
        private final E6 z;
        private final Denominators denominators;
        private final List<Integer> first = new ArrayList<>();
        private final List<Later> later = new ArrayList<>();

        /** Σ λ^j·v_j. */
        private E6 constant = E6.ZERO;

        Point(E6 z) {
            this.z = z;
            denominators = new Denominators(z);
        }
    }

    /** A matrix whose D, times {@code factor}, belongs to a point. */
    private record Later(int matrix, E6 factor) {}

    /** D of the rows of a block, which is what takes the time. An object has buffers, so each thread has its own. */
    public interface Combiner {
        /** The most rows of a block. */
        int BLOCK = RowArithmetic.ROWS;

        /**
         * Takes {@code count} rows from number {@code first} on, at most {@link #BLOCK}, and combines each matrix's
         * columns: coordinate k of {@code Σ_c power_c · f_c} in row {@code first + i} goes to {@code sums[matrix][k *
         * BLOCK + i]}.
         */
        void combine(int first, int count, int[][] sums);
    }

    /** Makes combiners. */
    public interface Combiners {
        /**
         * One for these columns.
         *
         * @param codewords the matrices, of height 2^logSize
         * @param widths of each
         * @param powers coordinate k of the power for column c, counted through all matrices, is at {@code k * width +
         *     c}
         */
        Combiner of(int logSize, List<int[]> codewords, int[] widths, int[] powers);
    }

    /** Prepares the powers of λ. */
    public Reduction(int logSize, List<Backend.Opened> matrices, E6 lambda) {
        this.logSize = logSize;
        widths = matrices.stream().mapToInt(Backend.Opened::width).toArray();
        width = Arrays.stream(widths).sum();
        codewords = matrices.stream().map(Backend.Opened::codewords).toList();
        powers = new int[E6.DEGREE * width];
        E6 power = E6.ONE;
        int from = 0;
        for (int number = 0; number < widths.length; number++) {
            Backend.Opened matrix = matrices.get(number);
            E6 step = lambda.pow(matrix.width());
            E6 factor = E6.ONE;
            for (int p = 0; p < matrix.points().size(); p++) {
                Point point = point(matrix.points().get(p));
                if (p == 0) point.first.add(number);
                else point.later.add(new Later(number, factor));
                for (int column = 0; column < matrix.width(); column++) {
                    if (p == 0) power.write(powers, from + column, width);
                    E6 value = matrix.values().get(p * matrix.width() + column);
                    point.constant = point.constant.plus(power.times(value));
                    power = power.times(lambda);
                }
                factor = factor.times(step);
            }
            from += matrix.width();
        }
    }

    /** What is known of a point. */
    private Point point(E6 z) {
        for (Point point : points) if (point.z.equals(z)) return point;
        points.add(new Point(z));
        return points.getLast();
    }

    /** A point's terms, for one thread. */
    private static final class Terms {
        private final Point point;
        private final RowArithmetic rows;
        private final ChunkDenominators denominators;

        /** The constant, and the products with factors as sums of coordinates. */
        private final Combination combination;

        private final int[] inverse = new int[EXTENSION];
        private final int[] value = new int[EXTENSION];

        Terms(Point point, RowArithmetic rows) {
            this.point = point;
            this.rows = rows;
            denominators = new ChunkDenominators(point.denominators, rows);
            List<E6> factors = new ArrayList<>();
            for (Later later : point.later) {
                for (int k = 0; k < E6.DEGREE; k++)
                    factors.add(later.factor.negated().times(E6.Z.pow(k)));
            }
            combination = new Combination(point.constant, factors);
        }

        /** Adds them to {@code total}, in E. */
        void addTo(int[] total, int[] xs, int[][] sums) {
            int column = 0;
            for (Later later : point.later) {
                for (int k = 0; k < E6.DEGREE; k++) combination.set(column++, sums[later.matrix], k * ROWS);
            }
            rows.combine(combination, value);
            for (int matrix : point.first) rows.subtract(value, sums[matrix], value);
            denominators.inverse(xs, inverse);
            rows.product(value, inverse, value);
            rows.add(total, value, total);
        }
    }

    /** A thread's buffers. */
    private final class Scratch {
        final int[] points = new int[ROWS];

        /** D of each matrix. */
        final int[][] sums = new int[widths.length][EXTENSION];

        final Combiner combiner;
        final List<Terms> terms;
        final int[] total = new int[EXTENSION];

        Scratch(Combiner combiner, RowArithmetic rows) {
            this.combiner = combiner;
            terms = Reduction.this.points.stream()
                    .map(point -> new Terms(point, rows))
                    .toList();
        }
    }

    /**
     * All values.
     *
     * @param roots {@link Ntt#roots}, at least half as many as there are values
     * @param rows arithmetic for each thread
     */
    public int[] codeword(
            Parallel parallel, Buffers buffers, int[] roots, Combiners combiners, Supplier<RowArithmetic> rows) {
        int[] codeword = buffers.take(E6.DEGREE << logSize);
        int block = Math.min(ROWS, 1 << logSize);
        Supplier<Scratch> scratch = () -> new Scratch(combiners.of(logSize, codewords, widths, powers), rows.get());
        parallel.run((1 << logSize) / block, scratch, (task, own) -> {
            int first = task * block;
            own.combiner.combine(first, block, own.sums);
            Evaluation.domain(roots, first, block, own.points);
            Arrays.fill(own.total, 0);
            for (Terms terms : own.terms) terms.addTo(own.total, own.points, own.sums);
            for (int i = 0; i < block; i++) {
                for (int k = 0; k < E6.DEGREE; k++) codeword[E6.DEGREE * (first + i) + k] = own.total[k * ROWS + i];
            }
        });
        return codeword;
    }
}
