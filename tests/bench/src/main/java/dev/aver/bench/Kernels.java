package dev.aver.bench;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.ScalarBackend;
import dev.aver.prover.backend.simd.SimdBackend;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the benchmarks of kernels share: a backend on one thread, and random elements. */
@State(Scope.Benchmark)
public class Kernels {
    /** The kernels: plain Java, or vectors. */
    @Param({"scalar", "simd"})
    public String backend = "";

    private final SplittableRandom random = new SplittableRandom(1);

    Backend backend() {
        return backend.equals("simd") ? new SimdBackend(1) : new ScalarBackend(1);
    }

    int[] elements(int count) {
        return random.ints(count, 0, KoalaBear.P).toArray();
    }

    E6 extension() {
        return E6.read(elements(E6.DEGREE), 0, 1);
    }
}
