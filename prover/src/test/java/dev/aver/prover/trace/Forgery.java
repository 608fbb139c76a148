package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;
import java.util.List;

/**
 * A row as a cheating prover would write it: changed in one place, and then everywhere else so that as much as possible
 * still holds.
 */
final class Forgery {
    private final Trace trace;
    private final int row;

    private Forgery(Trace trace, int row) {
        this.trace = trace;
        this.row = row;
    }

    /** A forgery of one row of a valid trace, which stays as it is. */
    static Forgery of(Trace valid, int row) {
        Trace copy = new Trace(valid.air(), valid.logHeight());
        System.arraycopy(valid.main(), 0, copy.main(), 0, copy.main().length);
        return new Forgery(copy, row);
    }

    /** What a cell holds now. */
    int get(Column column) {
        return trace.get(column, row);
    }

    /** Writes a cell. */
    Forgery set(Column column, long value) {
        trace.set(column, row, value);
        return this;
    }

    /** Adds to a cell. */
    Forgery add(Column column, long value) {
        return set(column, get(column) + value);
    }

    /** Changes a cell that occurs by itself, added or subtracted, in a constraint, so that this constraint holds. */
    Forgery settle(Column column, String constraint) {
        List<Constraint> found = trace.air().constraints().stream()
                .filter(candidate -> candidate.name().equals(constraint))
                .toList();
        assertThat(found).as("constraints of this name: %s", constraint).hasSize(1);
        RowEvaluator evaluator = new RowEvaluator(List.of(found.getFirst().expr()));
        evaluator.evaluate(trace, row);
        int off = KoalaBear.canonical(evaluator.value(0));
        int value = get(column);
        set(column, value - off);
        evaluator.evaluate(trace, row);
        if (evaluator.value(0) != 0) set(column, value + off);
        evaluator.evaluate(trace, row);
        assertThat(evaluator.value(0)).as("settled: %s", constraint).isZero();
        return this;
    }

    /** The forgery is found out, and by nothing but the checks whose text contains one of these. */
    void isCaughtBy(LookupKeys keys, String... checks) {
        assertThat(TraceChecker.checkAlone(trace, keys))
                .as("complaints about row %d", row)
                .isNotEmpty()
                .allMatch(complaint -> Arrays.stream(checks).anyMatch(complaint::contains));
    }
}
