package dev.aver.prover.stark;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.Trace;
import dev.aver.verifier.stark.BusTotals;
import java.util.stream.IntStream;

/**
 * Computes the permutation columns of a table, in two arrays: the steps within a row, products before fractions, and
 * the accumulators, the running product, if there are exchanges, before the running sum. Each is six columns, column
 * after column.
 */
final class PermutationColumns {
    /** Rows of which one thread computes the running product. */
    private static final int STRIP = 1 << 12;

    private final Backend backend;
    private final Air air;
    private final int logHeight;
    private final ExtensionColumns steps;
    private final ExtensionColumns accumulators;

    private PermutationColumns(Backend backend, Trace trace, int[] steps, int[] accumulators) {
        this.backend = backend;
        this.air = trace.air();
        this.logHeight = trace.logHeight();
        this.steps = new ExtensionColumns(steps, logHeight);
        this.accumulators = new ExtensionColumns(accumulators, logHeight);
    }

    /**
     * Computes a table's columns.
     *
     * @param steps where to put the steps, with room for them or more
     * @param accumulators where to put the accumulators, likewise
     * @return what they come to
     */
    static BusTotals<E6> fill(Backend backend, Trace trace, Challenges challenges, int[] steps, int[] accumulators) {
        return new PermutationColumns(backend, trace, steps, accumulators).fill(trace, challenges);
    }

    private BusTotals<E6> fill(Trace trace, Challenges challenges) {
        int height = 1 << logHeight;
        Scratch<BusRows> workers =
                new Scratch<>(() -> new BusRows(backend.rowArithmetic(), trace, challenges, steps, accumulators));
        IntStream.range(0, height / ROWS)
                .parallel()
                .forEach(chunk -> workers.get().chunk(chunk * ROWS));
        E6 product = air.exchanges() > 0 ? runningProduct() : E6.ONE;
        int[] sum = new int[E6.DEGREE];
        int first = E6.DEGREE * (air.accumulators() - 1);
        IntStream.range(0, E6.DEGREE).parallel().forEach(k -> sum[k] = runningSum((first + k) * height));
        return new BusTotals<>(product, E6.read(sum, 0, 1));
    }

    /** Replaces each element of a column of K by the sum of those before, and gives the sum of all. */
    private int runningSum(int from) {
        int[] elements = accumulators.elements();
        int sum = 0;
        for (int i = from; i < from + (1 << logHeight); i++) {
            int element = elements[i];
            elements[i] = sum;
            sum = KoalaBear.add(sum, element);
        }
        return sum;
    }

    /**
     * Replaces each element of the first accumulator, a row's product, by the product of those before, multiplies the
     * row's steps by it, and gives the product of all.
     */
    private E6 runningProduct() {
        int strip = Math.min(1 << logHeight, STRIP);
        int strips = (1 << logHeight) / strip;
        E6[] products = new E6[strips];
        IntStream.range(0, strips).parallel().forEach(i -> products[i] = productOf(i * strip, strip));
        E6[] before = new E6[strips];
        E6 product = E6.ONE;
        for (int i = 0; i < strips; i++) {
            before[i] = product;
            product = product.times(products[i]);
        }
        Scratch<RowArithmetic> rows = new Scratch<>(backend::rowArithmetic);
        IntStream.range(0, strips).parallel().forEach(i -> scale(rows.get(), i * strip, strip, before[i]));
        return product;
    }

    /** Replaces each of some rows' products by the product of those before among them, and gives the product of all. */
    private E6 productOf(int from, int count) {
        int[] elements = accumulators.elements();
        E6 product = E6.ONE;
        for (int row = from; row < from + count; row++) {
            E6 element = E6.read(elements, row, 1 << logHeight);
            product.write(elements, row, 1 << logHeight);
            product = product.times(element);
        }
        return product;
    }

    /** Multiplies the running product in some rows by what it is before them, and then their steps by it. */
    private void scale(RowArithmetic rows, int first, int count, E6 before) {
        int[] factor = new int[EXTENSION];
        int[] product = new int[EXTENSION];
        int[] value = new int[EXTENSION];
        for (int i = 0; i < ROWS; i++) before.write(factor, i, ROWS);
        for (int from = first; from < first + count; from += ROWS) {
            accumulators.read(0, from, product);
            rows.product(product, factor, product);
            accumulators.write(0, from, product);
            for (int step = 0; step < air.productColumns() - 1; step++) {
                steps.read(step, from, value);
                rows.product(value, product, value);
                steps.write(step, from, value);
            }
        }
    }

    /** How many columns of K the steps of a table are. */
    static int steps(Air air) {
        return E6.DEGREE * air.steps();
    }

    /** How many columns of K its accumulators are. */
    static int accumulators(Air air) {
        return E6.DEGREE * air.accumulators();
    }
}
