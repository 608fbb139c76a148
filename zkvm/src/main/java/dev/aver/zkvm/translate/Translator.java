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
    /** Instructions at both ends of a stride in which visits do not count as heat; more than any path. */
    private static final int EDGE = 256;

    /** Most instructions interpreted before looking for translated code again. */
    private static final int MAX_BLOCK = 64;

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
        while (fuel > 0 && machine.halt == null) {
            Region region = code.region(row);
            // A stride starts and ends anywhere, which does not make that place hot.
            if (region == null && fuel > EDGE && fuel < limit - EDGE) {
                region = code.heat(row);
            }
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
            int count = interpretBlock(row, fuel);
            interpreted += count;
            fuel -= count;
            row = machine.row;
        }
        machine.row = row;
        frame.take(machine, limit - fuel - interpreted);
        return limit - fuel;
    }

    /**
     * Interprets up to and including the next instruction that may jump, or up to the next region entry; at least one.
     */
    private int interpretBlock(int start, int fuel) {
        int length = 1;
        int row = start;
        while (length < MAX_BLOCK && code.continues(row)) {
            int next = row + (ProgramTable.length(code.table().fields(row)) >> 1);
            if (code.region(next) != null) {
                break;
            }
            row = next;
            length++;
        }
        machine.row = start;
        int count = interpreter.run(Math.min(fuel, length));
        if (count == length && code.jumpsAnywhere(row)) {
            code.learn(row, machine.row);
        }
        return count;
    }
}
