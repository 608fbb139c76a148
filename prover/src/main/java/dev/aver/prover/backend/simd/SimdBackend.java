package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Butterflies.LOG_LANES;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.backend.Ntt;
import dev.aver.prover.backend.Parallel;
import dev.aver.prover.backend.ScalarBackend;
import java.util.List;

/** The backend on vectors. What is too small for a vector, or takes no time, it leaves to {@link ScalarBackend}. */
public final class SimdBackend implements Backend {
    private final Parallel parallel;
    private final ScalarBackend scalar;

    private volatile Roots roots = Roots.of(LOG_LANES);

    /**
     * A backend.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if there is none
     */
    public SimdBackend(int threads) {
        parallel = new Parallel(threads);
        scalar = new ScalarBackend(threads);
    }

    /** At least the first 2^log roots. */
    private Roots roots(int log) {
        Roots present = roots;
        return present.log() >= log ? present : grow(log);
    }

    private synchronized Roots grow(int log) {
        if (roots.log() < log) roots = Roots.of(log);
        return roots;
    }

    @Override
    public int[] extend(int[] columns, int logHeight, int width, int logBlowup) {
        if (logHeight < LOG_LANES) return scalar.extend(columns, logHeight, width, logBlowup);
        assert columns.length == (long) width << logHeight : columns.length;
        int[] extension = new int[Math.multiplyExact(width, 1 << (logHeight + logBlowup))];
        // The coefficients become those of f(3·X), and lose the factor of the inverse transform.
        int inverseHeight = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logHeight);
        int[] scale = Ntt.powers(inverseHeight, KoalaBear.GENERATOR, logHeight);
        Roots table = roots(logHeight + logBlowup);
        int height = 1 << logHeight;
        parallel.run(width, () -> new int[height], (column, coefficients) -> {
            Ntt.bitReverse(columns, column << logHeight, coefficients, logHeight);
            Transform.backward(coefficients, 0, logHeight, table, 0);
            VectorField.multiply(coefficients, 0, scale, 0, coefficients, 0, height);
            int at = column << (logHeight + logBlowup);
            for (int part = 0; part < 1 << logBlowup; part++, at += height) {
                System.arraycopy(coefficients, 0, extension, at, height);
                Transform.forward(extension, at, logHeight, table, part);
            }
        });
        return extension;
    }

    @Override
    public int[] coefficients(int[] codewords, int logSize, int width) {
        return scalar.coefficients(codewords, logSize, width);
    }

    @Override
    public int[] encode(int[] coefficients, int logHeight, int width, int logBlowup) {
        return scalar.encode(coefficients, logHeight, width, logBlowup);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, List<int[]> matrices) {
        Rows[] rows = new Rows[shape.pathLength() + 1];
        for (int i = 0; i < rows.length; i++) rows[i] = Rows.Columns.at(shape.capLog() + i, shape, matrices);
        return new LaneTree(parallel, suite, shape, rows);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, int[] codeword) {
        Rows[] rows = new Rows[shape.pathLength() + 1];
        for (int i = 0; i < rows.length; i++) rows[i] = new Rows.Columns(new int[0][], new int[0]);
        rows[rows.length - 1] = new Rows.Consecutive(codeword, shape.openedElements());
        return new LaneTree(parallel, suite, shape, rows);
    }

    @Override
    public List<E6> evaluate(int[] codewords, int logHeight, int width, int logBlowup, E6 point) {
        return scalar.evaluate(codewords, logHeight, width, logBlowup, point);
    }

    @Override
    public int[] reduce(int logSize, List<Opened> matrices, E6 lambda) {
        return scalar.reduce(logSize, matrices, lambda);
    }

    @Override
    public int[] fold(int[] codeword, int logSize, int arityLog, E6 beta) {
        return scalar.fold(codeword, logSize, arityLog, beta);
    }

    @Override
    public void accumulate(int[] target, int[] codeword, E6 factor) {
        scalar.accumulate(target, codeword, factor);
    }

    @Override
    public int[] interpolate(int[] codeword, int logCount) {
        return scalar.interpolate(codeword, logCount);
    }

    @Override
    public int grind(Transcript transcript, int bits) {
        return scalar.grind(transcript, bits);
    }
}
