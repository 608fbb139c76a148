package dev.aver.circuits.air;

import dev.aver.circuits.air.Bound.Fact;
import dev.aver.circuits.air.Constraint.Where;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows in which some bits have known values. */
final class Case {
    private static final Linear ONE = Linear.of(KoalaBear.ONE);

    private final TableLogic logic;
    private final boolean lastRow;

    /** The bits that are known, by variable. */
    final Map<Integer, Integer> values;

    private Case(TableLogic logic, boolean lastRow, Map<Integer, Integer> values) {
        this.logic = logic;
        this.lastRow = lastRow;
        this.values = values;
    }

    /** Any row, or the last one. */
    static Case any(TableLogic logic, boolean lastRow) {
        return new Case(logic, lastRow, new HashMap<>());
    }

    /** Those rows of this case in which a bit has this value; null if there are none. */
    @Nullable
    Case with(int bit, int value) {
        Case part = new Case(logic, lastRow, new HashMap<>(values));
        return part.set(bit, value) ? part : null;
    }

    /** An expression as a linear form, if it is one in this case. */
    Optional<Linear> linear(Expr expr) {
        return logic.linear(expr, values);
    }

    /** Whether a constraint says something about these rows. */
    boolean applies(Constraint constraint) {
        return constraint.where() == Where.EVERY || (lastRow && constraint.where() == Where.LAST);
    }

    /**
     * The equations that hold in this case, given that {@code one} is 1; sets the bits that they determine.
     *
     * @return null if there is no such row
     */
    @Nullable
    List<Fact> settle(Expr one) {
        while (true) {
            int known = values.size();
            List<Fact> equations = new ArrayList<>();
            Optional<Linear> given = linear(one).map(form -> form.minus(ONE));
            if (given.isPresent() && !add(given.get(), "", equations)) return null;
            for (Constraint constraint : logic.air.constraints()) {
                Optional<Linear> zero = applies(constraint) ? linear(constraint.expr()) : Optional.empty();
                if (zero.isPresent() && !add(zero.get(), "'" + constraint.name() + "'", equations)) return null;
            }
            for (Fact equation : equations) {
                if (!determine(equation.form())) return null;
            }
            if (values.size() == known) return equations;
        }
    }

    /** Notes that a form is 0; false if it cannot be, whatever the bits in it are. */
    private boolean add(Linear zero, String reason, List<Fact> equations) {
        if (zero.isConstant()) return zero.is(0);
        equations.add(new Fact(zero, 0, 0, reason));
        if (!logic.bits.containsAll(zero.coefficients().keySet())) return true;
        long low = Linear.signed(zero.constant());
        long high = low;
        for (int coefficient : zero.coefficients().values()) {
            low += Math.min(0, Linear.signed(coefficient));
            high += Math.max(0, Linear.signed(coefficient));
        }
        return Math.floorDiv(high, (long) KoalaBear.P) * KoalaBear.P >= low;
    }

    /** If an equation determines a bit, sets it; false if no value fits. */
    private boolean determine(Linear zero) {
        if (zero.coefficients().size() != 1) return true;
        int variable = zero.coefficients().firstKey();
        if (!logic.bits.contains(variable)) return true;
        if (zero.constant() == 0) return set(variable, 0);
        return KoalaBear.add(zero.constant(), zero.coefficient(variable)) == 0 && set(variable, 1);
    }

    /** Sets a bit and, if it is 1, those that exclude it; false if that contradicts what is set. */
    private boolean set(int bit, int value) {
        Integer before = values.put(bit, value);
        if (before != null && before != value) return false;
        if (value == 0) return true;
        int next = bit & 1;
        for (Set<Integer> group : logic.exclusive) {
            if (!group.contains(bit - next)) continue;
            for (int member : group) {
                int other = member + next;
                if (other == bit) continue;
                Integer known = values.put(other, 0);
                if (known != null && known == 1) return false;
            }
        }
        return true;
    }
}
