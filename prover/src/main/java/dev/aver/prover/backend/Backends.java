package dev.aver.prover.backend;

import dev.aver.prover.backend.simd.SimdBackend;

/** Chooses the kernels. All give the same bytes. */
public final class Backends {
    private static final String VECTORS = "jdk.incubator.vector";

    /**
     * A choice.
     *
     * @param reason which kernels, and why these, for people
     */
    public record Choice(Backend backend, String reason) {}

    private Backends() {}

    /** The kernels of this name, whose results are new arrays. */
    public static Choice pick(String name) {
        return pick(name, Buffers.FRESH);
    }

    /**
     * The kernels of this name, on all cores.
     *
     * @param buffers where their results come from
     * @param name "scalar", "simd", or "auto" for the faster of them that this JVM offers
     * @throws IllegalArgumentException if the name is another, or this JVM does not offer the kernels
     */
    public static Choice pick(String name, Buffers buffers) {
        int threads = Runtime.getRuntime().availableProcessors();
        boolean vectors = ModuleLayer.boot().findModule(VECTORS).isPresent();
        return switch (name) {
            case "scalar" -> new Choice(new ScalarBackend(threads, buffers), "scalar: asked for");
            case "simd" -> {
                if (!vectors) {
                    throw new IllegalArgumentException(
                            "this JVM runs without " + VECTORS + ": start it with --add-modules " + VECTORS);
                }
                yield new Choice(new SimdBackend(threads, buffers), "simd: asked for");
            }
            case "auto" ->
                vectors
                        ? new Choice(new SimdBackend(threads, buffers), "simd: this JVM offers " + VECTORS)
                        : new Choice(new ScalarBackend(threads, buffers), "scalar: this JVM runs without " + VECTORS);
            default -> throw new IllegalArgumentException("no kernels named " + name + ": scalar, simd or auto");
        };
    }
}
