package dev.aver.prover.stark;

import static dev.aver.prover.trace.ChunkEvaluator.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.ChunkEvaluator;
import dev.aver.prover.trace.Trace;
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
    /** Computes a table's columns. */
    static PermutationColumns of(Trace trace, Challenges challenges) {
        Air air = trace.air();
        int height = 1 << trace.logHeight();
        int[] fractions = new int[E6.DEGREE * (air.permutationColumns() - 1) * height];
        int[] totals = new int[E6.DEGREE * height];
        ThreadLocal<Worker> workers = ThreadLocal.withInitial(() -> new Worker(trace, challenges, fractions, totals));
        IntStream.range(0, height / ROWS)
                .parallel()
                .forEach(chunk -> workers.get().chunk(chunk * ROWS));
        E6 sum = E6.ZERO;
        for (int row = 0; row < height; row++) {
            E6 total = E6.read(totals, row, height);
            sum.write(totals, row, height);
            sum = sum.plus(total);
        }
        return new PermutationColumns(fractions, totals, sum);
    }

    /** One thread's scratch. */
    private static final class Worker {
        private final Trace trace;
        private final Challenges challenges;
        private final int[] fractions;
        private final int[] totals;
        private final ChunkEvaluator evaluator;
        private final int[] places;
        private final int[] next = new int[ROWS];
        private final long[] sums = new long[E6.DEGREE * ROWS];
        private final int[] first = new int[E6.DEGREE * ROWS];
        private final int[] second = new int[E6.DEGREE * ROWS];
        private final int pairs;

        /** Numerators and denominators of all pairs: pair q, coordinate k, row i at (k · pairs + q) · ROWS + i. */
        private final int[] numerators;

        private final int[] denominators;

        Worker(Trace trace, Challenges challenges, int[] fractions, int[] totals) {
            this.trace = trace;
            this.challenges = challenges;
            this.fractions = fractions;
            this.totals = totals;
            evaluator = ChunkEvaluator.ofMessages(trace.air());
            places = Challenges.places(trace.air(), 0);
            pairs = trace.air().permutationColumns();
            numerators = new int[E6.DEGREE * pairs * ROWS];
            denominators = new int[E6.DEGREE * pairs * ROWS];
        }

        void chunk(int from) {
            int height = 1 << trace.logHeight();
            for (int i = 0; i < ROWS; i++) next[i] = (from + i + 1) & (height - 1);
            evaluator.evaluate(trace.main(), trace.preprocessed(), trace.logHeight(), from, next);
            int stride = pairs * ROWS;
            for (int pair = 0; pair < pairs; pair++) pair(pair, stride);
            E6.invertAll(denominators, 0, stride, stride);
            for (int i = 0; i < ROWS; i++) {
                E6 total = E6.ZERO;
                for (int pair = 0; pair < pairs; pair++) {
                    int at = pair * ROWS + i;
                    E6 fraction = E6.read(numerators, at, stride).times(E6.read(denominators, at, stride));
                    if (pair < pairs - 1) fraction.write(fractions, E6.DEGREE * pair * height + from + i, height);
                    total = total.plus(fraction);
                }
                total.write(totals, from + i, height);
            }
        }

        private void pair(int pair, int stride) {
            int message = 2 * pair;
            var messages = trace.air().messages();
            challenges.denominators(evaluator, messages.get(message), places[message], sums, first);
            int[] firstCounts = evaluator.value(places[message]);
            boolean two = message + 1 < messages.size();
            if (two) challenges.denominators(evaluator, messages.get(message + 1), places[message + 1], sums, second);
            int[] secondCounts = two ? evaluator.value(places[message + 1]) : firstCounts;
            for (int i = 0; i < ROWS; i++) {
                E6 d1 = E6.read(first, i, ROWS);
                E6 numerator;
                E6 denominator;
                if (two) {
                    E6 d2 = E6.read(second, i, ROWS);
                    numerator = d2.times(firstCounts[i]).plus(d1.times(secondCounts[i]));
                    denominator = d1.times(d2);
                } else {
                    numerator = E6.of(firstCounts[i]);
                    denominator = d1;
                }
                assert KoalaBear.isCanonical(firstCounts[i]) : firstCounts[i];
                numerator.write(numerators, pair * ROWS + i, stride);
                denominator.write(denominators, pair * ROWS + i, stride);
            }
        }
    }
}
