package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Butterflies.LOG_LANES;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Buffers;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.backend.Evaluation;
import dev.aver.prover.backend.Parallel;
import dev.aver.prover.backend.Reduction;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.backend.ScalarBackend;
import java.util.List;

/** The backend on vectors. What is too small for a vector, or takes no time, it leaves to {@link ScalarBackend}. */
public final class SimdBackend implements Backend {
    private final Parallel parallel;
    private final Buffers buffers;
    private final ScalarBackend scalar;
    private final Codewords codewords;

    /**
     * A backend whose results are new arrays.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if there is none
     */
    public SimdBackend(int threads) {
        this(threads, Buffers.FRESH);
    }

    /** As {@link #SimdBackend(int)}, with results from elsewhere. */
    public SimdBackend(int threads, Buffers buffers) {
        parallel = new Parallel(threads);
        this.buffers = buffers;
        scalar = new ScalarBackend(threads, buffers);
        codewords = new Codewords(parallel, buffers);
    }

    @Override
    public Buffers buffers() {
        return buffers;
    }

    @Override
    public int[] extend(int[] columns, int logHeight, int width, int logBlowup) {
        if (logHeight < LOG_LANES) return scalar.extend(columns, logHeight, width, logBlowup);
        return codewords.extend(columns, logHeight, width, logBlowup);
    }

    @Override
    public int[] coefficients(int[] values, int logSize, int width) {
        if (logSize < LOG_LANES) return scalar.coefficients(values, logSize, width);
        return codewords.coefficients(values, logSize, width);
    }

    @Override
    public int[] encode(int[] coefficients, int logHeight, int width, int logBlowup) {
        if (logHeight < LOG_LANES) return scalar.encode(coefficients, logHeight, width, logBlowup);
        return codewords.encode(coefficients, logHeight, width, logBlowup);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, List<int[]> matrices) {
        Rows[] rows = new Rows[shape.pathLength() + 1];
        for (int i = 0; i < rows.length; i++) rows[i] = Rows.Columns.at(shape.capLog() + i, shape, matrices);
        return new LaneTree(parallel, buffers, suite, shape, rows);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, int[] codeword) {
        Rows[] rows = new Rows[shape.pathLength() + 1];
        for (int i = 0; i < rows.length; i++) rows[i] = new Rows.Columns(new int[0][], new int[0]);
        rows[rows.length - 1] = new Rows.Consecutive(codeword, shape.openedElements());
        return new LaneTree(parallel, buffers, suite, shape, rows);
    }

    @Override
    public List<E6> evaluate(int[] values, int logHeight, int width, int logBlowup, E6 point) {
        int[] roots = codewords.roots(Math.max(logHeight - 1, 0)).forward();
        return new Evaluation(parallel, roots, logHeight, logBlowup, VectorSums::dot, LaneRowArithmetic::new)
                .at(values, width, point);
    }

    @Override
    public int[] reduce(int logSize, List<Opened> matrices, E6 lambda) {
        if (logSize < LOG_LANES) return scalar.reduce(logSize, matrices, lambda);
        int[] roots = codewords.roots(logSize - 1).forward();
        return new Reduction(logSize, matrices, lambda)
                .codeword(parallel, buffers, roots, ColumnCombiner::new, LaneRowArithmetic::new);
    }

    @Override
    public int[] fold(int[] codeword, int logSize, int arityLog, E6 beta) {
        return scalar.fold(codeword, logSize, arityLog, beta);
    }

    @Override
    public void accumulate(int[] target, int[] codeword, int logSize, E6 factor) {
        scalar.accumulate(target, codeword, logSize, factor);
    }

    @Override
    public int[] interpolate(int[] codeword, int logCount) {
        return scalar.interpolate(codeword, logCount);
    }

    @Override
    public RowArithmetic rowArithmetic() {
        return new LaneRowArithmetic();
    }

    @Override
    public int grind(Transcript transcript, int bits) {
        int nonce = new LaneWork(transcript, bits).smallest(parallel);
        if (nonce == KoalaBear.P) throw new ArithmeticException("no nonce proves " + bits + " bits of work");
        return KoalaBear.of(nonce);
    }
}
