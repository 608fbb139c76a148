package dev.aver.prover.backend.simd;

import static dev.aver.prover.backend.simd.Butterflies.LOG_LANES;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Buffers;
import dev.aver.prover.backend.Ntt;
import dev.aver.prover.backend.Parallel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The steps of {@link Backend} between values and coefficients, for columns of at least a vector. */
final class Codewords {
    private final Parallel parallel;
    private final Buffers buffers;

    /** Grows with use, and is shared. */
    private volatile Roots roots = Roots.of(LOG_LANES);

    /** By the logarithm of a column's height: what coefficients are multiplied with in {@link #extend}. */
    private final Map<Integer, int[]> extending = new ConcurrentHashMap<>();

    Codewords(Parallel parallel, Buffers buffers) {
        this.parallel = parallel;
        this.buffers = buffers;
    }

    /** At least the first 2^log roots. */
    Roots roots(int log) {
        Roots present = roots;
        return present.log() >= log ? present : grow(log);
    }

    private synchronized Roots grow(int log) {
        if (roots.log() < log) roots = Roots.of(log);
        return roots;
    }

    /** {@link Backend#extend}. */
    int[] extend(int[] columns, int logHeight, int width, int logBlowup) {
        assert columns.length >= (long) width << logHeight : columns.length;
        int[] extension = buffers.take(Math.multiplyExact(width, 1 << (logHeight + logBlowup)));
        // The coefficients become those of f(3·X), and lose the factor of the inverse transform.
        int inverseHeight = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logHeight);
        int[] scale = extending.computeIfAbsent(logHeight, log -> Ntt.powers(inverseHeight, KoalaBear.GENERATOR, log));
        Roots table = roots(logHeight + logBlowup - 1);
        List<int[]> scratches = parallel.run(width, () -> buffers.take(1 << logHeight), (column, coefficients) -> {
            Ntt.bitReverse(columns, column << logHeight, coefficients, logHeight);
            Transform.backward(coefficients, 0, logHeight, table, 0);
            int at = column << (logHeight + logBlowup);
            encode(coefficients, 0, scale, extension, at, logHeight, logBlowup, table);
        });
        scratches.forEach(buffers::give);
        return extension;
    }

    /** {@link Backend#coefficients}. */
    int[] coefficients(int[] codewords, int logSize, int width) {
        assert codewords.length >= (long) width << logSize : codewords.length;
        int[] coefficients = buffers.take(width << logSize);
        System.arraycopy(codewords, 0, coefficients, 0, width << logSize);
        int inverseSize = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, logSize);
        int[] scale = Ntt.powers(inverseSize, KoalaBear.inverse(KoalaBear.GENERATOR), logSize);
        Roots table = roots(logSize - 1);
        parallel.run(width, column -> {
            int at = column << logSize;
            Transform.backward(coefficients, at, logSize, table, 0);
            VectorField.multiply(coefficients, at, scale, 0, coefficients, at, scale.length);
        });
        return coefficients;
    }

    /** {@link Backend#encode}. */
    int[] encode(int[] coefficients, int logHeight, int width, int logBlowup) {
        assert coefficients.length >= (long) width << logHeight : coefficients.length;
        int[] extension = buffers.take(Math.multiplyExact(width, 1 << (logHeight + logBlowup)));
        int[] scale = Ntt.powers(KoalaBear.ONE, KoalaBear.GENERATOR, logHeight);
        Roots table = roots(logHeight + logBlowup - 1);
        parallel.run(width, column -> {
            int at = column << (logHeight + logBlowup);
            encode(coefficients, column << logHeight, scale, extension, at, logHeight, logBlowup, table);
        });
        return extension;
    }

    /** One column's codeword: the values of f(scale·X) on each coset of H in turn. */
    private static void encode(
            int[] coefficients, int from, int[] scale, int[] to, int at, int logHeight, int logBlowup, Roots table) {
        int height = 1 << logHeight;
        VectorField.multiply(coefficients, from, scale, 0, to, at, height);
        for (int part = 1; part < 1 << logBlowup; part++) {
            System.arraycopy(to, at, to, at + (part << logHeight), height);
            Transform.forward(to, at + (part << logHeight), logHeight, table, part);
        }
        Transform.forward(to, at, logHeight, table, 0);
    }
}
