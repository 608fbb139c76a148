package dev.aver.circuits.air;

import dev.aver.circuits.air.Constraint.Where;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table's definition as text that a reviewer can read: its columns, what its rows tell and ask, and what has to hold,
 * each constraint with its reason and its formula. Spaces in names are underscores in formulas, and x' is x in the next
 * row.
 */
public final class Listing {
    private final Air air;
    private final Formula formula;
    private final StringBuilder text = new StringBuilder();

    private Listing(Air air) {
        this.air = air;
        this.formula = new Formula(air);
    }

    /** The listing of a table, lines ending in newlines. */
    public static String of(Air air) {
        Listing listing = new Listing(air);
        listing.columns();
        listing.messages();
        listing.constraints();
        listing.vouches();
        return listing.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void columns() {
        line("table %s: %d columns, %d messages in %d permutation columns, %d constraints; %d cells a row"
                .formatted(
                        air.name(),
                        air.width(),
                        air.messages().size(),
                        air.permutationColumns(),
                        air.constraints().size(),
                        air.cells()));
        if (!air.preprocessed().isEmpty()) line("\npreprocessed columns");
        names(air.preprocessed());
        line("\ncolumns");
        names(air.columns());
    }

    private void names(List<String> names) {
        for (int i = 0; i < names.size(); i++) line("  %3d  %s".formatted(i, names.get(i)));
    }

    private void messages() {
        line("\nmessages");
        for (int i = 0; i < air.messages().size(); i++) {
            Message message = air.messages().get(i);
            String tuple = message.tuple().stream().map(formula::text).collect(Collectors.joining(", "));
            String count = formula.text(message.count());
            define();
            boolean answer = message.isAnswer();
            String often = answer ? ", " + count + " times" : " if " + count;
            line("  %3d  %s %s(%s)%s".formatted(i, verb(message), message.bus(), tuple, often));
        }
    }

    private static String verb(Message message) {
        boolean lookup = message.bus().kind() == Bus.Kind.LOOKUP;
        if (message.isExchanged()) return message.taken() ? "take" : "give";
        if (message.taken()) return lookup ? "answer" : "receive";
        return lookup ? "look up" : "send";
    }

    private void constraints() {
        line("\nconstraints");
        for (int i = 0; i < air.constraints().size(); i++) {
            Constraint constraint = air.constraints().get(i);
            String left = formula.text(constraint.expr());
            define();
            line("  %3d  %s%s".formatted(i, constraint.name(), where(constraint.where())));
            line("       %s = 0".formatted(left));
        }
    }

    private static String where(Where where) {
        return switch (where) {
            case EVERY -> "";
            case FIRST -> " (first row)";
            case LAST -> " (last row)";
            case TRANSITION -> " (every row but the last)";
        };
    }

    private void vouches() {
        if (!air.vouches().isEmpty()) line("\nvouched for");
        for (Vouch vouch : air.vouches()) {
            line("       %s: %s".formatted(formula.text(vouch.expr()), vouch.reason()));
        }
    }

    private void define() {
        for (String definition : formula.definitions()) line("       %s".formatted(definition));
    }
}
