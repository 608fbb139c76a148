package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import dev.aver.verifier.stark.BusTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The quotient of one table: all its constraints as one, divided by X^N − 1, on the table's coset in bit-reversed
 * order. The verifier's {@code TableConstraints} says the same at one point.
 */
final class TableQuotient {
    /**
     * The committed columns of a table as codewords, column after column.
     *
     * @param main main columns
     * @param preprocessed preprocessed columns, empty if there are none
     * @param steps permutation columns but the accumulators
     * @param accumulators the accumulators' columns
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Codewords(int[] main, int[] preprocessed, int[] steps, int[] accumulators) {}

    private final Backend backend;
    private final Air air;
    private final int logSize;
    private final Codewords columns;
    private final ExtensionColumns steps;
    private final ExtensionColumns accumulators;
    private final Challenges challenges;
    private final BusTotals<E6> totals;

    /**
     * What the total has before each constraint, a power of χ times γ^t; for those of the permutation columns, which
     * lie in E, before each coordinate.
     */
    private final List<E6> factors = new ArrayList<>();

    private final CosetPoints points;

    /**
     * The quotient of a table.
     *
     * @param points where it is computed
     * @param totals P and S of the permutation columns
     * @param challenge χ, whose powers combine the constraints
     * @param weight γ^t, which the quotient is multiplied with
     */
    TableQuotient(
            Backend backend,
            Air air,
            CosetPoints points,
            Codewords columns,
            Challenges challenges,
            BusTotals<E6> totals,
            E6 challenge,
            E6 weight) {
        this.backend = backend;
        this.air = air;
        this.points = points;
        this.logSize = points.logSize();
        this.columns = columns;
        this.steps = new ExtensionColumns(columns.steps, logSize);
        this.accumulators = new ExtensionColumns(columns.accumulators, logSize);
        this.challenges = challenges;
        this.totals = totals;
        E6 power = weight;
        for (int i = 0; i < air.constraints().size(); i++) {
            factors.add(power);
            power = power.times(challenge);
        }
        for (int i = 0; i < air.permutationConstraints(); i++) {
            for (int k = 0; k < E6.DEGREE; k++) factors.add(power.times(E6.Z.pow(k)));
            power = power.times(challenge);
        }
    }

    /** Adds the quotient to {@code out}: coordinate k at index i at {@code (k << logSize) + i}. */
    void addTo(int[] out) {
        ExtensionColumns quotient = new ExtensionColumns(out, logSize);
        Scratch<Worker> workers = new Scratch<>(Worker::new);
        IntStream.range(0, (1 << logSize) / ROWS)
                .parallel()
                .forEach(chunk -> workers.get().chunk(chunk * ROWS, quotient));
    }

    /** One thread's scratch. */
    private final class Worker {
        private final RowArithmetic rows = backend.rowArithmetic();
        private final ChunkEvaluator evaluator = ChunkEvaluator.ofEverything(air, rows);
        private final int[] places = Challenges.places(air, air.constraints().size());
        private final List<MessageDenominators> messages = challenges.denominators(air, places);
        private final Combination sum = new Combination(E6.ZERO, List.of(totals.sum()));
        private final Combination productLess1 =
                new Combination(E6.ZERO, List.of(totals.product().minus(E6.ONE)));
        private final Combination total = new Combination(E6.ZERO, factors);
        private final int[] next = new int[ROWS];
        private final int[] selected = new int[ROWS];
        private final int[] first = new int[EXTENSION];
        private final int[] second = new int[EXTENSION];
        private final int[] accumulator = new int[EXTENSION];
        private final int[] before = new int[EXTENSION];
        private final int[] one = new int[EXTENSION];

        /** What the pairs so far leave of the accumulator's growth. */
        private final int[] rest = new int[EXTENSION];

        private final int[] column = new int[EXTENSION];
        private final int[] value = new int[EXTENSION];

        /** The number of the next column of the total to be set. */
        private int place;

        Worker() {
            Arrays.fill(one, 0, ROWS, KoalaBear.ONE);
        }

        void chunk(int from, ExtensionColumns out) {
            for (int i = 0; i < ROWS; i++) next[i] = points.next(from + i);
            evaluator.evaluate(columns.main, columns.preprocessed, logSize, from, next);
            constraints(from);
            place = air.constraints().size();
            products(from);
            fractions(from);
            rows.combine(total, value);
            Arrays.fill(selected, points.inverseVanishing(from));
            rows.scale(value, selected, value);
            out.read(0, from, column);
            rows.add(column, value, value);
            out.write(0, from, value);
        }

        private void constraints(int from) {
            for (int c = 0; c < air.constraints().size(); c++) {
                int[] value = evaluator.value(c);
                switch (air.constraints().get(c).where()) {
                    case EVERY -> total.set(c, value, 0);
                    case FIRST -> select(c, value, points.first(), from);
                    case LAST -> select(c, value, points.last(), from);
                    case TRANSITION -> select(c, value, points.transition(), from);
                }
            }
        }

        private void select(int c, int[] value, int[] selector, int from) {
            System.arraycopy(selector, from, selected, 0, ROWS);
            rows.multiply(value, selected, selected);
            total.set(c, selected, 0);
        }

        /** The constraints of the exchanges' columns: u' · t1 · t2 − u · g1 · g2 for each, and first · (z − 1). */
        private void products(int from) {
            int last = air.productColumns() - 1;
            if (last < 0) return;
            accumulators.read(0, from, accumulator);
            System.arraycopy(accumulator, 0, before, 0, EXTENSION);
            for (int i = 0; i <= last; i++) {
                if (i < last) {
                    steps.read(i, from, column);
                } else {
                    accumulators.read(0, next, column);
                    wrap(productLess1, from, column);
                }
                System.arraycopy(column, 0, value, 0, EXTENSION);
                int end = Math.min(4 * (i + 1), 2 * air.exchanges());
                for (int message = 4 * i; message < end; message += 2) {
                    messages.get(message).compute(rows, evaluator, first);
                    rows.product(value, first, value);
                    messages.get(message + 1).compute(rows, evaluator, first);
                    rows.product(before, first, before);
                }
                rows.subtract(value, before, value);
                add(value);
                System.arraycopy(column, 0, before, 0, EXTENSION);
            }
            rows.subtract(accumulator, one, accumulator);
            first(from, accumulator);
        }

        /** The constraints of the other messages' columns. */
        private void fractions(int from) {
            int number = air.accumulators() - 1;
            int pairs = air.fractionColumns() - 1;
            accumulators.read(number, from, accumulator);
            accumulators.read(number, next, rest);
            rows.subtract(rest, accumulator, rest);
            wrap(sum, from, rest);
            for (int pair = 0; pair < pairs; pair++) {
                steps.read(air.steps() - pairs + pair, from, column);
                rows.subtract(rest, column, rest);
                fraction(pair, column);
            }
            fraction(pairs, rest);
            first(from, accumulator);
        }

        /** Adds total · last: what takes an accumulator back to where it began. */
        private void wrap(Combination total, int from, int[] to) {
            total.set(0, points.last(), from);
            rows.combine(total, value);
            rows.add(to, value, to);
        }

        /** The constraint that a value of E is 0 in the first row. */
        private void first(int from, int[] zero) {
            System.arraycopy(points.first(), from, selected, 0, ROWS);
            rows.scale(zero, selected, value);
            add(value);
        }

        /** The constraint of a pair's column: column · d1 · d2 − m1 · d2 − m2 · d1, or column · d1 − m1. */
        private void fraction(int pair, int[] column) {
            int message = 2 * (air.exchanges() + pair);
            int[] firstCounts = evaluator.value(places[message]);
            messages.get(message).compute(rows, evaluator, first);
            rows.product(column, first, value);
            if (message + 1 < messages.size()) {
                messages.get(message + 1).compute(rows, evaluator, second);
                rows.product(value, second, value);
                rows.scale(first, evaluator.value(places[message + 1]), first);
                rows.subtract(value, first, value);
                rows.scale(second, firstCounts, second);
            } else {
                Arrays.fill(second, 0);
                System.arraycopy(firstCounts, 0, second, 0, ROWS);
            }
            rows.subtract(value, second, value);
            add(value);
        }

        /** Makes a value of E the one of the next constraint of the permutation columns, six columns of the total. */
        private void add(int[] value) {
            for (int k = 0; k < E6.DEGREE; k++) total.set(place++, value, k * ROWS);
        }
    }
}
