package dev.aver.cli;

import dev.aver.zkvm.Executor.EngineFactory;
import java.util.Locale;

/** The engines to choose from. They agree in everything but speed. */
public enum EngineKind {
    /** Executes instruction by instruction. */
    INTERPRETER;

    /** What runs when nothing is chosen. */
    public static final EngineKind DEFAULT = INTERPRETER;

    /** Makes engines of this kind. */
    EngineFactory factory() {
        return switch (this) {
            case INTERPRETER -> EngineFactory.interpreter();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
