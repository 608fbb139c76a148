package dev.aver.bench;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.CommittedTree;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Commitments. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashKernelBenchmark {
    private static final int LOG_HEIGHT = 13;
    private static final int WIDTH = 128;

    /** Elements of a row that a permutation takes in. */
    private static final int RATE = 15;

    private Backend backend;
    private int[] wide = {};
    private int[] narrow = {};

    /** Makes the matrices. */
    @Setup
    public void load(Kernels kernels) {
        backend = kernels.backend();
        wide = kernels.elements(WIDTH << LOG_HEIGHT);
        narrow = kernels.elements(RATE << LOG_HEIGHT);
    }

    private CommittedTree commit(HashSuite suite, int width, int[] matrix) {
        return backend.commit(
                suite, new TreeShape(List.of(new TreeShape.Matrix(LOG_HEIGHT, width)), 0), List.of(matrix));
    }

    /** A tree over 128 columns, for each element: bar 20 ns. */
    @Benchmark
    @OperationsPerInvocation(WIDTH << LOG_HEIGHT)
    public CommittedTree poseidon2() {
        return commit(HashSuite.POSEIDON2, WIDTH, wide);
    }

    /** A tree over 128 columns, for each element: bar 2.5 ns. */
    @Benchmark
    @OperationsPerInvocation(WIDTH << LOG_HEIGHT)
    public CommittedTree blake3() {
        return commit(HashSuite.BLAKE3, WIDTH, wide);
    }

    /** One permutation for each row and one for each node, all copying included: bar 240 ns a permutation. */
    @Benchmark
    @OperationsPerInvocation((2 << LOG_HEIGHT) - 1)
    public CommittedTree permutation() {
        return commit(HashSuite.POSEIDON2, RATE, narrow);
    }
}
