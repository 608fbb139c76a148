package dev.aver.circuits.air;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives that a linear form is a small number from facts about others: writes it as a combination of them with small
 * integers as coefficients, and adds up their ranges. The sum is over the integers, so nothing wraps unseen.
 */
final class Bound {
    /** Combinations of more facts are not looked for. */
    private static final int MOST_STEPS = 6;

    /** Larger coefficients are not taken for integers. */
    private static final long LARGEST_FACTOR = 1L << 26;

    /**
     * A form whose value, as a canonical number, is between two numbers; 0 and 0 is an equation.
     *
     * @param reason how one knows
     */
    record Fact(Linear form, long low, long high, String reason) {
        boolean isEquation() {
            return low == 0 && high == 0;
        }
    }

    private final long max;
    private final List<Fact> facts;
    private final Map<Integer, Fact> direct = new HashMap<>();
    private final Fact[] used = new Fact[MOST_STEPS];
    private int tries;

    private Bound(long max, List<Fact> facts) {
        this.max = max;
        this.facts = facts;
        for (Fact fact : facts) {
            Linear form = fact.form;
            boolean variable = form.constant() == 0
                    && form.coefficients().size() == 1
                    && form.coefficients().containsValue(KoalaBear.ONE);
            if (variable) {
                direct.merge(form.coefficients().firstKey(), fact, (a, b) -> a.high <= b.high ? a : b);
            }
        }
    }

    /** The reasons why {@code target} is a number from 0 to {@code max}; null if none are found. */
    static @Nullable Set<String> find(Linear target, long max, List<Fact> facts) {
        Bound bound = new Bound(max, facts);
        for (int steps = 0; steps <= MOST_STEPS; steps++) {
            bound.tries = 0;
            Set<String> reasons = bound.search(target, 0, 0, 0, steps);
            if (reasons != null) return reasons;
        }
        return null;
    }

    /** What is left is {@code rest}; what was split off is between {@code low} and {@code high}. */
    private @Nullable Set<String> search(Linear rest, long low, long high, int depth, int steps) {
        if (++tries > 4000) return null;
        Set<String> reasons = new LinkedHashSet<>();
        for (int i = 0; i < depth; i++) reasons.add(used[i].reason);
        List<Integer> loose = new ArrayList<>();
        long from = low + Linear.signed(rest.constant());
        long to = high + Linear.signed(rest.constant());
        for (Map.Entry<Integer, Integer> term : rest.coefficients().entrySet()) {
            Fact fact = direct.get(term.getKey());
            long factor = Linear.signed(term.getValue());
            if (fact == null || Math.abs(factor) > LARGEST_FACTOR) {
                loose.add(term.getKey());
                continue;
            }
            reasons.add(fact.reason);
            from += Math.min(factor * fact.low, factor * fact.high);
            to += Math.max(factor * fact.low, factor * fact.high);
        }
        if (loose.isEmpty() && from >= 0 && to <= max) return reasons;
        if (depth == steps) return null;
        // A loose variable must go, whichever; without one, any could be better off in another fact.
        List<Integer> variables =
                loose.isEmpty() ? List.copyOf(rest.coefficients().keySet()) : loose.subList(0, 1);
        for (int variable : variables) {
            for (Fact fact : facts) {
                Set<String> found = without(variable, fact, rest, low, high, depth, steps);
                if (found != null) return found;
            }
        }
        return null;
    }

    private @Nullable Set<String> without(
            int variable, Fact fact, Linear rest, long low, long high, int depth, int steps) {
        int coefficient = fact.form.coefficient(variable);
        if (coefficient == 0) return null;
        for (int i = 0; i < depth; i++) {
            if (fact.equals(used[i])) return null;
        }
        int factor = KoalaBear.mul(rest.coefficient(variable), KoalaBear.inverse(coefficient));
        long number = fact.isEquation() ? 0 : Linear.signed(factor);
        if (Math.abs(number) > LARGEST_FACTOR) return null;
        used[depth] = fact;
        return search(
                rest.plus(fact.form, KoalaBear.neg(factor)),
                low + Math.min(number * fact.low, number * fact.high),
                high + Math.max(number * fact.low, number * fact.high),
                depth + 1,
                steps);
    }
}
