package dev.aver.prover.stark;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Buffers;
import dev.aver.verifier.stark.BusTotals;
import dev.aver.verifier.stark.StarkShape;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The one quotient of a proof: the sum of all tables' quotients, each a polynomial of degree below 2N for its height N,
 * as Q_0 + X^N·Q_1 for the largest N. Tables of one height are summed as values; then they become coefficients.
 */
final class Quotient {
    /** A quotient has degree below this many times its table's height, since constraints have degree 3. */
    private static final int LOG_PIECES = 1;

    private final Backend backend;
    private final StarkShape shape;
    private final Challenges buses;
    private final E6 challenge;
    private final IntFunction<CosetPoints> points;

    /** By height: the sum of the quotients of tables of that height, six columns on their coset. */
    private final SortedMap<Integer, int[]> byHeight = new TreeMap<>();

    /**
     * With no table yet.
     *
     * @param challenge χ, whose powers combine a table's constraints
     * @param points for a table's height, as its logarithm
     */
    Quotient(Backend backend, StarkShape shape, Challenges buses, E6 challenge, IntFunction<CosetPoints> points) {
        assert shape.parameters().logBlowup() == LOG_PIECES : "a quotient's values are as many as its coefficients";
        this.backend = backend;
        this.shape = shape;
        this.buses = buses;
        this.challenge = challenge;
        this.points = points;
    }

    /** Adds the quotient of a table, times {@code weight}. */
    void add(int place, TableQuotient.Codewords codewords, BusTotals<E6> totals, E6 weight) {
        int logHeight = shape.tables().tables().get(place).logHeight();
        int[] sums =
                byHeight.computeIfAbsent(logHeight, log -> backend.buffers().zeros(E6.DEGREE << (log + LOG_PIECES)));
        new TableQuotient(
                        backend,
                        shape.tables().kind(place).air(),
                        points.apply(logHeight),
                        codewords,
                        buses,
                        totals,
                        challenge,
                        weight)
                .addTo(sums);
    }

    /** The codewords of Q_0's six columns, then those of Q_1's: the end of this object. */
    int[] codewords() {
        int top = shape.tables().maxLogHeight();
        int height = 1 << top;
        Buffers buffers = backend.buffers();
        int[] pieces = buffers.zeros(2 * E6.DEGREE * height);
        for (Map.Entry<Integer, int[]> sums : byHeight.entrySet()) {
            int logSize = sums.getKey() + LOG_PIECES;
            int size = 1 << logSize;
            int[] coefficients = backend.coefficients(sums.getValue(), logSize, E6.DEGREE);
            for (int k = 0; k < E6.DEGREE; k++) {
                for (int i = 0; i < size; i++) {
                    int at = (k + (i >= height ? E6.DEGREE : 0)) * height + (i & (height - 1));
                    pieces[at] = KoalaBear.add(pieces[at], coefficients[k * size + i]);
                }
            }
            buffers.give(coefficients);
            buffers.give(sums.getValue());
        }
        byHeight.clear();
        int[] codewords =
                backend.encode(pieces, top, 2 * E6.DEGREE, shape.parameters().logBlowup());
        buffers.give(pieces);
        return codewords;
    }
}
