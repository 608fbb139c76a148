package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.mul;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.TreeShape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The specification of {@link Backend}, in plain Java on a fixed number of threads. */
public final class ScalarBackend implements Backend {
    /** Nonces that a thread takes at once: a power of two, so that the sum of all does not jump over 2^31. */
    private static final int NONCES = 64;

    private final Parallel parallel;
    private final Buffers buffers;
    private final Ntt ntt = new Ntt();

    /**
     * A backend whose results are new arrays.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if there is none
     */
    public ScalarBackend(int threads) {
        this(threads, Buffers.FRESH);
    }

    /** As {@link #ScalarBackend(int)}, with results from elsewhere. */
    public ScalarBackend(int threads, Buffers buffers) {
        parallel = new Parallel(threads);
        this.buffers = buffers;
    }

    @Override
    public Buffers buffers() {
        return buffers;
    }

    @Override
    public int[] extend(int[] columns, int logHeight, int width, int logBlowup) {
        assert columns.length >= (long) width << logHeight : columns.length;
        int[] extension = buffers.take(Math.multiplyExact(width, 1 << (logHeight + logBlowup)));
        // The coefficients become those of f(3·X), and lose the factor of the inverse transform.
        int inverseHeight = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logHeight);
        int[] scale = Ntt.powers(inverseHeight, KoalaBear.GENERATOR, logHeight);
        List<int[]> scratches = parallel.run(width, () -> buffers.take(1 << logHeight), (column, coefficients) -> {
            Ntt.bitReverse(columns, column << logHeight, coefficients, logHeight);
            ntt.inverse(coefficients, 0, logHeight);
            encode(coefficients, 0, scale, extension, column << (logHeight + logBlowup), logHeight, logBlowup);
        });
        scratches.forEach(buffers::give);
        return extension;
    }

    @Override
    public int[] coefficients(int[] codewords, int logSize, int width) {
        assert codewords.length >= (long) width << logSize : codewords.length;
        int[] coefficients = buffers.take(width << logSize);
        System.arraycopy(codewords, 0, coefficients, 0, width << logSize);
        int inverseSize = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logSize);
        int[] scale = Ntt.powers(inverseSize, KoalaBear.inverse(KoalaBear.GENERATOR), logSize);
        parallel.run(width, column -> {
            int at = column << logSize;
            ntt.inverse(coefficients, at, logSize);
            for (int i = 0; i < scale.length; i++) coefficients[at + i] = mul(coefficients[at + i], scale[i]);
        });
        return coefficients;
    }

    @Override
    public int[] encode(int[] coefficients, int logHeight, int width, int logBlowup) {
        assert coefficients.length >= (long) width << logHeight : coefficients.length;
        int[] extension = buffers.take(Math.multiplyExact(width, 1 << (logHeight + logBlowup)));
        int[] scale = Ntt.powers(KoalaBear.ONE, KoalaBear.GENERATOR, logHeight);
        parallel.run(width, column -> {
            int at = column << (logHeight + logBlowup);
            encode(coefficients, column << logHeight, scale, extension, at, logHeight, logBlowup);
        });
        return extension;
    }

    /** One column's codeword: the values of f(scale·X) on each coset of H in turn. */
    private void encode(int[] coefficients, int from, int[] scale, int[] to, int at, int logHeight, int logBlowup) {
        for (int i = 0; i < scale.length; i++) to[at + i] = mul(coefficients[from + i], scale[i]);
        for (int part = 1; part < 1 << logBlowup; part++) {
            System.arraycopy(to, at, to, at + (part << logHeight), scale.length);
        }
        for (int part = 0; part < 1 << logBlowup; part++) ntt.forward(to, at + (part << logHeight), logHeight, part);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, List<int[]> matrices) {
        return ScalarTree.of(parallel, buffers, suite, shape, matrices);
    }

    @Override
    public CommittedTree commit(HashSuite suite, TreeShape shape, int[] codeword) {
        return ScalarTree.ofRows(parallel, buffers, suite, shape, codeword);
    }

    @Override
    public List<E6> evaluate(int[] codewords, int logHeight, int width, int logBlowup, E6 point) {
        return new Evaluation(
                        parallel,
                        ntt.roots(Math.max(logHeight - 1, 0)),
                        logHeight,
                        logBlowup,
                        Sums::dot,
                        PlainRowArithmetic::new)
                .at(codewords, width, point);
    }

    @Override
    public int[] reduce(int logSize, List<Opened> matrices, E6 lambda) {
        return new Reduction(logSize, matrices, lambda)
                .codeword(
                        parallel,
                        buffers,
                        ntt.roots(Math.max(logSize - 1, 0)),
                        RowCombiner::new,
                        PlainRowArithmetic::new);
    }

    @Override
    public int[] fold(int[] codeword, int logSize, int arityLog, E6 beta) {
        return new Folding(ntt, logSize, arityLog, beta).fold(parallel, buffers, codeword);
    }

    @Override
    public void accumulate(int[] target, int[] codeword, int logSize, E6 factor) {
        int[] by = new int[E6.DEGREE];
        factor.write(by, 0, 1);
        int count = 1 << logSize;
        int task = Math.min(count, 1024);
        parallel.run(count / task, () -> new int[E6.DEGREE], (number, product) -> {
            for (int i = number * task; i < (number + 1) * task; i++) {
                Sums.multiply(codeword, E6.DEGREE * i, by, 0, product, 0);
                Sums.addTo(target, E6.DEGREE * i, product, 0);
            }
        });
    }

    @Override
    public int[] interpolate(int[] codeword, int logCount) {
        int count = 1 << logCount;
        int[] coefficients = new int[E6.DEGREE * count];
        int[] column = new int[count];
        for (int k = 0; k < E6.DEGREE; k++) {
            for (int i = 0; i < count; i++) column[i] = codeword[E6.DEGREE * i + k];
            ntt.inverse(column, 0, logCount);
            for (int i = 0; i < count; i++) {
                coefficients[E6.DEGREE * i + k] = KoalaBear.divideByPowerOfTwo(column[i], logCount);
            }
        }
        return coefficients;
    }

    @Override
    public RowArithmetic rowArithmetic() {
        return new PlainRowArithmetic();
    }

    @Override
    public int grind(Transcript transcript, int bits) {
        // Each thread takes the next few nonces, until those taken are all above one that was found.
        AtomicInteger next = new AtomicInteger();
        AtomicInteger smallest = new AtomicInteger(KoalaBear.P);
        parallel.run(parallel.threads(), thread -> {
            int first = next.getAndAdd(NONCES);
            while (0 <= first && first < smallest.get()) {
                for (int nonce = first; nonce < first + NONCES && nonce < smallest.get(); nonce++) {
                    if (transcript.copy().provesWork(KoalaBear.of(nonce), bits)) {
                        smallest.accumulateAndGet(nonce, Math::min);
                    }
                }
                first = next.getAndAdd(NONCES);
            }
        });
        if (smallest.get() == KoalaBear.P) throw new ArithmeticException("no nonce proves " + bits + " bits of work");
        return KoalaBear.of(smallest.get());
    }
}
