package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.prover.backend.RowArithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates a table's expressions on {@link #ROWS} rows at a time: one loop over the rows for each step of the tape, so
 * that what a step is is asked once for many rows and the loops are plain ones. Not thread-safe: one for each thread.
 */
public final class ChunkEvaluator {
    /** Rows of a chunk. */
    public static final int ROWS = RowArithmetic.ROWS;

    private final Tape tape;
    private final RowArithmetic rows;
    private final int[][] values;

    /** For some expressions. */
    public ChunkEvaluator(List<? extends Expr> expressions, RowArithmetic rows) {
        this(Tape.of(expressions), rows);
    }

    private ChunkEvaluator(Tape tape, RowArithmetic rows) {
        this.tape = tape;
        this.rows = rows;
        values = new int[tape.size()][ROWS];
        for (int v = 0; v < tape.size(); v++) {
            if (tape.op(v) == Tape.Op.CONSTANT) Arrays.fill(values[v], tape.a(v));
        }
    }

    /** For the messages of a table: for each its multiplicity, then its tuple. */
    public static ChunkEvaluator ofMessages(Air air, RowArithmetic rows) {
        List<Expr> expressions = new ArrayList<>();
        addMessages(air, expressions);
        return new ChunkEvaluator(expressions, rows);
    }

    /** For the constraints of a table in order, and then its messages. */
    public static ChunkEvaluator ofEverything(Air air, RowArithmetic rows) {
        return new ChunkEvaluator(air.tape(), rows);
    }

    private static void addMessages(Air air, List<Expr> expressions) {
        for (Message message : air.messages()) {
            expressions.add(message.multiplicity());
            expressions.addAll(message.tuple());
        }
    }

    /**
     * Evaluates everything on rows {@code from} to {@code from + ROWS − 1}.
     *
     * @param main the main columns, column after column, 2^logSize rows
     * @param preprocessed the preprocessed columns, laid out alike
     * @param next for each row of the chunk, the row that is its next
     */
    public void evaluate(int[] main, int[] preprocessed, int logSize, int from, int[] next) {
        for (int v = 0; v < values.length; v++) {
            int[] out = values[v];
            int a = tape.a(v);
            switch (tape.op(v)) {
                case CONSTANT -> {}
                case MAIN -> System.arraycopy(main, (a << logSize) + from, out, 0, ROWS);
                case PREPROCESSED -> System.arraycopy(preprocessed, (a << logSize) + from, out, 0, ROWS);
                case MAIN_NEXT -> {
                    for (int i = 0; i < ROWS; i++) out[i] = main[(a << logSize) + next[i]];
                }
                case PREPROCESSED_NEXT -> {
                    for (int i = 0; i < ROWS; i++) out[i] = preprocessed[(a << logSize) + next[i]];
                }
                case ADD -> rows.add(values[a], values[tape.b(v)], out);
                case SUB -> rows.subtract(values[a], values[tape.b(v)], out);
                case MUL -> rows.multiply(values[a], values[tape.b(v)], out);
            }
        }
    }

    /** Expression number {@code i} on the rows last evaluated; valid until the next evaluation. */
    public int[] value(int i) {
        return values[tape.output(i)];
    }
}
