package dev.aver.circuits.air;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as a straight-line program: what provers run over many rows and verifiers at one point. Equal
 * subexpressions are computed once. Value number v is the result of step v; {@link #a} and {@link #b} are the numbers
 * of its operands.
 */
public final class Tape {
    /** What a step does. */
    public enum Op {
        /** {@code a} is the element, in Montgomery form. */
        CONSTANT,
        /** {@code a} is a main column. */
        MAIN,
        /** {@code a} is a main column, read in the next row. */
        MAIN_NEXT,
        /** {@code a} is a preprocessed column. */
        PREPROCESSED,
        /** {@code a} is a preprocessed column, read in the next row. */
        PREPROCESSED_NEXT,
        /** Value a + value b. */
        ADD,
        /** Value a − value b. */
        SUB,
        /** Value a · value b. */
        MUL
    }

    private record Step(Op op, int a, int b) {}

    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, Integer> known = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> numbers = new IdentityHashMap<>();
    private final int[] outputs;

    private Tape(List<? extends Expr> expressions) {
        outputs = new int[expressions.size()];
        for (int i = 0; i < outputs.length; i++) outputs[i] = number(expressions.get(i));
        known.clear();
        numbers.clear();
    }

    /** The program that computes these expressions. */
    public static Tape of(List<? extends Expr> expressions) {
        return new Tape(expressions);
    }

    private int number(Expr expr) {
        Integer number = numbers.get(expr);
        if (number != null) return number;
        Step step = switch (expr) {
            case Expr.Constant constant -> new Step(Op.CONSTANT, constant.value(), 0);
            case Column column -> new Step(load(column), column.index(), 0);
            case Expr.Sum sum -> new Step(Op.ADD, number(sum.left()), number(sum.right()));
            case Expr.Difference difference -> new Step(Op.SUB, number(difference.left()), number(difference.right()));
            case Expr.Product product -> new Step(Op.MUL, number(product.left()), number(product.right()));
        };
        Integer same = known.get(step);
        if (same == null) {
            same = steps.size();
            steps.add(step);
            known.put(step, same);
        }
        numbers.put(expr, same);
        return same;
    }

    private static Op load(Column column) {
        if (column.preprocessed()) return column.isNext() ? Op.PREPROCESSED_NEXT : Op.PREPROCESSED;
        return column.isNext() ? Op.MAIN_NEXT : Op.MAIN;
    }

    /** The number of steps. */
    public int size() {
        return steps.size();
    }

    /** What step {@code v} does. */
    public Op op(int v) {
        return steps.get(v).op;
    }

    /** The first operand of step {@code v}: an earlier value, a column or a constant. */
    public int a(int v) {
        return steps.get(v).a;
    }

    /** The second operand of step {@code v}, an earlier value. */
    public int b(int v) {
        return steps.get(v).b;
    }

    /** The value that is expression number {@code i}. */
    public int output(int i) {
        return outputs[i];
    }

    /** The number of expressions. */
    public int outputs() {
        return outputs.length;
    }

    /** Whether anything is read from the next row. */
    public boolean readsNext() {
        return steps.stream().anyMatch(step -> step.op == Op.MAIN_NEXT || step.op == Op.PREPROCESSED_NEXT);
    }

    /** Whether all columns read are preprocessed ones. */
    boolean readsOnlyPreprocessed() {
        return steps.stream().noneMatch(step -> step.op == Op.MAIN || step.op == Op.MAIN_NEXT);
    }
}
