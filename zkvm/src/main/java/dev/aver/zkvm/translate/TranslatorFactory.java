package dev.aver.zkvm.translate;

import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/** Makes translators, and keeps the code of the program that they run so that runs after the first start warm. */
final class TranslatorFactory implements EngineFactory {
    private final int threshold;
    private @Nullable TranslatedCode latest;

    TranslatorFactory(int threshold) {
        this.threshold = threshold;
    }

    @Override
    public Engine create(ProgramTable program, Machine machine) {
        return new Translator(codeOf(program), machine);
    }

    private synchronized TranslatedCode codeOf(ProgramTable program) {
        TranslatedCode code = latest;
        if (code == null || code.table() != program) {
            code = new TranslatedCode(program, threshold);
            latest = code;
        }
        return code;
    }
}
