package dev.aver.verifier.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.E6;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.List;

/**
 * All constraints of a table as one: Σ χ^k · c_k, at one point. First those of the table's definition, in its order,
 * each times its selector; then those of its permutation columns:
 *
 * <ul>
 *   <li>for each pair of messages but the last, f·d1·d2 − m1·d2 − m2·d1, f being the pair's column: it is the sum of
 *       the two fractions, unless a denominator is 0, which the challenges make unlikely;
 *   <li>for the last pair, or the last message if their number is odd, (acc' − acc + S·last − Σf)·d1·d2 − m1·d2 −
 *       m2·d1: the accumulator grows by the sum of all fractions of the row. It is cyclic: in the last row, S brings it
 *       back, so S is the sum over all rows;
 *   <li>first·acc: it begins at 0. (The sum would be the same wherever it began; this leaves one accumulator.)
 * </ul>
 */
final class TableConstraints<V> {
    private final Algebra<V, ?, ?, ?> algebra;
    private final Air air;
    private final BusChallenges<V> buses;
    private final TablePoint<V> point;
    private final V challenge;
    private V sum;
    private V power;

    TableConstraints(Algebra<V, ?, ?, ?> algebra, Air air, BusChallenges<V> buses, TablePoint<V> point, V challenge) {
        this.algebra = algebra;
        this.air = air;
        this.buses = buses;
        this.point = point;
        this.challenge = challenge;
        sum = algebra.constant(E6.ZERO);
        power = algebra.constant(E6.ONE);
    }

    /**
     * The sum, from the columns' values at the point.
     *
     * @param next the main columns' values in the next row; empty if no constraint reads them
     * @param fractions the permutation columns, the accumulator last
     * @param accumulatorNext the accumulator in the next row
     * @param total S
     */
    V compose(List<V> main, List<V> next, List<V> preprocessed, List<V> fractions, V accumulatorNext, V total) {
        Tape tape = air.tape();
        List<V> values = evaluate(tape, main, next, preprocessed);
        int output = 0;
        for (Constraint constraint : air.constraints()) {
            add(select(constraint.where(), values.get(tape.output(output++))));
        }
        List<V> counts = new ArrayList<>();
        List<V> denominators = new ArrayList<>();
        for (Message message : air.messages()) {
            counts.add(values.get(tape.output(output++)));
            List<V> tuple = new ArrayList<>();
            for (int i = 0; i < message.tuple().size(); i++) tuple.add(values.get(tape.output(output++)));
            denominators.add(buses.denominator(message.bus(), tuple));
        }
        int pairs = air.permutationColumns() - 1;
        V rest = algebra.add(algebra.sub(accumulatorNext, fractions.getLast()), algebra.mul(total, point.last()));
        for (int pair = 0; pair < pairs; pair++) {
            add(fraction(fractions.get(pair), counts, denominators, 2 * pair));
            rest = algebra.sub(rest, fractions.get(pair));
        }
        add(fraction(rest, counts, denominators, 2 * pairs));
        add(algebra.mul(point.first(), fractions.getLast()));
        return sum;
    }

    private List<V> evaluate(Tape tape, List<V> main, List<V> next, List<V> preprocessed) {
        List<V> values = new ArrayList<>(tape.size());
        for (int v = 0; v < tape.size(); v++) {
            int a = tape.a(v);
            values.add(
                    switch (tape.op(v)) {
                        case CONSTANT -> algebra.constant(E6.of(a));
                        case MAIN -> main.get(a);
                        case MAIN_NEXT -> next.get(a);
                        case PREPROCESSED -> preprocessed.get(a);
                        case PREPROCESSED_NEXT -> throw new AssertionError("no table reads a fixed column's next row");
                        case ADD -> algebra.add(values.get(a), values.get(tape.b(v)));
                        case SUB -> algebra.sub(values.get(a), values.get(tape.b(v)));
                        case MUL -> algebra.mul(values.get(a), values.get(tape.b(v)));
                    });
        }
        return values;
    }

    private V select(Constraint.Where where, V value) {
        return switch (where) {
            case EVERY -> value;
            case FIRST -> algebra.mul(point.first(), value);
            case LAST -> algebra.mul(point.last(), value);
            case TRANSITION -> algebra.mul(point.transition(), value);
        };
    }

    /** column·d1·d2 − m1·d2 − m2·d1, or column·d1 − m1 if message {@code first} is the last one. */
    private V fraction(V column, List<V> counts, List<V> denominators, int first) {
        V d1 = denominators.get(first);
        V m1 = counts.get(first);
        if (first + 1 == counts.size()) return algebra.sub(algebra.mul(column, d1), m1);
        V d2 = denominators.get(first + 1);
        V m2 = counts.get(first + 1);
        V numerator = algebra.add(algebra.mul(m1, d2), algebra.mul(m2, d1));
        return algebra.sub(algebra.mul(column, algebra.mul(d1, d2)), numerator);
    }

    private void add(V constraint) {
        sum = algebra.add(sum, algebra.mul(power, constraint));
        power = algebra.mul(power, challenge);
    }
}
