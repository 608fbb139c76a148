package dev.aver.prover.trace;

import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import java.util.List;

/** Evaluates expressions on the rows of a trace, one row at a time. Not thread-safe. */
final class RowEvaluator {
    private final Tape tape;
    private final int[] values;

    RowEvaluator(List<? extends Expr> expressions) {
        tape = Tape.of(expressions);
        values = new int[tape.size()];
    }

    /** Evaluates everything on a row; {@link #value} then gives the results. */
    void evaluate(Trace trace, int row) {
        int height = 1 << trace.logHeight();
        int next = (row + 1) & (height - 1);
        int[] main = trace.main();
        int[] preprocessed = trace.preprocessed();
        for (int v = 0; v < values.length; v++) {
            int a = tape.a(v);
            values[v] = switch (tape.op(v)) {
                case CONSTANT -> a;
                case MAIN -> main[a * height + row];
                case MAIN_NEXT -> main[a * height + next];
                case PREPROCESSED -> preprocessed[a * height + row];
                case PREPROCESSED_NEXT -> preprocessed[a * height + next];
                case ADD -> KoalaBear.add(values[a], values[tape.b(v)]);
                case SUB -> KoalaBear.sub(values[a], values[tape.b(v)]);
                case MUL -> KoalaBear.mul(values[a], values[tape.b(v)]);
            };
        }
    }

    /** Expression number {@code i} on the row last evaluated, in Montgomery form. */
    int value(int i) {
        return values[tape.output(i)];
    }
}
