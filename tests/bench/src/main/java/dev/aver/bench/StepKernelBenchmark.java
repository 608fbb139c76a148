package dev.aver.bench;

import dev.aver.circuits.field.E6;
import dev.aver.prover.backend.Backend;
import java.util.Collections;
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

/** Whole steps of a backend on 64 columns of 2^16 rows: nanoseconds for each element that goes in. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepKernelBenchmark {
    private static final int LOG_HEIGHT = 16;
    private static final int WIDTH = 64;
    private static final int ARITY_LOG = 3;

    private Backend backend;
    private int[] trace = {};
    private int[] codewords = {};
    private int[] codeword = {};
    private E6 point = E6.ONE;
    private List<Backend.Opened> opened = List.of();

    /** Makes the arrays. */
    @Setup
    public void load(Kernels kernels) {
        backend = kernels.backend();
        trace = kernels.elements(WIDTH << LOG_HEIGHT);
        codewords = backend.extend(trace, LOG_HEIGHT, WIDTH, 1);
        codeword = kernels.elements(E6.DEGREE << LOG_HEIGHT);
        point = kernels.extension();
        E6 value = kernels.extension();
        opened = List.of(new Backend.Opened(codewords, WIDTH, List.of(point), Collections.nCopies(WIDTH, value)));
    }

    /** The low-degree extension, twice as long: bar 11 ns. */
    @Benchmark
    @OperationsPerInvocation(WIDTH << LOG_HEIGHT)
    public int[] extend() {
        return backend.extend(trace, LOG_HEIGHT, WIDTH, 1);
    }

    /** All columns' values at a point, for each element of the trace. */
    @Benchmark
    @OperationsPerInvocation(WIDTH << LOG_HEIGHT)
    public List<E6> evaluate() {
        return backend.evaluate(codewords, LOG_HEIGHT, WIDTH, 1, point);
    }

    /** The reduced codeword at one point, for each element of the codewords. */
    @Benchmark
    @OperationsPerInvocation(WIDTH << (LOG_HEIGHT + 1))
    public int[] reduce() {
        return backend.reduce(LOG_HEIGHT + 1, opened, point);
    }

    /** A fold by eight, for each element of E. */
    @Benchmark
    @OperationsPerInvocation(1 << LOG_HEIGHT)
    public int[] fold() {
        return backend.fold(codeword, LOG_HEIGHT, ARITY_LOG, point);
    }
}
