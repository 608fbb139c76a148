package dev.aver.circuits.air;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Expressions as text. Large subexpressions that occur more than once are written once and named t1, t2 and so on, so
 * that the text is no longer than the graph; {@link #definitions} has what was named since it was last called.
 */
final class Formula {
    /** Shared expressions with at least so many nodes get a name. */
    private static final int LARGE = 8;

    private final IdentityHashMap<Expr, Integer> uses = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Integer> sizes = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, String> names = new IdentityHashMap<>();
    private final List<String> definitions = new ArrayList<>();

    /** Prepares for all expressions of a table. */
    Formula(Air air) {
        for (Message message : air.messages()) {
            count(message.count());
            message.tuple().forEach(this::count);
        }
        air.constraints().forEach(constraint -> count(constraint.expr()));
    }

    private int count(Expr expr) {
        uses.merge(expr, 1, Integer::sum);
        Integer known = sizes.get(expr);
        if (known != null) return known;
        int size = switch (expr) {
            case Expr.Sum sum -> 1 + count(sum.left()) + count(sum.right());
            case Expr.Difference difference -> 1 + count(difference.left()) + count(difference.right());
            case Expr.Product product -> 1 + count(product.left()) + count(product.right());
            default -> 1;
        };
        // A shared graph can have more nodes than an int can count, written out.
        size = Math.min(size, 1 << 20);
        sizes.put(expr, size);
        return size;
    }

    /** The names that were given since the last call, each with its formula. */
    List<String> definitions() {
        List<String> given = List.copyOf(definitions);
        definitions.clear();
        return given;
    }

    /** An expression. */
    String text(Expr expr) {
        return text(expr, 0);
    }

    /** An expression in a place that binds: 0 loosely, 1 behind a minus sign, 2 as a factor. */
    private String text(Expr expr, int place) {
        if (uses.getOrDefault(expr, 0) > 1 && sizes.getOrDefault(expr, 0) >= LARGE) return named(expr);
        return plain(expr, place);
    }

    private String named(Expr expr) {
        String name = names.get(expr);
        if (name == null) {
            String text = plain(expr, 0);
            name = "t" + (names.size() + 1);
            names.put(expr, name);
            definitions.add(name + " = " + text);
        }
        return name;
    }

    private String plain(Expr expr, int place) {
        return switch (expr) {
            case Expr.Constant constant -> {
                String number = number(constant.value());
                yield number.startsWith("-") && place > 0 ? "(" + number + ")" : number;
            }
            case Column column -> name(column.toString());
            case Expr.Sum sum -> inside(text(sum.left(), 0) + " + " + text(sum.right(), 0), place > 0);
            case Expr.Difference difference -> {
                boolean negation = difference.left() instanceof Expr.Constant zero && zero.value() == 0;
                String left = negation ? "-" : text(difference.left(), 0) + " - ";
                yield inside(left + text(difference.right(), negation ? 2 : 1), place > 0);
            }
            case Expr.Product product -> text(product.left(), 2) + " * " + text(product.right(), 2);
        };
    }

    private static String inside(String text, boolean parentheses) {
        return parentheses ? "(" + text + ")" : text;
    }

    /** A column's name as one word. */
    static String name(String column) {
        return column.replace(' ', '_');
    }

    /** An element: the inverse of a power of two up to 2^20, a number from −2^25 to 2^25, or else hexadecimal. */
    static String number(int element) {
        long number = Linear.signed(element);
        // Some are small negative numbers too, but nobody means those.
        for (int k = 1, power = element; k <= 20; k++) {
            power = KoalaBear.twice(power);
            if (power == KoalaBear.ONE) return "2^-" + k;
        }
        if (Math.abs(number) <= 1 << 25) return Long.toString(number);
        return "0x" + Integer.toHexString(KoalaBear.canonical(element));
    }
}
