package dev.aver.verifier.stark;

import dev.aver.circuits.field.E6;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.Algebra;

/**
 * What a table's messages come to, as the proof claims.
 *
 * @param product P: over all rows, what exchanges give over what they take; 1 if there are none
 * @param sum S: the sum of all other messages' fractions
 */
public record BusTotals<V>(V product, V sum) {
    /** Reads and absorbs a table's. */
    static <V> BusTotals<V> read(Algebra<V, ?, ?, ?> algebra, boolean exchanges) throws InvalidReceiptException {
        V product = algebra.constant(E6.ONE);
        if (exchanges) {
            product = algebra.element();
            algebra.absorb(product);
        }
        V sum = algebra.element();
        algebra.absorb(sum);
        return new BusTotals<>(product, sum);
    }
}
