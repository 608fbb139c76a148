package dev.aver.cli;

import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.translate.Translator;
import java.util.Locale;

/** The engines to choose from. They agree in everything but speed. */
public enum EngineKind {
    /** Executes instruction by instruction. */
    INTERPRETER,
    /** Translates hot code to JVM bytecode. */
    TRANSLATED;

    /** What runs when nothing is chosen. */
    public static final EngineKind DEFAULT = TRANSLATED;

    /** Makes engines of this kind. */
    EngineFactory factory() {
        return switch (this) {
            case INTERPRETER -> EngineFactory.interpreter();
            case TRANSLATED -> Translator.factory();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
