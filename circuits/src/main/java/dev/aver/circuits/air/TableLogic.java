package dev.aver.circuits.air;

import dev.aver.circuits.air.Constraint.Where;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an audit knows about a table whatever is in its rows: expressions as linear forms, and which of them are bits.
 */
final class TableLogic {
    final Air air;

    /** Variables that are 0 or 1 in every row. */
    final Set<Integer> bits = new HashSet<>();

    /** Linear forms that are 0 or 1 in every row. */
    final List<Linear> bitForms = new ArrayList<>();

    /** Sets of bits of which one is 1 at most. */
    final List<Set<Integer>> exclusive = new ArrayList<>();

    private final IdentityHashMap<Expr, Optional<Linear>> linear = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Set<Integer>> variables = new IdentityHashMap<>();

    TableLogic(Air air) {
        this.air = air;
        for (Constraint constraint : air.constraints()) {
            if (constraint.where() == Where.EVERY) bitForm(constraint.expr()).ifPresent(this::addBitForm);
        }
        for (Linear form : bitForms) {
            boolean sum = form.constant() == 0
                    && form.coefficients().values().stream().allMatch(c -> c == KoalaBear.ONE)
                    && bits.containsAll(form.coefficients().keySet());
            if (sum && form.coefficients().size() > 1) {
                exclusive.add(form.coefficients().keySet());
            }
        }
    }

    /** x of a constraint x · (x − 1) or x · (1 − x). */
    private Optional<Linear> bitForm(Expr expr) {
        if (!(expr instanceof Expr.Product product)) return Optional.empty();
        Optional<Linear> x = linear(product.left());
        Optional<Linear> y = linear(product.right());
        if (x.isEmpty() || y.isEmpty()) return Optional.empty();
        boolean bit = x.get().minus(y.get()).is(1)
                || x.get().plus(y.get(), KoalaBear.ONE).is(1);
        return bit ? x : Optional.empty();
    }

    private void addBitForm(Linear form) {
        bitForms.add(form);
        boolean variable = form.constant() == 0 && form.coefficients().size() == 1;
        if (variable && form.coefficients().containsValue(KoalaBear.ONE)) {
            int number = form.coefficients().firstKey();
            bits.add(number);
            bits.add(number | 1); // What holds in every row holds in the next.
        }
    }

    /** An expression as a linear form, if it is one without knowing any value. */
    Optional<Linear> linear(Expr expr) {
        Optional<Linear> known = linear.get(expr);
        if (known == null) {
            known = combine(expr, Map.of());
            linear.put(expr, known);
        }
        return known;
    }

    /** An expression as a linear form where some variables have values, if it is one then. */
    Optional<Linear> linear(Expr expr, Map<Integer, Integer> values) {
        Optional<Linear> always = linear(expr);
        return always.isPresent() || values.isEmpty() ? always.map(form -> form.with(values)) : combine(expr, values);
    }

    private Optional<Linear> combine(Expr expr, Map<Integer, Integer> values) {
        return switch (expr) {
            case Expr.Constant constant -> Optional.of(Linear.of(constant.value()));
            case Column column -> Optional.of(Linear.of(column).with(values));
            case Expr.Sum sum -> add(sum.left(), sum.right(), KoalaBear.ONE, values);
            case Expr.Difference difference ->
                add(difference.left(), difference.right(), KoalaBear.neg(KoalaBear.ONE), values);
            case Expr.Product product -> {
                Optional<Linear> x = linear(product.left(), values);
                Optional<Linear> y = linear(product.right(), values);
                if (x.isPresent() && x.get().isConstant())
                    yield scale(y, x.get().constant());
                if (y.isPresent() && y.get().isConstant())
                    yield scale(x, y.get().constant());
                yield Optional.empty();
            }
        };
    }

    private Optional<Linear> add(Expr left, Expr right, int factor, Map<Integer, Integer> values) {
        Optional<Linear> x = linear(left, values);
        if (x.isEmpty()) return x;
        return linear(right, values).map(y -> x.get().plus(y, factor));
    }

    /** 0 times anything is 0, linear or not. */
    private static Optional<Linear> scale(Optional<Linear> form, int factor) {
        return factor == 0 ? Optional.of(Linear.ZERO) : form.map(linear -> linear.times(factor));
    }

    /** The variables that an expression reads. */
    Set<Integer> variables(Expr expr) {
        Set<Integer> known = variables.get(expr);
        if (known != null) return known;
        Set<Integer> read = new TreeSet<>();
        switch (expr) {
            case Expr.Constant constant -> {}
            case Column column -> read.add(Linear.variable(column));
            case Expr.Sum sum -> addAll(read, sum.left(), sum.right());
            case Expr.Difference difference -> addAll(read, difference.left(), difference.right());
            case Expr.Product product -> addAll(read, product.left(), product.right());
        }
        variables.put(expr, read);
        return read;
    }

    private void addAll(Set<Integer> read, Expr left, Expr right) {
        read.addAll(variables(left));
        read.addAll(variables(right));
    }
}
