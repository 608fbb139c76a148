package dev.aver.circuits.air;

import dev.aver.circuits.air.Constraint.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects a table's columns, constraints and messages. The order of calls is the order in the table. Mistakes of a
 * table's author (a degree too high, a name used twice, a tuple of the wrong width) are
 * {@link IllegalArgumentException}s.
 */
public final class AirBuilder {
    private final String name;
    private final List<String> preprocessed = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Message> exchanges = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Vouch> vouches = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** Starts a table of this name. */
    public AirBuilder(String name) {
        this.name = name;
    }

    /** A new main column. */
    public Column column(String columnName) {
        return add(columnName, columns, false);
    }

    /** {@code count} new main columns, named {@code columnName[0]} and so on. */
    public Column[] columns(String columnName, int count) {
        Column[] added = new Column[count];
        for (int i = 0; i < count; i++) added[i] = column(columnName + "[" + i + "]");
        return added;
    }

    /** A new main column that is 0 or 1 in every row. */
    public Column bit(String columnName) {
        Column column = column(columnName);
        bit(columnName + " is 0 or 1", column);
        return column;
    }

    /** A new preprocessed column. */
    public Column preprocessed(String columnName) {
        return add(columnName, preprocessed, true);
    }

    private Column add(String columnName, List<String> list, boolean fixed) {
        if (!names.add(columnName)) throw new IllegalArgumentException(name + " has two columns " + columnName);
        list.add(columnName);
        return new Column(columnName, fixed, list.size() - 1, false);
    }

    /** {@code expr} is 0 in every row. */
    public void zero(String why, Expr expr) {
        constraints.add(new Constraint(why, Where.EVERY, expr));
    }

    /** {@code left} = {@code right} in every row. */
    public void equal(String why, Expr left, Expr right) {
        zero(why, left.minus(right));
    }

    /** {@code expr} is 0 or 1 in every row. */
    public void bit(String why, Expr expr) {
        zero(why, expr.times(expr.minus(1)));
    }

    /** {@code expr} is 0 in the first row. */
    public void first(String why, Expr expr) {
        constraints.add(new Constraint(why, Where.FIRST, expr));
    }

    /** {@code expr} is 0 in the last row. */
    public void last(String why, Expr expr) {
        constraints.add(new Constraint(why, Where.LAST, expr));
    }

    /** {@code expr} is 0 in every row but the last. */
    public void transition(String why, Expr expr) {
        constraints.add(new Constraint(why, Where.TRANSITION, expr));
    }

    /**
     * One-hot selectors: as many new columns as names, each 0 or 1, whose sum, returned by {@link Selectors#real}, is 0
     * or 1 as well.
     */
    public Selectors selectors(String... selectorNames) {
        Column[] flags = new Column[selectorNames.length];
        for (int i = 0; i < flags.length; i++) flags[i] = bit(selectorNames[i]);
        Expr real = Expr.sum(flags);
        if (flags.length > 1) bit("at most one selector is set: else one row would do two things", real);
        return new Selectors(flags, real);
    }

    /**
     * One-hot selectors.
     *
     * @param flags one for each name
     * @param real their sum: 1 in rows that count, 0 in padding
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Selectors(Column[] flags, Expr real) {
        /** Σ flag · value: the value that belongs to the selector that is set. */
        public Expr choose(long... values) {
            assert values.length == flags.length : values.length;
            Expr chosen = Expr.ZERO;
            for (int i = 0; i < flags.length; i++) {
                if (values[i] != 0) chosen = chosen.plus(flags[i].times(values[i]));
            }
            return chosen;
        }
    }

    /**
     * Takes a tuple from an exchange bus and gives another, in rows where {@code when} is 1. In other rows both are
     * made equal, element by element, which is to say that nothing happens.
     *
     * @param what the exchange, for people
     * @param when 0 or 1
     */
    public void exchange(String what, Bus bus, Expr when, List<Expr> from, List<Expr> to) {
        requireKind(bus, Bus.Kind.EXCHANGE);
        for (int i = 0; i < bus.width(); i++) {
            if (isStep(from.get(i), when, to.get(i))) continue;
            zero(
                    "an idle " + what + " keeps element " + i + " of " + bus + ": else padding could act",
                    when.not().times(to.get(i).minus(from.get(i))));
        }
        exchanges.add(new Message(bus, true, when, from));
        exchanges.add(new Message(bus, false, when, to));
    }

    /** Whether an element stays as it is, or grows by {@code when}, which is nothing where that is 0. */
    private static boolean isStep(Expr from, Expr when, Expr to) {
        if (from == to) return true;
        return to == from.plus(when) || (to instanceof Expr.Sum sum && sum.left() == from && sum.right() == when);
    }

    /** Puts a tuple on a permutation bus, {@code count} times: 0 or 1. */
    public void send(Bus bus, Expr count, Expr... tuple) {
        requireKind(bus, Bus.Kind.PERMUTATION);
        messages.add(new Message(bus, false, count, List.of(tuple)));
    }

    /** Takes a tuple from a permutation bus, {@code count} times: 0 or 1. */
    public void receive(Bus bus, Expr count, Expr... tuple) {
        requireKind(bus, Bus.Kind.PERMUTATION);
        messages.add(new Message(bus, true, count, List.of(tuple)));
    }

    /** Demands that a tuple is a key of the table that answers a lookup bus, {@code count} times: 0 or 1. */
    public void lookup(Bus bus, Expr count, Expr... tuple) {
        requireKind(bus, Bus.Kind.LOOKUP);
        messages.add(new Message(bus, false, count, List.of(tuple)));
    }

    /**
     * Answers queries of a lookup bus, as often as the main column {@code count} says.
     *
     * @param key preprocessed columns: a key that a prover chose would make every query true
     */
    public void answer(Bus bus, Column count, Expr... key) {
        requireKind(bus, Bus.Kind.LOOKUP);
        if (count.preprocessed()) throw new IllegalArgumentException("a multiplicity that is fixed: " + count);
        if (!Tape.of(List.of(key)).readsOnlyPreprocessed()) {
            throw new IllegalArgumentException("a key that is not preprocessed, on " + bus);
        }
        messages.add(new Message(bus, true, count, List.of(key)));
    }

    /**
     * Gives the reason why an expression is in range where it stands in a message, for an {@link Audit} that cannot
     * find out itself.
     */
    public void vouch(Expr expr, String reason) {
        vouches.add(new Vouch(expr, reason));
    }

    private static void requireKind(Bus bus, Bus.Kind kind) {
        if (bus.kind() != kind) throw new IllegalArgumentException(bus + " is a bus of another kind");
    }

    /** The table: its exchanges come before its other messages. */
    public Air build() {
        List<Message> all = new ArrayList<>(exchanges);
        all.addAll(messages);
        return new Air(name, preprocessed, columns, constraints, all, vouches);
    }
}
