package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.add;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Values of columns at points outside K, from their values on the coset 3·H, H having order N, by the barycentric
 * formula (J.-P. Berrut, L. N. Trefethen, <i>Barycentric Lagrange interpolation</i>, SIAM Review 46, 2004):
 *
 * <pre>f(z) = ((z/3)^N − 1) / N · Σ_x f(x) · x / (z − x)</pre>
 *
 * <p>Rows are taken in blocks, all columns of one block before the next: the weights of a block stay in a cache.
 */
public final class Evaluation {
    /** The logarithm of the number of rows of a block: its weights are 24 KiB. */
    private static final int BLOCK_LOG = 10;

    private final Parallel parallel;
    private final int[] roots;
    private final Dot dot;
    private final Supplier<RowArithmetic> rows;
    private final int logHeight;
    private final int logBlowup;

    /** What takes the time. */
    public interface Dot {
        /** The sum of {@code a[aAt + i] · b[bAt + i]} over i below {@code count}. */
        int of(int[] a, int aAt, int[] b, int bAt, int count);
    }

    /**
     * For codewords of one size.
     *
     * @param roots {@link Ntt#roots}, at least half as many as a column has values on the coset
     * @param dot {@link Sums#dot}, or a faster one
     * @param rows arithmetic for each thread
     */
    public Evaluation(
            Parallel parallel, int[] roots, int logHeight, int logBlowup, Dot dot, Supplier<RowArithmetic> rows) {
        this.rows = rows;
        this.parallel = parallel;
        this.roots = roots;
        this.dot = dot;
        this.logHeight = logHeight;
        this.logBlowup = logBlowup;
    }

    /** What a thread has added up, six sums for each column, and its buffers. */
    private record Sum(int[] sums, int[] points, int[] weights, ChunkDenominators denominators) {
        /** Fills the weights of {@code count} rows from number {@code first} on. */
        void weigh(int[] roots, int first, int count) {
            int chunk = Math.min(count, RowArithmetic.ROWS);
            for (int from = 0; from < count; from += chunk) {
                domain(roots, first + from, chunk, points);
                int[][] some = denominators.weights(points, 1);
                for (int j = 0; j < E6.DEGREE; j++) System.arraycopy(some[j], 0, weights, j * count + from, chunk);
            }
        }
    }

    /** The values of all columns of these codewords at a point. */
    public List<E6> at(int[] codewords, int width, E6 point) {
        Denominators denominators = new Denominators(point);
        int blockLog = Math.min(BLOCK_LOG, logHeight);
        int block = 1 << blockLog;
        List<Sum> parts = parallel.run(
                1 << (logHeight - blockLog),
                () -> new Sum(
                        new int[E6.DEGREE * width],
                        new int[RowArithmetic.ROWS],
                        new int[E6.DEGREE * block],
                        new ChunkDenominators(denominators, rows.get())),
                (task, own) -> {
                    int first = task << blockLog;
                    own.weigh(roots, first, block);
                    for (int column = 0; column < width; column++) {
                        int from = (column << (logHeight + logBlowup)) + first;
                        for (int j = 0; j < E6.DEGREE; j++) {
                            int sum = dot.of(codewords, from, own.weights, j * block, block);
                            int at = E6.DEGREE * column + j;
                            own.sums[at] = add(own.sums[at], sum);
                        }
                    }
                });
        int[] sums = new int[E6.DEGREE * width];
        for (Sum part : parts) for (int i = 0; i < sums.length; i++) sums[i] = add(sums[i], part.sums[i]);
        E6 scaled = point.times(KoalaBear.inverse(KoalaBear.GENERATOR));
        E6 factor = scaled.pow(1L << logHeight).minus(E6.ONE);
        factor = factor.times(KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logHeight));
        List<E6> values = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            values.add(denominators.combine(sums, E6.DEGREE * column).times(factor));
        }
        return values;
    }

    /**
     * Elements {@code first} to {@code first + count − 1} of the coset 3·H in bit-reversed order, whatever H is.
     *
     * @param roots {@link Ntt#roots}, half as many as H has elements
     * @param first even, unless count is 1
     */
    public static void domain(int[] roots, int first, int count, int[] to) {
        for (int i = 0; i < count; i++) {
            int x = KoalaBear.mul(KoalaBear.GENERATOR, roots[(first + i) / 2]);
            to[i] = (first + i) % 2 == 0 ? x : KoalaBear.neg(x);
        }
    }
}
