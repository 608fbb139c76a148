package dev.aver.tests.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.z3.ArithExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.IntSort;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.DivChip;
import dev.aver.circuits.chips.Machine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * That divisions are determined. The solver does not find that by itself, as products of unknowns are in it, so it goes
 * in three steps for each operation and each pair of signs:
 *
 * <ol>
 *   <li>the limbs' equations, added up with their weights, are quotient · divisor + remainder = dividend, over the
 *       integers: polynomials are compared;
 *   <li>the other statements give remainder &lt; divisor: the solver;
 *   <li>no two pairs of quotient and remainder fulfil both: the solver. All the rest follows by digits.
 * </ol>
 */
@SuppressWarnings("unchecked") // the solver's interface has arrays of generic parameters
final class DivisionTest {
    private final DivChip chip = Machine.CURRENT.div;

    @Test
    void aQuotientAndRemainderAreTheOnlyOnes() {
        try (Context context = new Context()) {
            IntExpr[] q = {context.mkIntConst("q"), context.mkIntConst("q'")};
            IntExpr[] r = {context.mkIntConst("r"), context.mkIntConst("r'")};
            IntExpr d = context.mkIntConst("d");
            Solver solver = context.mkSolver();
            for (IntExpr one : r) solver.add(context.mkGe(one, context.mkInt(0)), context.mkLt(one, d));
            solver.add(
                    context.mkEq(
                            context.mkAdd(context.mkMul(q[0], d), r[0]), context.mkAdd(context.mkMul(q[1], d), r[1])),
                    context.mkOr(context.mkNot(context.mkEq(q[0], q[1])), context.mkNot(context.mkEq(r[0], r[1]))));
            assertThat(solver.check()).isEqualTo(Status.UNSATISFIABLE);
        }
    }

    @Test
    void aDivisionHasOneResult() {
        List<RowSystem> cases = Cases.of(chip.air);
        assertThat(cases).as("eight operations, by zero or not").hasSize(16);
        for (RowSystem one : cases) {
            for (RowSystem other : cases) {
                if (one != other && !Determinism.apart(one, other)) {
                    try (Determinism pair = new Determinism(one, other)) {
                        assertThat(pair.exclusive())
                                .as("by zero and not: %s", one.known)
                                .isTrue();
                    }
                }
            }
            Propagation signs = new Propagation(one);
            List<Column> split =
                    List.of(chip.dividendSign, chip.divisorSign, chip.negativeQuotient, chip.negativeRemainder);
            for (Column sign : split) {
                assertThat(signs.isDetermined(Poly.atom(sign.index())))
                        .as(sign.name())
                        .isTrue();
            }
            List<RowSystem> bySigns = Cases.split(one, split);
            assertThat(bySigns).isNotEmpty();
            bySigns.forEach(this::hasOneResult);
        }
    }

    private void hasOneResult(RowSystem row) {
        Propagation known = new Propagation(row);
        for (Column limb : chip.divisor) {
            assertThat(known.isDetermined(value(row, limb))).as(limb.name()).isTrue();
        }
        for (Column limb : chip.dividendHigh) {
            assertThat(known.isDetermined(value(row, limb))).as(limb.name()).isTrue();
        }
        if (row.known.get(chip.byZero.index()) == 0) {
            List<Poly> quotient = bytes(row, chip.quotient, chip.quotientBytes);
            List<Poly> divisor = bytes(row, chip.divisor, chip.divisorBytes);
            limbsAddUpToADivision(row, quotient, divisor);
            theRemainderIsBelowTheDivisor(row, divisor);
            for (Poly one : quotient) one.terms().keySet().forEach(known::and);
            for (Column limb : chip.remainder) known.and(List.of(limb.index()));
        }
        assertThat(row.outputs.entrySet().stream()
                        .filter(output -> !known.isDetermined(output.getValue()))
                        .map(Map.Entry::getKey))
                .as("what else could be in %s", row.known)
                .isEmpty();
    }

    private static Poly value(RowSystem row, Column column) {
        BigInteger low = row.ranges.get(column.index()).low();
        boolean constant = low.equals(row.ranges.get(column.index()).high());
        return constant ? Poly.constant(low.longValueExact()) : Poly.atom(column.index());
    }

    /** A value's bytes, from the least significant one: even bytes are columns, odd ones defined by the limbs. */
    private static List<Poly> bytes(RowSystem row, Column[] limbs, Column[] even) {
        List<Poly> bytes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Poly limb = value(row, limbs[i]);
            if (limb.isConstant()) {
                assertThat(limb).as("a high limb in a W form").isEqualTo(Poly.constant(0));
                bytes.addAll(List.of(limb, limb));
                continue;
            }
            Set<Integer> known = Set.of(limbs[i].index(), even[i].index());
            List<Integer> odd = row.statements.stream()
                    .filter(statement -> statement.size() == 1)
                    .map(statement -> statement.getFirst().terms().keySet())
                    .filter(products -> products.size() == 3)
                    .map(products -> products.stream()
                            .filter(product -> product.size() == 1)
                            .map(List::getFirst)
                            .toList())
                    .filter(atoms -> atoms.size() == 3 && atoms.containsAll(known))
                    .map(atoms -> atoms.stream()
                            .filter(atom -> !known.contains(atom))
                            .findFirst()
                            .orElseThrow())
                    .toList();
            assertThat(odd).as("the other byte of %s", limbs[i]).hasSize(1);
            bytes.add(Poly.atom(even[i].index()));
            bytes.add(Poly.atom(odd.getFirst()));
        }
        return bytes;
    }

    private void limbsAddUpToADivision(RowSystem row, List<Poly> quotient, List<Poly> divisor) {
        Map<List<Integer>, BigInteger> limbs = new HashMap<>();
        Set<List<Integer>> zero = Set.of();
        int found = 0;
        for (List<Poly> statement : row.statements) {
            if (statement.size() != 1) continue;
            Poly poly = statement.getFirst();
            boolean products = poly.terms().keySet().stream()
                    .anyMatch(product -> product.size() == 2
                            && product.stream().map(Poly::atom).anyMatch(quotient::contains)
                            && product.stream().map(Poly::atom).anyMatch(divisor::contains));
            if (!products) continue;
            found++;
            assertThat(row.exact(poly)).as("over the integers").isTrue();
            int limb = -1;
            for (int i = 0; i < 4; i++) {
                if (poly.terms().containsKey(List.of(chip.remainder[i].index()))) limb = i;
            }
            if (limb < 0) {
                // Products of bytes, none negative, that are 0 together.
                assertThat(poly.terms().values()).allMatch(coefficient -> coefficient > 0);
                assertThat(poly.constantTerm()).isZero();
                zero = poly.terms().keySet();
            } else add(limbs, poly, BigInteger.ONE.shiftLeft(16 * limb));
        }
        assertThat(found).as("four limbs, and the high half").isEqualTo(5);

        Map<List<Integer>, BigInteger> division = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                Poly product = quotient.get(i).times(divisor.get(j));
                if (!zero.containsAll(product.terms().keySet())) {
                    add(division, product, BigInteger.ONE.shiftLeft(8 * (i + j)));
                }
            }
        }
        boolean negative = row.known.get(chip.dividendSign.index()) == 1;
        Column[] dividend = {chip.rs1.value()[0], chip.rs1.value()[1], chip.dividendHigh[0], chip.dividendHigh[1]};
        for (int i = 0; i < 4; i++) {
            BigInteger weight = BigInteger.ONE.shiftLeft(16 * i);
            add(division, Poly.atom(chip.remainder[i].index()), weight);
            add(division, value(row, dividend[i]), negative ? weight : weight.negate());
        }
        if (negative)
            add(division, Poly.constant(1), BigInteger.ONE.shiftLeft(64).negate());
        assertThat(limbs).isEqualTo(division);
    }

    private static void add(Map<List<Integer>, BigInteger> sum, Poly poly, BigInteger weight) {
        poly.terms().forEach((product, coefficient) -> {
            BigInteger added =
                    sum.getOrDefault(product, BigInteger.ZERO).add(weight.multiply(BigInteger.valueOf(coefficient)));
            if (added.signum() == 0) sum.remove(product);
            else sum.put(product, added);
        });
    }

    @Test
    void theSolverFindsALargerRemainderWhereItsProofIsMissing() {
        List<Message> messages = chip.air.messages().stream()
                .filter(message -> !(message.bus() == Bus.RANGE
                        && message.tuple().getFirst() instanceof Expr.Difference less
                        && less.left() == chip.difference))
                .toList();
        assertThat(messages).hasSize(chip.air.messages().size() - 1);
        Air air = chip.air;
        Air forgeable =
                new Air(air.name(), air.preprocessed(), air.columns(), air.constraints(), messages, air.vouches());
        for (RowSystem row :
                List.of(Cases.of(air).getFirst(), Cases.of(forgeable).getFirst())) {
            List<Poly> divisor = bytes(row, chip.divisor, chip.divisorBytes);
            assertThat(canHaveLargeRemainder(row, divisor)).isEqualTo(row.air == forgeable);
        }
    }

    private void theRemainderIsBelowTheDivisor(RowSystem row, List<Poly> divisor) {
        assertThat(canHaveLargeRemainder(row, divisor))
                .as("remainder < divisor: %s", row.known)
                .isFalse();
    }

    /** Whether the solver does not exclude that the remainder is not below the divisor. */
    private boolean canHaveLargeRemainder(RowSystem row, List<Poly> divisor) {
        try (Context context = new Context()) {
            Solver solver = context.mkSolver();
            Encoding encoding = new Encoding(context, solver, row, "", Set.of());
            assertThat(solver.check()).as("such a row exists: %s", row.known).isNotEqualTo(Status.UNSATISFIABLE);
            ArithExpr<IntSort> d = context.mkInt(0);
            ArithExpr<IntSort> r = context.mkInt(0);
            for (int i = 0; i < 8; i++) {
                d = context.mkAdd(d, context.mkMul(power(context, 8 * i), encoding.number(divisor.get(i))));
            }
            for (int i = 0; i < 4; i++) {
                r = context.mkAdd(r, context.mkMul(power(context, 16 * i), encoding.atom(chip.remainder[i].index())));
            }
            BoolExpr contrary = context.mkGe(r, d);
            solver.add(contrary);
            return solver.check() != Status.UNSATISFIABLE;
        }
    }

    private static ArithExpr<IntSort> power(Context context, int exponent) {
        return context.mkInt(BigInteger.ONE.shiftLeft(exponent).toString());
    }
}
