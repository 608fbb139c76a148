package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.sub;

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

    private final List<Block> blocks = new ArrayList<>();
    private final List<E6> points = new ArrayList<>();

    /** Σ λ^j·v_j of each point, coordinates together. */
    private final int[] constants;

    private final List<Denominators> denominators;

    /**
     * A matrix at a point: its D, times {@code factor}, belongs to a point.
     *
     * @param first whether it is the matrix's first point, where the factor is 1
     */
    private record Block(int matrix, boolean first, int[] factor, int point) {}

    /** D of the rows of a block, which is what takes the time. An object has buffers, so each thread has its own. */
    public interface Combiner {
        /** The most rows of a block. */
        int BLOCK = Rows.BLOCK;

        /**
         * Takes {@code count} rows from number {@code first} on, at most {@link #BLOCK}, and combines each matrix's
         * columns: coordinate k of {@code Σ_c power_c · f_c} in row {@code first + i} goes to {@code sums[matrix][k *
         * count + i]}.
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
        List<E6> values = new ArrayList<>();
        E6 power = E6.ONE;
        int from = 0;
        for (int number = 0; number < widths.length; number++) {
            Backend.Opened matrix = matrices.get(number);
            E6 step = lambda.pow(matrix.width());
            E6 factor = E6.ONE;
            for (int p = 0; p < matrix.points().size(); p++) {
                int point = number(matrix.points().get(p));
                if (point == values.size()) values.add(E6.ZERO);
                blocks.add(new Block(number, p == 0, coordinates(factor), point));
                for (int column = 0; column < matrix.width(); column++) {
                    if (p == 0) power.write(powers, from + column, width);
                    E6 value = matrix.values().get(p * matrix.width() + column);
                    values.set(point, values.get(point).plus(power.times(value)));
                    power = power.times(lambda);
                }
                factor = factor.times(step);
            }
            from += matrix.width();
        }
        constants = new int[E6.DEGREE * points.size()];
        for (int i = 0; i < points.size(); i++) values.get(i).write(constants, E6.DEGREE * i, 1);
        denominators = points.stream().map(Denominators::new).toList();
    }

    /** A point's number; new points are added. */
    private int number(E6 point) {
        if (!points.contains(point)) points.add(point);
        return points.indexOf(point);
    }

    private static int[] coordinates(E6 element) {
        int[] coordinates = new int[E6.DEGREE];
        element.write(coordinates, 0, 1);
        return coordinates;
    }

    /** A thread's buffers. */
    private final class Scratch {
        final int[] points = new int[Rows.BLOCK];

        /** D of each matrix. */
        final int[][] sums = new int[widths.length][E6.DEGREE * Rows.BLOCK];

        final Combiner combiner;

        /** Weights of the denominators, for each point six columns of a block. */
        final int[][] weights = new int[denominators.size()][E6.DEGREE * Rows.BLOCK];

        /** The numerators of one row, one for each point. */
        final int[] numerators = new int[constants.length];

        final int[] sum = new int[E6.DEGREE];
        final int[] product = new int[E6.DEGREE];
        final int[] inverse = new int[E6.DEGREE];

        Scratch(Combiner combiner) {
            this.combiner = combiner;
        }
    }

    /**
     * All values.
     *
     * @param roots {@link Ntt#roots}, at least half as many as there are values
     */
    public int[] codeword(Parallel parallel, Buffers buffers, int[] roots, Combiners combiners) {
        int[] codeword = buffers.zeros(E6.DEGREE << logSize);
        int block = Math.min(Rows.BLOCK, 1 << logSize);
        Supplier<Scratch> scratch = () -> new Scratch(combiners.of(logSize, codewords, widths, powers));
        parallel.run((1 << logSize) / block, scratch, (task, own) -> {
            int first = task * block;
            own.combiner.combine(first, block, own.sums);
            Evaluation.domain(roots, first, block, own.points);
            for (int z = 0; z < own.weights.length; z++) {
                denominators.get(z).weights(own.points, block, 0, own.weights[z]);
            }
            for (int i = 0; i < block; i++) {
                numerators(i, block, own);
                for (int z = 0; z < own.weights.length; z++) {
                    denominators.get(z).inverse(own.weights[z], i, block, own.inverse, 0);
                    Sums.multiply(own.numerators, E6.DEGREE * z, own.inverse, 0, own.product, 0);
                    Sums.addTo(codeword, E6.DEGREE * (first + i), own.product, 0);
                }
            }
        });
        return codeword;
    }

    /** Fills the numerators of row i of the block. */
    private void numerators(int i, int count, Scratch own) {
        System.arraycopy(constants, 0, own.numerators, 0, constants.length);
        for (Block block : blocks) {
            if (block.first) {
                for (int k = 0; k < E6.DEGREE; k++) own.sum[k] = own.sums[block.matrix][k * count + i];
                subtract(own.numerators, E6.DEGREE * block.point, own.sum);
            } else {
                Sums.multiply(own.sum, 0, block.factor, 0, own.product, 0);
                subtract(own.numerators, E6.DEGREE * block.point, own.product);
            }
        }
    }

    private static void subtract(int[] from, int at, int[] element) {
        for (int k = 0; k < E6.DEGREE; k++) from[at + k] = sub(from[at + k], element[k]);
    }
}
