package dev.aver.zkvm.translate;

import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.program.ProgramTable;

/**
 * Executes hot code as JVM bytecode and the rest with the interpreter. Agrees with the interpreter in registers, row,
 * memory and counts after every call of {@link #run} that returns.
 */
public final class Translator implements Engine {
    /** A start of translated code with less fuel than this may just have run short of it: that says nothing about heat. */
    private static final int PLENTY = 128;

    private final Machine machine;
    private final Interpreter interpreter;
    private final TranslatedCode code;
    private final Frame frame;

    Translator(TranslatedCode code, Machine machine) {
        this.machine = machine;
        this.code = code;
        this.interpreter = new Interpreter(code.table(), machine, null);
        this.frame = new Frame(code.table(), machine);
    }

    /** Makes translators that share their translated code, for runs of the same program. Thread-safe. */
    public static EngineFactory factory() {
        return new TranslatorFactory(TranslatedCode.DEFAULT_THRESHOLD);
    }

    /**
     * Like {@link #factory()}.
     *
     * @param threshold how often a block is interpreted before it is translated, at least 0
     */
    public static EngineFactory factory(int threshold) {
        return new TranslatorFactory(threshold);
    }

    @Override
    public int run(int limit) {
        int done = 0;
        while (done < limit && machine.halt == null) {
            done += stride(Math.min(limit - done, Lanes.MAX_STRIDE));
        }
        return done;
    }

    private int stride(int limit) {
        Frame frame = this.frame;
        int fuel = limit;
        int interpreted = 0;
        int row = machine.row;
        // A stride starts anywhere, which does not make that place hot.
        boolean counts = false;
        while (fuel > 0 && machine.halt == null) {
            Region region = code.region(row);
            if (region == null && counts && fuel > PLENTY) {
                region = code.heat(row);
            }
            counts = true;
            if (region != null) {
                frame.row = row;
                frame.fuel = fuel;
                region.run(frame);
                row = frame.row;
                if (frame.fuel != fuel) {
                    fuel = frame.fuel;
                    continue;
                }
            }
            machine.row = row;
            int count = interpreter.run(Math.min(fuel, code.blockLength(row)));
            interpreted += count;
            fuel -= count;
            row = machine.row;
        }
        machine.row = row;
        frame.take(machine, limit - fuel - interpreted);
        return limit - fuel;
    }
}
