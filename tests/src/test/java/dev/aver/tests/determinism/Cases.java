package dev.aver.tests.determinism;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rows of a table that execute something, case by case: a case is a value for each column that decides which
 * messages a row sends.
 */
final class Cases {
    private Cases() {}

    /**
     * All cases. A row of any other setting of its columns has to be silent: no message of a row without a fetch may
     * count. The columns that decide have to be bits; of some of them a constraint says that one at most is 1.
     */
    static List<RowSystem> of(Air air) {
        List<Map<Integer, Long>> settings = new ArrayList<>();
        settings.add(new TreeMap<>());
        for (List<Integer> group : groups(air)) {
            List<Map<Integer, Long>> longer = new ArrayList<>();
            for (Map<Integer, Long> setting : settings) {
                for (int set = -1; set < group.size(); set++) {
                    Map<Integer, Long> next = new TreeMap<>(setting);
                    for (int i = 0; i < group.size(); i++) next.put(group.get(i), i == set ? 1L : 0L);
                    longer.add(next);
                }
            }
            settings = longer;
        }
        List<RowSystem> rows = settings.stream()
                .map(setting -> new RowSystem(air, setting))
                .filter(row -> !row.impossible())
                .toList();
        for (RowSystem row : rows) {
            boolean executes = row.inputs.size() == Bus.PROGRAM.width() + Bus.STATE.width();
            boolean silent = row.inputs.isEmpty() && row.reads.isEmpty() && row.outputs.isEmpty();
            if (!executes && !silent) throw new IllegalArgumentException("a row that executes in part: " + row.known);
        }
        return rows.stream().filter(row -> !row.inputs.isEmpty()).toList();
    }

    /** A case split further, by every value that some columns can have in it. */
    static List<RowSystem> split(RowSystem row, List<Column> columns) {
        List<RowSystem> cases = List.of(row);
        for (Column column : columns) {
            cases = cases.stream().flatMap(one -> split(one, column)).toList();
        }
        return cases;
    }

    private static Stream<RowSystem> split(RowSystem row, Column column) {
        RowSystem.Range range = row.ranges.get(column.index());
        List<RowSystem> cases = new ArrayList<>();
        for (long value = range.low().longValueExact(); value <= range.high().longValueExact(); value++) {
            Map<Integer, Long> known = new TreeMap<>(row.known);
            known.put(column.index(), value);
            RowSystem one = new RowSystem(row.air, known);
            if (!one.impossible()) cases.add(one);
        }
        return cases.stream();
    }

    /** The columns that decide, in groups of which one at most is 1. */
    private static List<List<Integer>> groups(Air air) {
        TreeSet<Integer> deciding = new TreeSet<>();
        for (Message message : air.messages()) {
            Tape tape = Tape.of(List.of(message.count()));
            for (int v = 0; v < tape.size(); v++) if (tape.op(v) == Tape.Op.MAIN) deciding.add(tape.a(v));
        }
        List<List<Integer>> sums = new ArrayList<>();
        for (Constraint constraint : air.constraints()) {
            bit(constraint.expr()).map(Cases::summands).ifPresent(sums::add);
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (List<Integer> sum : sums) {
            if (sum.size() > 1 && deciding.containsAll(sum)) {
                groups.add(sum);
                sum.forEach(deciding::remove);
            }
        }
        for (int single : deciding) groups.add(List.of(single));
        for (int column : groups.stream().flatMap(List::stream).toList()) {
            if (!sums.contains(List.of(column))) {
                throw new IllegalArgumentException(
                        "a multiplicity of more than bits: " + air.columns().get(column));
            }
        }
        return groups;
    }

    /** x of x · (x − 1). */
    private static Optional<Expr> bit(Expr expr) {
        return expr instanceof Expr.Product product
                        && product.right() instanceof Expr.Difference less
                        && less.left() == product.left()
                        && less.right() instanceof Expr.Constant one
                        && one.value() == KoalaBear.ONE
                ? Optional.of(product.left())
                : Optional.empty();
    }

    /** The columns of a sum of columns, none if it is anything else. */
    private static List<Integer> summands(Expr expr) {
        return switch (expr) {
            case Column column -> List.of(column.index());
            case Expr.Sum sum -> {
                List<Integer> all = new ArrayList<>(summands(sum.left()));
                List<Integer> right = summands(sum.right());
                boolean columns = !all.isEmpty() && !right.isEmpty();
                all.addAll(right);
                yield columns ? all : List.of();
            }
            default -> List.of();
        };
    }
}
