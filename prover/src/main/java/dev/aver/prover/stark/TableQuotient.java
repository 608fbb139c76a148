package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
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
     * @param fractions permutation columns but the accumulator
     * @param accumulator the accumulator's six columns
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Codewords(int[] main, int[] preprocessed, int[] fractions, int[] accumulator) {}

    private final Backend backend;
    private final Air air;
    private final int logSize;
    private final Codewords columns;
    private final Challenges challenges;
    private final E6 sum;

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
     * @param sum S of the permutation columns
     * @param challenge χ, whose powers combine the constraints
     * @param weight γ^t, which the quotient is multiplied with
     */
    TableQuotient(
            Backend backend,
            Air air,
            CosetPoints points,
            Codewords columns,
            Challenges challenges,
            E6 sum,
            E6 challenge,
            E6 weight) {
        this.backend = backend;
        this.air = air;
        this.points = points;
        this.logSize = points.logSize();
        this.columns = columns;
        this.challenges = challenges;
        this.sum = sum;
        E6 power = weight;
        for (int i = 0; i < air.constraints().size(); i++) {
            factors.add(power);
            power = power.times(challenge);
        }
        for (int i = 0; i <= air.permutationColumns(); i++) {
            for (int k = 0; k < E6.DEGREE; k++) factors.add(power.times(E6.Z.pow(k)));
            power = power.times(challenge);
        }
    }

    /** Adds the quotient to {@code out}: coordinate k at index i at {@code (k << logSize) + i}. */
    void addTo(int[] out) {
        ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);
        IntStream.range(0, (1 << logSize) / ROWS)
                .parallel()
                .forEach(chunk -> workers.get().chunk(chunk * ROWS, out));
    }

    /** One thread's scratch. */
    private final class Worker {
        private final RowArithmetic rows = backend.rowArithmetic();
        private final ChunkEvaluator evaluator = ChunkEvaluator.ofEverything(air, rows);
        private final int[] places = Challenges.places(air, air.constraints().size());
        private final List<MessageDenominators> messages = challenges.denominators(air, places);
        private final Combination lastSum = new Combination(E6.ZERO, List.of(sum));
        private final Combination total = new Combination(E6.ZERO, factors);
        private final int[] next = new int[ROWS];
        private final int[] selected = new int[ROWS];
        private final int[] first = new int[EXTENSION];
        private final int[] second = new int[EXTENSION];
        private final int[] accumulator = new int[EXTENSION];

        /** What the pairs so far leave of the accumulator's growth. */
        private final int[] rest = new int[EXTENSION];

        private final int[] column = new int[EXTENSION];
        private final int[] value = new int[EXTENSION];

        void chunk(int from, int[] out) {
            for (int i = 0; i < ROWS; i++) next[i] = points.next(from + i);
            evaluator.evaluate(columns.main, columns.preprocessed, logSize, from, next);
            constraints(from);
            permutation(from);
            rows.combine(total, value);
            Arrays.fill(selected, points.inverseVanishing(from));
            rows.scale(value, selected, value);
            read(out, from, column);
            rows.add(column, value, value);
            for (int k = 0; k < E6.DEGREE; k++) {
                System.arraycopy(value, k * ROWS, out, (k << logSize) + from, ROWS);
            }
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

        /** Reads a value of E from six columns, from this place on. */
        private void read(int[] columns, int at, int[] value) {
            for (int k = 0; k < E6.DEGREE; k++) {
                System.arraycopy(columns, (k << logSize) + at, value, k * ROWS, ROWS);
            }
        }

        private void permutation(int from) {
            int pairs = air.permutationColumns() - 1;
            read(columns.accumulator, from, accumulator);
            for (int k = 0; k < E6.DEGREE; k++) {
                for (int i = 0; i < ROWS; i++) rest[k * ROWS + i] = columns.accumulator[(k << logSize) + next[i]];
            }
            rows.subtract(rest, accumulator, rest);
            lastSum.set(0, points.last(), from);
            rows.combine(lastSum, value);
            rows.add(rest, value, rest);
            for (int pair = 0; pair <= pairs; pair++) {
                if (pair < pairs) {
                    read(columns.fractions, ((E6.DEGREE * pair) << logSize) + from, column);
                    rows.subtract(rest, column, rest);
                    constraint(pair, column);
                } else {
                    constraint(pair, rest);
                }
                add(pair, value);
            }
            System.arraycopy(points.first(), from, selected, 0, ROWS);
            rows.scale(accumulator, selected, value);
            add(pairs + 1, value);
        }

        /** The constraint of a pair's column: column · d1 · d2 − m1 · d2 − m2 · d1, or column · d1 − m1. */
        private void constraint(int pair, int[] column) {
            int message = 2 * pair;
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
        }

        /** Makes a value of E the one of a constraint of the permutation columns, six columns of the total. */
        private void add(int constraint, int[] value) {
            int place = air.constraints().size() + E6.DEGREE * constraint;
            for (int k = 0; k < E6.DEGREE; k++) total.set(place + k, value, k * ROWS);
        }
    }
}
