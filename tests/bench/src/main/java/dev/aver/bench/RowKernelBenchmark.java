package dev.aver.bench;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import java.util.ArrayList;
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

/** Arithmetic on a chunk of rows: nanoseconds a row. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RowArithmetic.ROWS)
public class RowKernelBenchmark {
    private static final int LOG_ROWS = Integer.numberOfTrailingZeros(RowArithmetic.ROWS);

    private RowArithmetic rows;
    private int[] a = {};
    private int[] b = {};
    private final int[] out = new int[RowArithmetic.EXTENSION];
    private Combination few = new Combination(E6.ZERO, List.of());
    private Combination many = few;
    private ChunkEvaluator evaluator;
    private int[] columns = {};
    private final int[] next = new int[RowArithmetic.ROWS];

    /** Makes operands. */
    @Setup
    public void load(Kernels kernels) {
        rows = kernels.backend().rowArithmetic();
        a = kernels.elements(RowArithmetic.EXTENSION);
        b = kernels.elements(RowArithmetic.EXTENSION);
        few = combination(4, kernels);
        many = combination(60, kernels);
        Air air = Machine.CURRENT.store.air;
        evaluator = ChunkEvaluator.ofEverything(air, rows);
        columns = kernels.elements(air.width() * RowArithmetic.ROWS);
        for (int i = 0; i < next.length; i++) next[i] = (i + 1) % next.length;
    }

    private static Combination combination(int width, Kernels kernels) {
        List<E6> factors = new ArrayList<>();
        for (int c = 0; c < width; c++) factors.add(kernels.extension());
        Combination combination = new Combination(kernels.extension(), factors);
        for (int c = 0; c < width; c++) combination.set(c, kernels.elements(RowArithmetic.ROWS), 0);
        return combination;
    }

    /** A product in E. */
    @Benchmark
    public int[] product() {
        rows.product(a, b, out);
        return out;
    }

    /** A message's denominator: four columns. */
    @Benchmark
    public int[] combineFour() {
        rows.combine(few, out);
        return out;
    }

    /** A constraint's share: sixty columns. */
    @Benchmark
    public int[] combineSixty() {
        rows.combine(many, out);
        return out;
    }

    /** An inversion in E. */
    @Benchmark
    public int[] invert() {
        System.arraycopy(a, 0, out, 0, out.length);
        out[0] = KoalaBear.ONE;
        rows.invert(out);
        return out;
    }

    /** All constraints and messages of the table of stores, some 280 operations in K. */
    @Benchmark
    public int[] evaluate() {
        evaluator.evaluate(columns, columns, LOG_ROWS, 0, next);
        return evaluator.value(0);
    }
}
