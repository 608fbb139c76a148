package dev.aver.prover;

import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.ScalarBackend;
import dev.aver.prover.backend.simd.SimdBackend;

/** Chooses what computes the heavy steps. The proof does not depend on it. */
public final class Backends {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String WITHOUT = "no vectors in this JVM: start it with --add-modules " + MODULE;

    private Backends() {}

    /**
     * What was chosen.
     *
     * @param name for reports: {@code scalar} or {@code simd}
     * @param reason why, as a phrase
     */
    public record Choice(Backend backend, String name, String reason) {}

    /**
     * Makes a backend.
     *
     * @param option {@code scalar}, {@code simd}, or {@code auto}: the fastest there is
     * @param threads at least 1
     * @throws UnavailableBackendException if what was asked for cannot be had; never for {@code auto}
     */
    public static Choice pick(String option, int threads) throws UnavailableBackendException {
        boolean vectors = ModuleLayer.boot().findModule(MODULE).isPresent();
        switch (option) {
            case "scalar" -> {
                return scalar(threads, "asked for");
            }
            case "simd" -> {
                if (!vectors) throw new UnavailableBackendException(WITHOUT);
                return simd(threads);
            }
            case "auto" -> {
                if (!vectors) return scalar(threads, WITHOUT);
                if (SimdBackend.lanes() < 4) return scalar(threads, "this processor's vectors are too short");
                return simd(threads);
            }
            default ->
                throw new UnavailableBackendException("no backend is called " + option + ": auto, scalar or simd");
        }
    }

    private static Choice scalar(int threads, String reason) {
        return new Choice(new ScalarBackend(threads), "scalar", reason);
    }

    private static Choice simd(int threads) {
        String reason = "vectors of " + SimdBackend.lanes() + " elements";
        return new Choice(new SimdBackend(threads), "simd", reason);
    }
}
