package dev.aver.prover.stark;

import dev.aver.circuits.field.E6;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import java.util.List;

/** The denominators of a message, for one thread; {@link Challenges#denominators} makes them. */
final class MessageDenominators {
    private final Combination combination;
    private final int[] expressions;

    /**
     * Denominators.
     *
     * @param constant what they have in all rows
     * @param factors of the elements of the tuple that are not the same in all rows
     * @param expressions the numbers of these elements among a {@link ChunkEvaluator}'s expressions
     */
    MessageDenominators(E6 constant, List<E6> factors, int[] expressions) {
        this.combination = new Combination(constant, factors);
        this.expressions = expressions.clone();
    }

    /** Puts them, on the rows that {@code evaluator} evaluated last, to {@code out}, in E. */
    void compute(RowArithmetic rows, ChunkEvaluator evaluator, int[] out) {
        for (int i = 0; i < expressions.length; i++) combination.set(i, evaluator.value(expressions[i]), 0);
        rows.combine(combination, out);
    }
}
