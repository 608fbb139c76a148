package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a constraint's expression can be as an integer, when everything that a table looks up, proves to be a bit
 * or receives from the register file is read as the small number that it then is. An expression that stays below p in
 * absolute value can only be 0 modulo p by being 0: no prover gains by wrapping around.
 *
 * <p>All queries are assumed to be asked; a constraint that holds on some rows must be about queries of those rows.
 */
final class IntegerBounds {
    static final BigInteger P = BigInteger.valueOf(KoalaBear.P);

    /** Both ends included. */
    record Interval(BigInteger low, BigInteger high) {
        static Interval of(long low, long high) {
            return new Interval(BigInteger.valueOf(low), BigInteger.valueOf(high));
        }

        Interval plus(Interval other) {
            return new Interval(low.add(other.low), high.add(other.high));
        }

        Interval minus(Interval other) {
            return new Interval(low.subtract(other.high), high.subtract(other.low));
        }

        Interval times(Interval other) {
            BigInteger[] corners = {
                low.multiply(other.low), low.multiply(other.high), high.multiply(other.low), high.multiply(other.high)
            };
            BigInteger least = corners[0];
            BigInteger most = corners[0];
            for (BigInteger corner : corners) {
                least = least.min(corner);
                most = most.max(corner);
            }
            return new Interval(least, most);
        }

        BigInteger absolute() {
            return low.abs().max(high.abs());
        }
    }

    private final Air air;
    private final List<Expr> expressions = new ArrayList<>();
    private final Tape tape;
    private final Map<Integer, Interval> known = new HashMap<>();

    /** Gathers what is known about a table's expressions. */
    IntegerBounds(Air air) {
        this.air = air;
        List<Interval> facts = new ArrayList<>();
        for (Constraint constraint : air.constraints()) {
            Expr bit = bit(constraint.expr());
            if (bit != null) {
                expressions.add(bit);
                facts.add(Interval.of(0, 1));
            }
        }
        for (Message message : air.messages()) {
            for (int i = 0; i < message.tuple().size(); i++) {
                Interval range = range(message, i);
                if (range != null) {
                    Shifted shifted = Shifted.of(message.tuple().get(i));
                    expressions.add(shifted.expr);
                    facts.add(range.minus(new Interval(shifted.by, shifted.by)));
                }
            }
        }
        int given = facts.size();
        air.constraints().forEach(constraint -> expressions.add(constraint.expr()));
        tape = Tape.of(expressions);
        for (int i = 0; i < given; i++) known.merge(tape.output(i), facts.get(i), IntegerBounds::narrower);
    }

    /** Further assumes that a column is in an interval: for a case distinction. */
    IntegerBounds assuming(Column column, long low, long high) {
        for (int v = 0; v < tape.size(); v++) {
            if (tape.op(v) == Tape.Op.MAIN && tape.a(v) == column.index()) {
                known.merge(v, Interval.of(low, high), IntegerBounds::narrower);
            }
        }
        return this;
    }

    private static Interval narrower(Interval a, Interval b) {
        return new Interval(a.low.max(b.low), a.high.min(b.high));
    }

    /** x of x · (x − 1), null if the expression is nothing of the kind. */
    private static @Nullable Expr bit(Expr expr) {
        return expr instanceof Expr.Product product
                        && product.right() instanceof Expr.Difference less
                        && less.left() == product.left()
                        && less.right() instanceof Expr.Constant one
                        && one.value() == KoalaBear.ONE
                ? product.left()
                : null;
    }

    /** What a message's element is known to be. */
    private static @Nullable Interval range(Message message, int i) {
        return switch (message.bus()) {
            case RANGE -> Interval.of(0, 0xffff);
            case BYTES, BYTE_PAIR -> Interval.of(0, 0xff);
            case BITS -> {
                int most = message.tuple().getFirst() instanceof Expr.Constant k ? KoalaBear.canonical(k.value()) : 16;
                yield i == 0 ? Interval.of(0, most) : Interval.of(0, i == 1 ? (1 << most) - 1 : 1 << most);
            }
            // Limbs of registers and memory words, and of immediates and links.
            case MEMORY -> i >= 2 && i < 6 ? Interval.of(0, 0xffff) : null;
            case PROGRAM -> i >= 6 && i != 10 ? Interval.of(0, 0xffff) : null;
            default -> null;
        };
    }

    /** An expression and a constant whose sum is another expression. */
    private record Shifted(Expr expr, BigInteger by) {
        static Shifted of(Expr expr) {
            return switch (expr) {
                case Expr.Sum sum
                when sum.right() instanceof Expr.Constant constant ->
                    new Shifted(sum.left(), centered(constant.value()));
                case Expr.Difference less
                when less.right() instanceof Expr.Constant constant ->
                    new Shifted(less.left(), centered(constant.value()).negate());
                default -> new Shifted(expr, BigInteger.ZERO);
            };
        }
    }

    /** The number of smallest absolute value that is this element. */
    private static BigInteger centered(int element) {
        int value = KoalaBear.canonical(element);
        return BigInteger.valueOf(value > KoalaBear.P / 2 ? (long) value - KoalaBear.P : value);
    }

    /** The interval that a constraint's expression stays in; what nothing is known about is anything below p. */
    Interval of(Constraint constraint) {
        int wanted = tape.output(expressions.indexOf(constraint.expr()));
        Interval[] intervals = new Interval[tape.size()];
        for (int v = 0; v < intervals.length; v++) {
            int a = tape.a(v);
            int b = tape.b(v);
            Interval interval = switch (tape.op(v)) {
                case CONSTANT -> new Interval(centered(a), centered(a));
                case ADD -> intervals[a].plus(intervals[b]);
                case SUB -> intervals[a].minus(intervals[b]);
                case MUL -> intervals[a].times(intervals[b]);
                default -> Interval.of(0, KoalaBear.P - 1);
            };
            // What is known about an expression replaces what its parts say: it is read as a number of its own.
            intervals[v] = known.getOrDefault(v, interval);
        }
        return intervals[wanted];
    }

    /** Every constraint whose name contains {@code text}, at least one, can hold modulo p only over the integers. */
    void holdOverTheIntegers(String text) {
        List<Constraint> found = air.constraints().stream()
                .filter(constraint -> constraint.name().contains(text))
                .toList();
        assertThat(found).as("constraints about: %s", text).isNotEmpty();
        for (Constraint constraint : found) {
            assertThat(of(constraint).absolute()).as(constraint.name()).isLessThan(P);
        }
    }
}
