package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import dev.aver.prover.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The permutation columns of a table: for each pair of messages but the last the sum of their fractions, and the
 * accumulator of the sums of all fractions of the rows before.
 *
 * @param fractions six columns for each pair but the last, column after column
 * @param accumulator six columns
 * @param sum S, the sum over all rows
 */
@SuppressWarnings("ArrayRecordComponent")
record PermutationColumns(int[] fractions, int[] accumulator, E6 sum) {
    /**
     * Computes a table's columns.
     *
     * @param fractions where to put them, with room for them or more
     * @param totals where to put the accumulator, likewise
     */
    static PermutationColumns of(Backend backend, Trace trace, Challenges challenges, int[] fractions, int[] totals) {
        int height = 1 << trace.logHeight();
        ThreadLocal<Worker> workers = ThreadLocal.withInitial(
                () -> new Worker(backend.rowArithmetic(), trace, challenges, fractions, totals));
        IntStream.range(0, height / ROWS)
                .parallel()
                .forEach(chunk -> workers.get().chunk(chunk * ROWS));
        int[] sum = new int[E6.DEGREE];
        IntStream.range(0, E6.DEGREE).parallel().forEach(k -> sum[k] = accumulate(totals, k * height, height));
        return new PermutationColumns(fractions, totals, E6.read(sum, 0, 1));
    }

    /** Replaces each of some elements of K by the sum of those before, and gives the sum of all. */
    private static int accumulate(int[] elements, int from, int count) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            int element = elements[i];
            elements[i] = sum;
            sum = KoalaBear.add(sum, element);
        }
        return sum;
    }

    /** One thread's scratch. */
    private static final class Worker {
        private final RowArithmetic rows;
        private final Trace trace;
        private final int[] fractions;
        private final int[] totals;
        private final ChunkEvaluator evaluator;
        private final int[] places;
        private final List<MessageDenominators> messages;
        private final int[] next = new int[ROWS];
        private final int[] first = new int[EXTENSION];
        private final int[] second = new int[EXTENSION];
        private final int pairs;

        /** By pair. */
        private final int[][] numerators;

        private final int[][] denominators;

        /** The products of the denominators of all pairs up to this one. */
        private final int[][] products;

        Worker(RowArithmetic rows, Trace trace, Challenges challenges, int[] fractions, int[] totals) {
            this.rows = rows;
            this.trace = trace;
            this.fractions = fractions;
            this.totals = totals;
            evaluator = ChunkEvaluator.ofMessages(trace.air(), rows);
            places = Challenges.places(trace.air(), 0);
            messages = challenges.denominators(trace.air(), places);
            pairs = trace.air().permutationColumns();
            numerators = new int[pairs][EXTENSION];
            denominators = new int[pairs][EXTENSION];
            products = new int[pairs][EXTENSION];
        }

        void chunk(int from) {
            int height = 1 << trace.logHeight();
            for (int i = 0; i < ROWS; i++) next[i] = (from + i + 1) & (height - 1);
            evaluator.evaluate(trace.main(), trace.preprocessed(), trace.logHeight(), from, next);
            for (int pair = 0; pair < pairs; pair++) pair(pair);

            // In each row all denominators are inverted at once (Montgomery's trick).
            int[] inverse = products[pairs - 1];
            rows.invert(inverse);
            Arrays.fill(second, 0);
            for (int pair = pairs - 1; pair >= 0; pair--) {
                int[] fraction = numerators[pair];
                rows.product(fraction, inverse, fraction);
                if (pair > 0) {
                    rows.product(fraction, products[pair - 1], fraction);
                    rows.product(inverse, denominators[pair], inverse);
                }
                if (pair < pairs - 1) write(fraction, fractions, E6.DEGREE * pair * height + from);
                rows.add(second, fraction, second);
            }
            write(second, totals, from);
        }

        /** Writes a value of E to six columns of a table, from this place on. */
        private void write(int[] value, int[] columns, int at) {
            for (int k = 0; k < E6.DEGREE; k++) {
                System.arraycopy(value, k * ROWS, columns, (k << trace.logHeight()) + at, ROWS);
            }
        }

        private void pair(int pair) {
            int message = 2 * pair;
            int[] numerator = numerators[pair];
            int[] denominator = denominators[pair];
            messages.get(message).compute(rows, evaluator, first);
            int[] firstCounts = evaluator.value(places[message]);
            if (message + 1 < messages.size()) {
                messages.get(message + 1).compute(rows, evaluator, second);
                rows.product(first, second, denominator);
                rows.scale(first, evaluator.value(places[message + 1]), first);
                rows.scale(second, firstCounts, second);
                rows.add(first, second, numerator);
            } else {
                System.arraycopy(first, 0, denominator, 0, EXTENSION);
                Arrays.fill(numerator, 0);
                System.arraycopy(firstCounts, 0, numerator, 0, ROWS);
            }
            if (pair == 0) System.arraycopy(denominator, 0, products[0], 0, EXTENSION);
            else rows.product(products[pair - 1], denominator, products[pair]);
        }
    }
}
