package dev.aver.prover.backend;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.TreeShape;
import java.util.List;

/**
 * The steps of proving that take time, each a whole one, so that data can stay where it is computed. All backends give
 * the same numbers, on any number of threads: sums are exact, and nothing is left to chance.
 *
 * <p>Elements are in Montgomery form. There are three kinds of arrays:
 *
 * <ul>
 *   <li>a <em>trace</em> of height N = 2^logHeight: columns one after the other, each a polynomial's values on the
 *       subgroup H of order N, in natural order: row i belongs to g^i;
 *   <li><em>codewords</em>, also called an extension, of a trace: columns one after the other, each the values of the
 *       same polynomials on the coset 3·H' of the subgroup of order 2^logSize = 2^(logHeight + logBlowup), in
 *       bit-reversed order. Their first N rows are the coset 3·H, for any blowup;
 *   <li>a <em>codeword</em> of elements of E, on its own: element after element, six coordinates each, so element i
 *       begins at 6·i; in bit-reversed order.
 * </ul>
 *
 * <p>Arrays that are returned come from {@link #buffers}, where whoever no longer needs one gives it back, and so does
 * a tree's memory. So an array may be longer than what it holds, here and as an argument.
 *
 * <p>Arguments are the caller's mistake if they do not fit each other; only assertions check that. No argument is
 * changed unless that is the purpose, and what a tree is made from must not change while it is used. Safe for use by
 * several threads at once.
 */
public interface Backend {
    /** Where results come from. */
    Buffers buffers();

    /**
     * The codewords of a trace.
     *
     * @param columns a trace of {@code width} columns
     * @return {@code width << (logHeight + logBlowup)} elements, which must be below 2^31
     */
    int[] extend(int[] columns, int logHeight, int width, int logBlowup);

    /**
     * The coefficients of polynomials, from as many values.
     *
     * @param codewords {@code width} columns of 2^logSize values on the coset 3·H' of that order, bit-reversed
     * @return columns of 2^logSize coefficients, lowest first
     */
    int[] coefficients(int[] codewords, int logSize, int width);

    /**
     * The codewords of polynomials that are given by coefficients.
     *
     * @param coefficients {@code width} columns of 2^logHeight, lowest first
     * @return {@code width << (logHeight + logBlowup)} elements
     */
    int[] encode(int[] coefficients, int logHeight, int width, int logBlowup);

    /**
     * Commits to codewords, or any matrices.
     *
     * @param shape the tree's, whose heights are those of these matrices
     * @param matrices column after column each; kept by the tree, not copied
     */
    CommittedTree commit(HashSuite suite, TreeShape shape, List<int[]> matrices);

    /**
     * Commits to a codeword in E: each row of the tree is 2^arityLog consecutive elements, coordinates in order.
     *
     * @param shape the tree's: one matrix, of height 2^(log of the codeword's length − arityLog)
     * @param codeword kept by the tree, not copied
     */
    CommittedTree commit(HashSuite suite, TreeShape shape, int[] codeword);

    /**
     * The values of columns at a point.
     *
     * @param codewords of {@code width} polynomials of degree below 2^logHeight
     * @param logBlowup the logarithm of how many times longer than the trace they are
     * @param point outside the coset 3·H, as every point outside K is
     * @return a value for each column
     */
    List<E6> evaluate(int[] codewords, int logHeight, int width, int logBlowup, E6 point);

    /**
     * A matrix that was opened.
     *
     * @param codewords the matrix
     * @param width its number of columns
     * @param points where it was opened; outside K
     * @param values by point, then column
     */
    record Opened(int[] codewords, int width, List<E6> points, List<E6> values) {
        public Opened {
            points = List.copyOf(points);
            values = List.copyOf(values);
            assert values.size() == points.size() * width : values.size();
        }
    }

    /**
     * The reduced codeword of all that was opened of one length: at x, {@code Σ_j lambda^j · (v_j − f_j(x)) / (z_j −
     * x)}, j counting matrices, then their points, then columns from 0.
     *
     * @param matrices all of length 2^logSize, in order
     * @return a codeword in E
     */
    int[] reduce(int logSize, List<Opened> matrices, E6 lambda);

    /**
     * Folds a codeword in E on the subgroup of order 2^logSize: if it is f(y) = Σ_j y^j · f_j(y^(2^arityLog)), the
     * result is Σ_j beta^j · f_j on the subgroup of order 2^(logSize − arityLog).
     *
     * @return a codeword
     */
    int[] fold(int[] codeword, int logSize, int arityLog, E6 beta);

    /** Adds {@code factor · codeword} to {@code target}, both in E and of length 2^logSize. */
    void accumulate(int[] target, int[] codeword, int logSize, E6 factor);

    /**
     * The polynomial of degree below 2^logCount whose values are the codeword's first 2^logCount, which are those on
     * the subgroup of this order.
     *
     * @param codeword in E; not a large one
     * @return a new array of its coefficients, lowest first, six coordinates each
     */
    int[] interpolate(int[] codeword, int logCount);

    /** Arithmetic for one thread that computes something else on many rows. */
    RowArithmetic rowArithmetic();

    /**
     * The smallest number in [0, p) that {@link Transcript#provesWork} of {@code bits} bits.
     *
     * @param transcript left as it is
     * @return the nonce, in Montgomery form
     */
    int grind(Transcript transcript, int bits);
}
