package dev.aver.cli.prove;

import java.util.Locale;

/** The kernels to choose from. They agree in every byte. */
enum BackendName {
    /** The fastest that this machine has. */
    AUTO,
    /** Plain Java. */
    SCALAR,
    /** The Vector API. */
    SIMD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
