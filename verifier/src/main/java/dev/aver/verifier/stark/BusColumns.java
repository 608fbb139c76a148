package dev.aver.verifier.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.verifier.algebra.Algebra;
import dev.aver.verifier.pcs.Openings;
import java.util.ArrayList;
import java.util.List;

/**
 * A table's permutation columns at a point.
 *
 * @param products of the exchanges but the last pair
 * @param fractions of the other messages but the last pair
 * @param accumulators the running product, if there are exchanges, and the running sum
 * @param next the same in the next row
 */
record BusColumns<V>(List<V> products, List<V> fractions, List<V> accumulators, List<V> next) {
    /** Those of the table at this place. */
    static <V> BusColumns<V> of(Algebra<V, ?, ?, ?> algebra, Openings<V> openings, StarkShape shape, int place) {
        Air air = shape.tables().kind(place).air();
        int matrix = shape.accumulators(place);
        List<V> local = air.steps() == 0
                ? List.of()
                : extensions(algebra, openings.row(StarkShape.PERMUTATION, matrix - 1, Openings.LOCAL));
        int products = Math.max(air.productColumns() - 1, 0);
        return new BusColumns<>(
                local.subList(0, products),
                local.subList(products, air.steps()),
                extensions(algebra, openings.row(StarkShape.PERMUTATION, matrix, Openings.LOCAL)),
                extensions(algebra, openings.row(StarkShape.PERMUTATION, matrix, Openings.NEXT)));
    }

    /** Σ z^i · coordinate i, six by six: what columns of K say as columns of E. */
    static <V> List<V> extensions(Algebra<V, ?, ?, ?> algebra, List<V> coordinates) {
        V z = algebra.constant(E6.Z);
        List<V> values = new ArrayList<>();
        for (int at = 0; at < coordinates.size(); at += E6.DEGREE) {
            V value = coordinates.get(at + E6.DEGREE - 1);
            for (int i = E6.DEGREE - 2; i >= 0; i--) {
                value = algebra.add(algebra.mul(value, z), coordinates.get(at + i));
            }
            values.add(value);
        }
        return values;
    }
}
