package dev.aver.prover.stark;

import static dev.aver.prover.trace.ChunkEvaluator.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.ChunkEvaluator;
import java.util.Arrays;
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

    private final Air air;
    private final int logSize;
    private final Codewords columns;
    private final Challenges challenges;
    private final E6 sum;
    private final E6 weight;
    private final E6[] powers;
    private final CosetPoints points;

    /**
     * The quotient of a table.
     *
     * @param sum S of the permutation columns
     * @param challenge χ, whose powers combine the constraints
     * @param weight γ^t, which the quotient is multiplied with
     */
    TableQuotient(
            Air air,
            int logHeight,
            int logBlowup,
            Codewords columns,
            Challenges challenges,
            E6 sum,
            E6 challenge,
            E6 weight) {
        this.air = air;
        this.logSize = logHeight + logBlowup;
        this.columns = columns;
        this.challenges = challenges;
        this.sum = sum;
        this.weight = weight;
        points = new CosetPoints(logHeight, logBlowup);
        powers = new E6[air.constraints().size() + air.permutationColumns() + 1];
        powers[0] = E6.ONE;
        for (int i = 1; i < powers.length; i++) powers[i] = powers[i - 1].times(challenge);
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
        private final ChunkEvaluator evaluator = ChunkEvaluator.ofEverything(air);
        private final int[] places = Challenges.places(air, air.constraints().size());
        private final int[] next = new int[ROWS];
        private final long[] sums = new long[E6.DEGREE * ROWS];
        private final long[] scratch = new long[E6.DEGREE * ROWS];
        private final int[] first = new int[E6.DEGREE * ROWS];
        private final int[] second = new int[E6.DEGREE * ROWS];
        private final E6[] rest = new E6[ROWS];
        private final E6[] total = new E6[ROWS];

        void chunk(int from, int[] out) {
            for (int i = 0; i < ROWS; i++) next[i] = points.next(from + i);
            evaluator.evaluate(columns.main, columns.preprocessed, logSize, from, next);
            constraints(from);
            for (int i = 0; i < ROWS; i++) total[i] = folded(sums, i);
            permutation(from);
            for (int i = 0; i < ROWS; i++) {
                E6 value = total[i].times(points.inverseVanishing(from + i)).times(weight);
                int at = from + i;
                E6.read(out, at, 1 << logSize).plus(value).write(out, at, 1 << logSize);
            }
        }

        private void constraints(int from) {
            Arrays.fill(sums, 0);
            for (int c = 0; c < air.constraints().size(); c++) {
                Constraint.Where where = air.constraints().get(c).where();
                int[] value = evaluator.value(c);
                E6 power = powers[c];
                for (int i = 0; i < ROWS; i++) {
                    int selected = where == Constraint.Where.EVERY
                            ? value[i]
                            : KoalaBear.mul(value[i], selector(where, from + i));
                    sums[i] += KoalaBear.mul(power.c0(), selected);
                    sums[ROWS + i] += KoalaBear.mul(power.c1(), selected);
                    sums[2 * ROWS + i] += KoalaBear.mul(power.c2(), selected);
                    sums[3 * ROWS + i] += KoalaBear.mul(power.c3(), selected);
                    sums[4 * ROWS + i] += KoalaBear.mul(power.c4(), selected);
                    sums[5 * ROWS + i] += KoalaBear.mul(power.c5(), selected);
                }
            }
        }

        private int selector(Constraint.Where where, int index) {
            return switch (where) {
                case EVERY -> KoalaBear.ONE;
                case FIRST -> points.first(index);
                case LAST -> points.last(index);
                case TRANSITION -> points.transition(index);
            };
        }

        private void permutation(int from) {
            int pairs = air.permutationColumns() - 1;
            int size = 1 << logSize;
            for (int i = 0; i < ROWS; i++) {
                E6 growth =
                        E6.read(columns.accumulator, next[i], size).minus(E6.read(columns.accumulator, from + i, size));
                rest[i] = growth.plus(sum.times(points.last(from + i)));
            }
            for (int pair = 0; pair <= pairs; pair++) {
                denominators(pair);
                E6 power = powers[air.constraints().size() + pair];
                boolean two = 2 * pair + 1 < air.messages().size();
                int[] m1 = evaluator.value(places[2 * pair]);
                int[] m2 = two ? evaluator.value(places[2 * pair + 1]) : m1;
                for (int i = 0; i < ROWS; i++) {
                    E6 column = rest[i];
                    if (pair < pairs) {
                        column = E6.read(columns.fractions, E6.DEGREE * pair * size + from + i, size);
                        rest[i] = rest[i].minus(column);
                    }
                    E6 d1 = E6.read(first, i, ROWS);
                    E6 value;
                    if (two) {
                        E6 d2 = E6.read(second, i, ROWS);
                        value = column.times(d1.times(d2))
                                .minus(d2.times(m1[i]))
                                .minus(d1.times(m2[i]));
                    } else {
                        value = column.times(d1).minus(E6.of(m1[i]));
                    }
                    total[i] = total[i].plus(power.times(value));
                }
            }
            E6 power = powers[powers.length - 1];
            for (int i = 0; i < ROWS; i++) {
                E6 accumulator = E6.read(columns.accumulator, from + i, size);
                total[i] = total[i].plus(power.times(accumulator).times(points.first(from + i)));
            }
        }

        private void denominators(int pair) {
            var messages = air.messages();
            challenges.denominators(evaluator, messages.get(2 * pair), places[2 * pair], scratch, first);
            if (2 * pair + 1 < messages.size()) {
                challenges.denominators(evaluator, messages.get(2 * pair + 1), places[2 * pair + 1], scratch, second);
            }
        }

        private E6 folded(long[] values, int i) {
            return new E6(
                    (int) (values[i] % KoalaBear.P),
                    (int) (values[ROWS + i] % KoalaBear.P),
                    (int) (values[2 * ROWS + i] % KoalaBear.P),
                    (int) (values[3 * ROWS + i] % KoalaBear.P),
                    (int) (values[4 * ROWS + i] % KoalaBear.P),
                    (int) (values[5 * ROWS + i] % KoalaBear.P));
        }
    }
}
