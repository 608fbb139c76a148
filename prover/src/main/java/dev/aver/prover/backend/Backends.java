package dev.aver.prover.backend;

/** Chooses the kernels. */
public final class Backends {
    /**
     * A choice.
     *
     * @param reason which kernels, and why these, for people
     */
    public record Choice(Backend backend, String reason) {}

    private Backends() {}

    /** The kernels of this name. */
    public static Choice pick(String name) {
        return new Choice(new ScalarBackend(Runtime.getRuntime().availableProcessors()), "scalar");
    }
}
