package dev.aver.tests.determinism;

import com.microsoft.z3.ArithExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.IntSort;
import com.microsoft.z3.Solver;
import dev.aver.tests.determinism.RowSystem.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One copy of a row in a solver: an integer for each atom. Only linear arithmetic is left: a product with a bit or with
 * a power of two is a case distinction, and any other product is a number of its own, of which nothing is known but its
 * range and that it is 0 if a factor is. That forgets something, so what is proven is true nevertheless.
 */
@SuppressWarnings("unchecked") // the solver's interface has arrays of generic parameters
final class Encoding {
    private static final BigInteger P = BigInteger.valueOf(Poly.P);

    private final Context context;
    private final Solver solver;
    private final String copy;
    final RowSystem row;
    private final List<IntExpr> atoms = new ArrayList<>();
    private final List<Integer> powers = new ArrayList<>();

    /** Products that are numbers of their own. */
    final Map<List<Integer>, IntExpr> products =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    private final Map<List<Integer>, ArithExpr<IntSort>> encoded = new HashMap<>();
    private final Set<Integer> same;
    private int fresh;

    /**
     * Adds a row's atoms and statements to a solver.
     *
     * @param copy what tells its variables from another copy's
     * @param same atoms that have no copy of their own: they are those of every other copy with an empty name
     */
    Encoding(Context context, Solver solver, RowSystem row, String copy, Set<Integer> same) {
        this.context = context;
        this.solver = solver;
        this.row = row;
        this.copy = copy;
        this.same = Set.copyOf(same);
        for (int atom = 0; atom < row.names.size(); atom++) {
            atoms.add(bounded(row.names.get(atom) + (same.contains(atom) ? "" : copy), row.ranges.get(atom)));
        }
        for (RowSystem.Bits bits : row.bits) {
            if (bits.power().terms().keySet().iterator().next().size() == 1) {
                powers.add(bits.power().terms().keySet().iterator().next().getFirst());
            }
        }
        for (List<Poly> statement : row.statements) {
            solver.add(or(statement.stream().map(this::isZero).toList()));
        }
        for (RowSystem.Bits bits : row.bits) solver.add(bits(bits));
    }

    IntExpr atom(int atom) {
        return atoms.get(atom);
    }

    private IntExpr bounded(String name, Range range) {
        IntExpr variable = context.mkIntConst(name);
        solver.add(context.mkGe(variable, number(range.low())), context.mkLe(variable, number(range.high())));
        return variable;
    }

    private IntExpr number(BigInteger value) {
        return context.mkInt(value.toString());
    }

    private IntExpr number(long value) {
        return context.mkInt(value);
    }

    BoolExpr or(List<BoolExpr> cases) {
        return context.mkOr(cases.toArray(new BoolExpr[0]));
    }

    /** The polynomial as a number, its coefficients in (−p/2, p/2). */
    ArithExpr<IntSort> number(Poly poly) {
        ArithExpr<IntSort> sum = number(0);
        for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
            ArithExpr<IntSort> scaled = term.getKey().isEmpty()
                    ? number(term.getValue())
                    : context.mkMul(number(term.getValue()), product(term.getKey()));
            sum = context.mkAdd(sum, scaled);
        }
        return sum;
    }

    private ArithExpr<IntSort> product(List<Integer> factors) {
        ArithExpr<IntSort> known = encoded.get(factors);
        if (known == null) {
            known = encode(factors);
            encoded.put(factors, known);
        }
        return known;
    }

    private ArithExpr<IntSort> encode(List<Integer> factors) {
        if (factors.size() == 1) return atoms.get(factors.getFirst());
        for (int i = 0; i < factors.size(); i++) {
            IntExpr atom = atoms.get(factors.get(i));
            boolean isBit = row.ranges.get(factors.get(i)).isBit();
            if (!isBit && !powers.contains(factors.get(i))) continue;
            List<Integer> others = new ArrayList<>(factors);
            others.remove(/* index */ i);
            ArithExpr<IntSort> rest = product(List.copyOf(others));
            ArithExpr<IntSort> chosen = number(0);
            for (int k = 0; k <= (isBit ? 0 : 16); k++) {
                chosen = (ArithExpr<IntSort>) context.mkITE(
                        context.mkEq(atom, number(1L << k)), context.mkMul(number(1L << k), rest), chosen);
            }
            return chosen;
        }
        Range range = Range.of(1, 1);
        for (int factor : factors) range = range.times(row.ranges.get(factor));
        String name = "product " + factors + (same.containsAll(factors) ? "" : copy);
        IntExpr variable = bounded(name, range);
        for (int factor : factors) {
            solver.add(
                    context.mkImplies(context.mkEq(atoms.get(factor), number(0)), context.mkEq(variable, number(0))));
        }
        products.put(factors, variable);
        return variable;
    }

    /** The polynomial is 0 modulo p. */
    BoolExpr isZero(Poly poly) {
        // A multiple by a power of 256 may have smaller coefficients: what a carry is defined by, for one.
        Poly best = poly;
        long inverse = BigInteger.valueOf(256).modInverse(P).longValueExact();
        for (long step : new long[] {256, inverse}) {
            Poly scaled = poly;
            for (int i = 0; i < 8; i++) {
                scaled = scaled.scale(step);
                if (row.range(scaled).absolute().compareTo(row.range(best).absolute()) < 0) best = scaled;
            }
        }
        return multipleOfP(number(best), row.range(best));
    }

    private BoolExpr multipleOfP(ArithExpr<IntSort> value, Range range) {
        if (range.absolute().compareTo(P) < 0) return context.mkEq(value, number(0));
        Range multiples = new Range(range.low().divide(P), range.high().divide(P));
        return context.mkEq(value, context.mkMul(number(P), bounded("multiple " + fresh++ + copy, multiples)));
    }

    private BoolExpr bits(RowSystem.Bits bits) {
        List<BoolExpr> cases = new ArrayList<>();
        ArithExpr<IntSort> value = number(bits.value());
        for (int k = 0; k <= 16; k++) {
            cases.add(context.mkAnd(
                    context.mkEq(number(bits.k()), number(k)),
                    context.mkGe(value, number(0)),
                    context.mkLt(value, number(1L << k)),
                    context.mkEq(number(bits.power()), number(1L << k))));
        }
        return or(cases);
    }

    /** A polynomial of this copy and one of another are the same element. */
    BoolExpr same(Poly mine, Encoding other, Poly theirs) {
        return multipleOfP(context.mkSub(number(mine), other.number(theirs)), difference(mine, other, theirs));
    }

    private Range difference(Poly mine, Encoding other, Poly theirs) {
        return row.range(mine).plus(other.row.range(theirs).scale(-1));
    }

    /** They are not. */
    BoolExpr different(Poly mine, Encoding other, Poly theirs) {
        Range range = difference(mine, other, theirs);
        ArithExpr<IntSort> value = context.mkSub(number(mine), other.number(theirs));
        List<BoolExpr> all = new ArrayList<>();
        BigInteger last = range.high().divide(P);
        for (BigInteger k = range.low().divide(P); k.compareTo(last) <= 0; k = k.add(BigInteger.ONE)) {
            all.add(context.mkNot(context.mkEq(value, number(P.multiply(k)))));
        }
        return context.mkAnd(all.toArray(new BoolExpr[0]));
    }
}
