package dev.aver.circuits.air;

import dev.aver.circuits.air.Bound.Fact;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Derives that an expression is a small number in every row in which another one is 1, from the table's constraints and
 * lookups and from what it receives. Where that depends on the operation or another bit, each case is tried.
 *
 * <p>It may fail to see a reason, but gives no wrong one as long as the buses do what they promise: lookups have keys,
 * and what is received was sent.
 */
final class Deduction {
    /** Cases that are tried at most. */
    private static final int MOST_CASES = 3000;

    /** Times and cycles in a segment are below 2^24 and 2^22. */
    static final long LAST_TIME = (1L << 24) - 1;

    private static final long LAST_CLK = (1L << 22) - 1;

    private final TableLogic logic;
    private final Expr target;
    private final long max;
    private final Expr given;
    private final boolean early;
    private final Set<String> reasons = new LinkedHashSet<>();
    private int cases;

    private Deduction(TableLogic logic, Expr target, long max, Expr given, boolean early) {
        this.logic = logic;
        this.target = target;
        this.max = max;
        this.given = given;
        this.early = early;
    }

    /**
     * Why {@code target} is from 0 to {@code max} in rows where {@code given}, which is 0 or 1, is 1; null if unknown.
     *
     * @param early whether it is put on the memory bus at time 0: what is taken from there then proves nothing, because
     *     it could be the same word again
     */
    static @Nullable Set<String> inRange(TableLogic logic, Expr target, long max, Expr given, boolean early) {
        Deduction deduction = new Deduction(logic, target, max, given, early);
        return deduction.holds(Case.any(logic, false)) ? deduction.reasons : null;
    }

    /** Whether {@code target} is 0 in the last row. */
    static boolean zeroInLastRow(TableLogic logic, Expr target) {
        return new Deduction(logic, target, 0, Expr.ONE, false).holds(Case.any(logic, true));
    }

    /** Whether it holds in this case. */
    private boolean holds(Case some) {
        if (++cases > MOST_CASES) return false;
        List<Fact> facts = some.settle(given);
        if (facts == null) return true;
        bits(some, facts);
        List<Message> idle = messages(some, facts);
        Optional<Linear> form = some.linear(target);
        Set<String> found = form.isPresent() ? Bound.find(form.get(), max, facts) : null;
        if (found != null) {
            reasons.addAll(found);
            reasons.remove("");
            return true;
        }
        Integer bit = nextBit(some, facts, idle);
        if (bit == null) return false;
        Case set = some.with(bit, 1);
        Case clear = some.with(bit, 0);
        return (set == null || holds(set)) && (clear == null || holds(clear));
    }

    private void bits(Case some, List<Fact> facts) {
        for (int bit : logic.bits) {
            if (some.values.containsKey(bit)) continue;
            Linear form = Linear.of(bit, KoalaBear.ONE);
            facts.add(new Fact(form, 0, 1, "a bit"));
        }
        for (Linear form : logic.bitForms) {
            Linear now = form.with(some.values);
            if (now.coefficients().size() > 1) facts.add(new Fact(now, 0, 1, "a sum of bits, proven a bit"));
        }
    }

    /** Notes what messages tell that count in this case; returns those of which that is not known. */
    private List<Message> messages(Case some, List<Fact> facts) {
        Optional<Linear> rows = some.linear(given);
        List<Message> idle = new ArrayList<>();
        for (int i = 0; i < logic.air.messages().size(); i++) {
            Message message = logic.air.messages().get(i);
            boolean lookup = message.bus().kind() == Bus.Kind.LOOKUP;
            if (message.taken() == lookup || (early && message.bus() == Bus.MEMORY)) continue;
            Optional<Linear> count = some.linear(message.count());
            if (count.isPresent() && (count.get().is(1) || count.equals(rows))) {
                tells(message, i, some, facts);
            } else if (count.isEmpty() || !count.get().isConstant()) {
                idle.add(message);
            }
        }
        return idle;
    }

    private static void tells(Message message, int number, Case some, List<Fact> facts) {
        Linear[] tuple = new Linear[message.tuple().size()];
        for (int i = 0; i < tuple.length; i++) {
            tuple[i] = some.linear(message.tuple().get(i)).orElseThrow();
        }
        String where = message.bus() + " in message " + number;
        switch (message.bus()) {
            case RANGE -> facts.add(new Fact(tuple[0], 0, 0xffff, where));
            case BITS -> {
                long bits = tuple[0].isConstant() ? KoalaBear.canonical(tuple[0].constant()) : 16;
                facts.add(new Fact(tuple[1], 0, (1L << Math.min(bits, 16)) - 1, where));
            }
            case BYTE_PAIR -> {
                for (Linear part : tuple) facts.add(new Fact(part, 0, 0xff, where));
            }
            case BYTES -> {
                for (Linear part : tuple) facts.add(new Fact(part, 0, 0xff, where));
                Linear sum = tuple[0].plus(tuple[1], KoalaBear.ONE);
                facts.add(new Fact(sum.minus(tuple[2]), 0, 0xff, "OR by " + where));
                facts.add(new Fact(sum.plus(tuple[2], KoalaBear.ofLong(-2)), 0, 0xff, "XOR by " + where));
            }
            case PROGRAM -> {
                for (int i : new int[] {6, 7, 8, 9, 11, 12}) facts.add(new Fact(tuple[i], 0, 0xffff, "fetched"));
            }
            case MEMORY -> {
                for (int i = 2; i < 6; i++) facts.add(new Fact(tuple[i], 0, 0xffff, "taken by message " + number));
                facts.add(new Fact(tuple[6], 0, LAST_TIME, "time taken by message " + number));
            }
            case STATE -> facts.add(new Fact(tuple[1], 1, LAST_CLK, "the cycle"));
            default -> {}
        }
    }

    /**
     * A bit on which it depends what is known about the target, or about what that depends on; null if there is none.
     */
    private @Nullable Integer nextBit(Case some, List<Fact> facts, List<Message> idle) {
        Set<Integer> relevant = new TreeSet<>(logic.variables(target));
        for (int hop = 0; hop < 4; hop++) {
            Set<Integer> candidates = new TreeSet<>();
            if (some.linear(target).isEmpty()) candidates.addAll(logic.variables(target));
            if (some.linear(given).isEmpty()) candidates.addAll(logic.variables(given));
            for (Constraint constraint : logic.air.constraints()) {
                if (some.applies(constraint)
                        && meet(logic.variables(constraint.expr()), relevant)
                        && some.linear(constraint.expr()).isEmpty()) {
                    candidates.addAll(logic.variables(constraint.expr()));
                }
            }
            for (Message message : idle) {
                if (message.tuple().stream().anyMatch(element -> meet(logic.variables(element), relevant))) {
                    candidates.addAll(logic.variables(message.count()));
                }
            }
            candidates.removeIf(bit -> !logic.bits.contains(bit) || some.values.containsKey(bit));
            if (!candidates.isEmpty()) return best(candidates);
            for (Fact fact : facts) {
                Set<Integer> variables = fact.form().coefficients().keySet();
                if (meet(variables, relevant)) relevant.addAll(variables);
            }
        }
        return logic.variables(given).stream()
                .filter(bit -> logic.bits.contains(bit) && !some.values.containsKey(bit))
                .findFirst()
                .orElse(null);
    }

    /** One that excludes others, if there is one: the cases are then fewer. */
    private int best(Set<Integer> candidates) {
        for (int bit : candidates) {
            if (logic.exclusive.stream().anyMatch(group -> group.contains(bit & ~1))) return bit;
        }
        return candidates.iterator().next();
    }

    private static boolean meet(Set<Integer> some, Set<Integer> others) {
        return some.stream().anyMatch(others::contains);
    }
}
