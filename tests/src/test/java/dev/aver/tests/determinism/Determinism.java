package dev.aver.tests.determinism;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.Model;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves that two rows with the same inputs say the same, or fails to.
 *
 * <p>It goes in steps: what is proven to be the same in both rows becomes so, and products of it, and what is read
 * where both rows read; then again, until the outputs are the same or nothing more can be proven.
 */
@SuppressWarnings("unchecked") // the solver's interface has arrays of generic parameters
final class Determinism implements AutoCloseable {
    private final Context context = new Context();
    private final Solver solver = context.mkSolver();
    private final Encoding left;
    private final Encoding right;
    private final boolean sameCase;
    private final Set<Integer> determined = new HashSet<>();
    private final Set<List<Integer>> joined = new HashSet<>();
    private final Set<Object> given = new HashSet<>();

    Determinism(RowSystem one, RowSystem other) {
        Params params = context.mkParams();
        params.add("timeout", 20_000);
        solver.setParameters(params);
        sameCase = one == other;
        if (sameCase) determined.addAll(new Propagation(one).determined);
        left = new Encoding(context, solver, one, "", determined);
        right = new Encoding(context, solver, other, "'", determined);
        for (int i = 0; i < one.inputs.size(); i++) {
            solver.add(left.same(one.inputs.get(i), right, other.inputs.get(i)));
        }
        consequences();
    }

    /** Whether rows of these cases fetch different instructions. */
    static boolean apart(RowSystem one, RowSystem other) {
        for (int i = 0; i < one.inputs.size(); i++) {
            Poly difference = one.inputs.get(i).minus(other.inputs.get(i));
            if (difference.isConstant() && difference.constantTerm() != 0) return true;
        }
        return false;
    }

    /** Whether no two rows of these cases have the same inputs. */
    boolean exclusive() {
        return solver.check() == Status.UNSATISFIABLE;
    }

    /** The names of outputs that are not proven to be the same; empty if all are. */
    List<String> undetermined() {
        boolean progress = true;
        while (progress) {
            if (known() || proven(anyOutputDiffers())) return List.of();
            progress = atoms();
            progress |= consequences();
        }
        List<String> open = new ArrayList<>();
        for (String output : left.row.outputs.keySet()) {
            if (!proven(differs(output))) open.add(output);
        }
        return open;
    }

    private boolean known() {
        return sameCase
                && left.row.outputs.values().stream()
                        .allMatch(output -> output.terms().keySet().stream().allMatch(determined::containsAll));
    }

    private BoolExpr differs(String output) {
        Poly mine = left.row.outputs.get(output);
        Poly theirs = right.row.outputs.get(output);
        return theirs == null ? context.mkTrue() : left.different(mine, right, theirs);
    }

    private BoolExpr anyOutputDiffers() {
        if (!left.row.outputs.keySet().equals(right.row.outputs.keySet())) return context.mkTrue();
        return left.or(left.row.outputs.keySet().stream().map(this::differs).toList());
    }

    private boolean proven(BoolExpr contrary) {
        solver.push();
        solver.add(contrary);
        Status status = solver.check();
        solver.pop();
        return status == Status.UNSATISFIABLE;
    }

    /** Looks for atoms that have to be the same in both rows, those aside in which some pair of rows differs. */
    private boolean atoms() {
        Set<Integer> differing = new HashSet<>();
        boolean progress = false;
        int count = sameCase ? left.row.names.size() : left.row.air.width();
        for (int atom = 0; atom < count; atom++) {
            if (determined.contains(atom) || differing.contains(atom)) continue;
            Poly poly = Poly.atom(atom);
            solver.push();
            solver.add(left.different(poly, right, poly));
            Status status = solver.check();
            if (status == Status.SATISFIABLE) note(solver.getModel(), count, differing);
            solver.pop();
            if (status == Status.UNSATISFIABLE) {
                determined.add(atom);
                solver.add(left.same(poly, right, poly));
                progress = true;
            }
        }
        return progress;
    }

    private void note(Model model, int count, Set<Integer> differing) {
        for (int atom = 0; atom < count; atom++) {
            if (!value(model, left.atom(atom)).equals(value(model, right.atom(atom)))) differing.add(atom);
        }
    }

    private static String value(Model model, IntExpr atom) {
        return model.eval(atom, true).toString();
    }

    /** What follows from equal atoms: equal products of them, and equal words and functions. */
    private boolean consequences() {
        boolean progress = false;
        if (sameCase) {
            for (Map.Entry<List<Integer>, IntExpr> product : left.products.entrySet()) {
                IntExpr other = right.products.get(product.getKey());
                if (other != null && determined.containsAll(product.getKey()) && joined.add(product.getKey())) {
                    solver.add(context.mkEq(product.getValue(), other));
                    progress = true;
                }
            }
        }
        for (int i = 0; i < Math.min(left.row.reads.size(), right.row.reads.size()); i++) {
            RowSystem.Read mine = left.row.reads.get(i);
            RowSystem.Read theirs = right.row.reads.get(i);
            progress |= follows(mine, mine.key(), theirs.key(), mine.given(), theirs.given());
        }
        for (int i = 0; i < Math.min(left.row.functions.size(), right.row.functions.size()); i++) {
            RowSystem.Function mine = left.row.functions.get(i);
            RowSystem.Function theirs = right.row.functions.get(i);
            progress |= follows(mine, mine.from(), theirs.from(), List.of(mine.to()), List.of(theirs.to()));
        }
        return progress;
    }

    private boolean follows(Object what, List<Poly> from, List<Poly> otherFrom, List<Poly> to, List<Poly> otherTo) {
        if (given.contains(what)) return false;
        for (int i = 0; i < from.size(); i++) {
            if (!proven(left.different(from.get(i), right, otherFrom.get(i)))) return false;
        }
        given.add(what);
        for (int i = 0; i < to.size(); i++) solver.add(left.same(to.get(i), right, otherTo.get(i)));
        return true;
    }

    @Override
    public void close() {
        context.close();
    }
}
