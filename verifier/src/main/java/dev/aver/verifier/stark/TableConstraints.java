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
 * each times its selector. Then, if it has exchanges, those of its product columns, with t and g for what an exchange
 * takes and gives as an element of E:
 *
 * <ul>
 *   <li>for each pair of exchanges, u'·t1·t2 − u·g1·g2, u' being the pair's column and u the one before: it is u times
 *       what is given over what is taken, unless a t is 0, which the challenges make unlikely. The first u is the
 *       running product z, and the last u' is z in the next row, plus (P − 1)·last. So z is cyclic: in the last row P
 *       takes the place of the 1 that it returns to, and is the product over all rows;
 *   <li>first·(z − 1): it begins at 1, and is not 0 everywhere.
 * </ul>
 *
 * Then those of the other messages' columns:
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
     * @param columns the permutation columns
     * @param totals what they come to
     */
    V compose(List<V> main, List<V> next, List<V> preprocessed, BusColumns<V> columns, BusTotals<V> totals) {
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
        int exchanged = 2 * air.exchanges();
        if (exchanged > 0) products(columns, denominators.subList(0, exchanged), totals.product());
        List<V> others = denominators.subList(exchanged, denominators.size());
        fractions(columns, counts.subList(exchanged, counts.size()), others, totals.sum());
        return sum;
    }

    /** @param denominators what each exchange takes, and what it gives */
    private void products(BusColumns<V> columns, List<V> denominators, V total) {
        V one = algebra.constant(E6.ONE);
        V product = columns.accumulators().getFirst();
        V wrapped = algebra.mul(algebra.sub(total, one), point.last());
        List<V> afters = new ArrayList<>(columns.products());
        afters.add(algebra.add(columns.next().getFirst(), wrapped));
        V before = product;
        for (int i = 0; i < afters.size(); i++) {
            V after = afters.get(i);
            V taken = algebra.mul(after, denominators.get(4 * i));
            V given = algebra.mul(before, denominators.get(4 * i + 1));
            if (4 * i + 2 < denominators.size()) {
                taken = algebra.mul(taken, denominators.get(4 * i + 2));
                given = algebra.mul(given, denominators.get(4 * i + 3));
            }
            add(algebra.sub(taken, given));
            before = after;
        }
        add(algebra.mul(point.first(), algebra.sub(product, one)));
    }

    private void fractions(BusColumns<V> columns, List<V> counts, List<V> denominators, V total) {
        V accumulator = columns.accumulators().getLast();
        V rest = algebra.add(algebra.sub(columns.next().getLast(), accumulator), algebra.mul(total, point.last()));
        int pair = 0;
        for (V column : columns.fractions()) {
            add(fraction(column, counts, denominators, 2 * pair++));
            rest = algebra.sub(rest, column);
        }
        add(fraction(rest, counts, denominators, 2 * pair));
        add(algebra.mul(point.first(), accumulator));
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
