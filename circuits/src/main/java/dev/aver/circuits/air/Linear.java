package dev.aver.circuits.air;

import dev.aver.circuits.field.KoalaBear;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A linear expression in normal form: a constant and, for each variable that counts, its coefficient, in Montgomery
 * form. Immutable; equal if and only if it is the same function.
 *
 * <p>A variable is a column in the current or the next row, see {@link #variable}.
 */
record Linear(int constant, SortedMap<Integer, Integer> coefficients) {
    static final Linear ZERO = new Linear(0, new TreeMap<>());

    static Linear of(int constant) {
        return new Linear(constant, new TreeMap<>());
    }

    static Linear of(Column column) {
        return of(variable(column), KoalaBear.ONE);
    }

    /** A multiple of a variable. */
    static Linear of(int variable, int coefficient) {
        return new Linear(0, new TreeMap<>(Map.of(variable, coefficient)));
    }

    /** The number of a column's variable: 4 · index, plus 2 if it is preprocessed, plus 1 in the next row. */
    static int variable(Column column) {
        return 4 * column.index() + (column.preprocessed() ? 2 : 0) + (column.isNext() ? 1 : 0);
    }

    /** The name of a variable in a table. */
    static String name(Air air, int variable) {
        String name = ((variable & 2) != 0 ? air.preprocessed() : air.columns()).get(variable >> 2);
        return (variable & 1) != 0 ? name + "'" : name;
    }

    boolean isConstant() {
        return coefficients.isEmpty();
    }

    /** Whether this is the constant {@code value}. */
    boolean is(long value) {
        return isConstant() && constant == KoalaBear.ofLong(value);
    }

    /** A variable's coefficient, 0 if it does not count. */
    int coefficient(int variable) {
        return coefficients.getOrDefault(variable, 0);
    }

    /** this + factor · other. */
    Linear plus(Linear other, int factor) {
        TreeMap<Integer, Integer> sum = new TreeMap<>(coefficients);
        other.coefficients.forEach((variable, coefficient) -> {
            int total = KoalaBear.add(sum.getOrDefault(variable, 0), KoalaBear.mul(coefficient, factor));
            if (total == 0) sum.remove(variable);
            else sum.put(variable, total);
        });
        return new Linear(KoalaBear.add(constant, KoalaBear.mul(other.constant, factor)), sum);
    }

    Linear minus(Linear other) {
        return plus(other, KoalaBear.neg(KoalaBear.ONE));
    }

    Linear times(int factor) {
        return ZERO.plus(this, factor);
    }

    /** This where some variables have values. */
    Linear with(Map<Integer, Integer> values) {
        if (coefficients.keySet().stream().noneMatch(values::containsKey)) return this;
        int sum = constant;
        TreeMap<Integer, Integer> rest = new TreeMap<>();
        for (Map.Entry<Integer, Integer> term : coefficients.entrySet()) {
            Integer value = values.get(term.getKey());
            if (value == null) rest.put(term.getKey(), term.getValue());
            else sum = KoalaBear.add(sum, KoalaBear.mul(term.getValue(), KoalaBear.ofLong(value)));
        }
        return new Linear(sum, rest);
    }

    /** An element as the number nearest to 0 that it stands for. */
    static long signed(int element) {
        int canonical = KoalaBear.canonical(element);
        return canonical > KoalaBear.P / 2 ? canonical - (long) KoalaBear.P : canonical;
    }

    /** The form, with the table's names. */
    String text(Air air) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Integer, Integer> term : coefficients.entrySet()) {
            long factor = signed(term.getValue());
            text.append(text.isEmpty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + "));
            if (Math.abs(factor) != 1)
                text.append(Formula.number(KoalaBear.ofLong(Math.abs(factor)))).append(" * ");
            text.append(Formula.name(name(air, term.getKey())));
        }
        if (text.isEmpty()) return Formula.number(constant);
        long last = signed(constant);
        if (last == 0) return text.toString();
        return text + (last < 0 ? " - " : " + ") + Formula.number(KoalaBear.ofLong(Math.abs(last)));
    }
}
