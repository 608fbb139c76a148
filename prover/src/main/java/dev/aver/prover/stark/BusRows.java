package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import dev.aver.prover.trace.Trace;
import java.util.Arrays;
import java.util.List;

/**
 * The permutation columns of a few rows, each row alone: for each pair of exchanges what they and those before them
 * give over what they take, and for each pair of other messages the sum of their fractions. The last ones are the row's
 * totals, which {@link PermutationColumns} makes accumulators of. For one thread.
 */
final class BusRows {
    private final RowArithmetic rows;
    private final Trace trace;
    private final ExtensionColumns steps;
    private final ExtensionColumns accumulators;
    private final ChunkEvaluator evaluator;
    private final int[] places;
    private final List<MessageDenominators> messages;

    /** The number of messages that are part of an exchange: the first ones. */
    private final int exchanged;

    /** The number of columns for them: the first ones. */
    private final int products;

    private final int columns;
    private final int[] next = new int[ROWS];
    private final int[] first = new int[EXTENSION];
    private final int[] second = new int[EXTENSION];

    /** By column. */
    private final int[][] numerators;

    private final int[][] denominators;

    /** The products of the denominators of all columns up to this one. */
    private final int[][] chain;

    BusRows(
            RowArithmetic rows,
            Trace trace,
            Challenges challenges,
            ExtensionColumns steps,
            ExtensionColumns accumulators) {
        Air air = trace.air();
        this.rows = rows;
        this.trace = trace;
        this.steps = steps;
        this.accumulators = accumulators;
        evaluator = ChunkEvaluator.ofMessages(air, rows);
        places = Challenges.places(air, 0);
        messages = challenges.denominators(air, places);
        exchanged = 2 * air.exchanges();
        products = air.productColumns();
        columns = air.permutationColumns();
        numerators = new int[columns][EXTENSION];
        denominators = new int[columns][EXTENSION];
        chain = new int[columns][EXTENSION];
    }

    /** Computes rows {@code from} to {@code from + ROWS − 1}. */
    void chunk(int from) {
        int height = 1 << trace.logHeight();
        for (int i = 0; i < ROWS; i++) next[i] = (from + i + 1) & (height - 1);
        evaluator.evaluate(trace.main(), trace.preprocessed(), trace.logHeight(), from, next);
        for (int column = 0; column < columns; column++) {
            if (column < products) exchanges(4 * column, numerators[column], denominators[column]);
            else fractions(exchanged + 2 * (column - products), numerators[column], denominators[column]);
            if (column == 0) System.arraycopy(denominators[0], 0, chain[0], 0, EXTENSION);
            else rows.product(chain[column - 1], denominators[column], chain[column]);
        }
        divide();
        int step = 0;
        for (int i = 0; i < products; i++) {
            if (i > 0) rows.product(numerators[i - 1], numerators[i], numerators[i]);
            if (i < products - 1) steps.write(step++, from, numerators[i]);
            else accumulators.write(0, from, numerators[i]);
        }
        Arrays.fill(second, 0);
        for (int i = products; i < columns; i++) {
            if (i < columns - 1) steps.write(step++, from, numerators[i]);
            rows.add(second, numerators[i], second);
        }
        accumulators.write(products > 0 ? 1 : 0, from, second);
    }

    /** Replaces numerators by quotients: in each row all denominators are inverted at once (Montgomery's trick). */
    private void divide() {
        int[] inverse = chain[columns - 1];
        rows.invert(inverse);
        for (int column = columns - 1; column >= 0; column--) {
            int[] quotient = numerators[column];
            rows.product(quotient, inverse, quotient);
            if (column > 0) {
                rows.product(quotient, chain[column - 1], quotient);
                rows.product(inverse, denominators[column], inverse);
            }
        }
    }

    /** What two exchanges, or the last one, give, and what they take. */
    private void exchanges(int message, int[] given, int[] taken) {
        messages.get(message).compute(rows, evaluator, taken);
        messages.get(message + 1).compute(rows, evaluator, given);
        if (message + 2 == exchanged) return;
        messages.get(message + 2).compute(rows, evaluator, first);
        rows.product(taken, first, taken);
        messages.get(message + 3).compute(rows, evaluator, first);
        rows.product(given, first, given);
    }

    /** The sum of two messages' fractions, or the last one's. */
    private void fractions(int message, int[] numerator, int[] denominator) {
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
    }
}
