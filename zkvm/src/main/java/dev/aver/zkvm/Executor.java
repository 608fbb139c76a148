package dev.aver.zkvm;

import dev.aver.zkvm.isa.Disassembler;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.LimitException;
import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.machine.TrapException;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.record.SnapshotCapture;
import dev.aver.zkvm.segment.SegmentCost;
import dev.aver.zkvm.segment.SegmentMeter;
import dev.aver.zkvm.segment.SegmentRule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program on an input: result, exact cost and, where asked for, a snapshot of every segment from which it can be
 * recorded. The result depends on program, input, limits and rule alone; engines differ in speed only. Immutable and
 * thread-safe: every run has its own state.
 */
public final class Executor {
    /** Instructions shown where a run stopped. */
    private static final int RECENT = 16;

    /** Makes the engine of a run. */
    @FunctionalInterface
    public interface EngineFactory {
        Engine create(ProgramTable program, Machine machine);

        /** The interpreter. */
        static EngineFactory interpreter() {
            return (program, machine) -> new Interpreter(program, machine, null);
        }
    }

    private final Program program;
    private final ProgramTable table;
    private final Limits limits;
    private final SegmentRule rule;
    private final EngineFactory engines;

    public Executor(Program program, Limits limits, SegmentRule rule, EngineFactory engines) {
        this.program = program;
        this.table = ProgramTable.of(program);
        this.limits = limits;
        this.rule = rule;
        this.engines = engines;
    }

    /** The decoded program. */
    public ProgramTable programTable() {
        return table;
    }

    /** Runs without keeping snapshots. */
    public Execution run(Input input, Console console) {
        return run(input, console, null);
    }

    /**
     * Runs to the end.
     *
     * @param console where fd 1 and 2 go
     * @param snapshots receives each segment's snapshot as soon as the segment ended, on this thread; null for none. A
     *     run that does not halt may have delivered some
     */
    public Execution run(Input input, Console console, @Nullable Consumer<SegmentSnapshot> snapshots) {
        if (input.length() > limits.input()) {
            return new Execution(
                    new Outcome.LimitReached(Limit.INPUT, limits.input(), null),
                    0,
                    new byte[0],
                    List.of(),
                    0,
                    0,
                    new Execution.WriteFaults(0, 0));
        }
        return new Run(input, console, snapshots).toEnd();
    }

    /** One run in progress. */
    private final class Run {
        private final Input input;
        private final @Nullable Consumer<SegmentSnapshot> snapshots;
        private final SnapshotCapture capture = new SnapshotCapture();
        private final SegmentMeter meter;
        private final GuestOutput output;
        private final Memory memory;
        private final Machine machine;
        private final Engine engine;
        private final List<SegmentCost> segments = new ArrayList<>();
        /** Cycles of the segments that ended. */
        private long earlier;

        Run(Input input, Console console, @Nullable Consumer<SegmentSnapshot> snapshots) {
            this.input = input;
            this.snapshots = snapshots;
            this.meter = new SegmentMeter(rule, snapshots == null ? (pageId, content) -> {} : capture);
            this.output = new GuestOutput(console, limits.journal());
            this.memory = newMemory(input, meter);
            this.machine = new Machine(memory, output, table.entryRow());
            this.engine = engines.create(table, machine);
        }

        Execution toEnd() {
            begin();
            try {
                while (machine.halt == null) {
                    int stride = meter.stride();
                    if (stride == 0 || meter.fillsWell(memory)) {
                        end(false);
                        begin();
                        continue;
                    }
                    long left = limits.cycles() - cycles();
                    if (left == 0) {
                        end(false);
                        return result(cyclesExhausted(), earlier);
                    }
                    engine.run((int) Math.min(stride, left));
                    meter.take(machine);
                }
            } catch (TrapException | LimitException stop) {
                Stop located = locate(stop, cycles());
                return result(located.outcome(), located.cycles());
            }
            end(true);
            return result(halted(machine.halt), earlier);
        }

        private long cycles() {
            return earlier + meter.cycles();
        }

        private void begin() {
            memory.beginSegment();
            meter.begin();
            capture.begin(machine);
        }

        private void end(boolean last) {
            SegmentCost cost = meter.cost(memory);
            segments.add(cost);
            earlier += cost.cycles();
            if (snapshots != null) {
                snapshots.accept(capture.end(cost, last));
            }
        }

        private Execution result(Outcome outcome, long cycles) {
            return new Execution(
                    outcome,
                    cycles,
                    output.journal(),
                    List.copyOf(segments),
                    memory.misaligned(),
                    memory.pageCount(),
                    output.faults());
        }

        private Outcome cyclesExhausted() {
            return new Outcome.LimitReached(
                    Limit.CYCLES, limits.cycles(), Executor.this.location(machine.row, new int[0], 0));
        }

        private Outcome halted(Machine.Halt halt) {
            byte[] claimed = sha256(new byte[0]);
            if (halt.digestAddress() != 0) {
                memory.peek(halt.digestAddress(), claimed, 0, claimed.length);
            }
            byte[] actual = sha256(output.journal());
            if (!MessageDigest.isEqual(claimed, actual)) {
                HexFormat hex = HexFormat.of();
                return new Outcome.JournalMismatch(halt.exitCode(), hex.formatHex(claimed), hex.formatHex(actual));
            }
            return new Outcome.Halted(halt.exitCode());
        }

        /**
         * Finds out exactly where and how a run stopped. The engine only says that it did, after {@code from} cycles or
         * a few more: so that fast engines need no exact state at every instruction, the run is repeated up to there
         * and then interpreted.
         */
        private Stop locate(RuntimeException stop, long from) {
            GuestOutput silent = new GuestOutput(Console.NONE, limits.journal());
            Machine again = new Machine(newMemory(input, (pageId, content) -> {}), silent, table.entryRow());
            Engine fast = engines.create(table, again);
            long cycles = 0;
            while (cycles < from) {
                cycles += fast.run((int) Math.min(SegmentMeter.WINDOW, from - cycles));
            }
            Engine slow = new Interpreter(table, again, null);
            int[] recent = new int[RECENT];
            while (cycles - from <= SegmentMeter.WINDOW) {
                recent[(int) (cycles % RECENT)] = again.row;
                try {
                    slow.run(1);
                } catch (TrapException trap) {
                    return new Stop(
                            new Outcome.Trapped(
                                    trap.trapCause(), trap.value(), Executor.this.location(again.row, recent, cycles)),
                            cycles);
                } catch (LimitException limit) {
                    return new Stop(
                            new Outcome.LimitReached(
                                    limit.limit(),
                                    limits.of(limit.limit()),
                                    Executor.this.location(again.row, recent, cycles)),
                            cycles);
                }
                cycles++;
            }
            throw new IllegalStateException("an engine stopped where the interpreter does not", stop);
        }
    }

    private record Stop(Outcome outcome, long cycles) {}

    private Memory newMemory(Input input, Memory.TouchListener listener) {
        return new Memory(
                Memory.initial(program.image(), input.bytes()), limits.memory() >> MemoryMap.PAGE_BITS, listener);
    }

    /** {@code recent} is a ring of rows, {@code cycles} the position of the row that could not execute. */
    private Outcome.Location location(int row, int[] recent, long cycles) {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, cycles - recent.length + 1); i <= cycles && recent.length > 0; i++) {
            lines.add(describe(recent[(int) (i % recent.length)]));
        }
        long pc = table.address(row);
        return new Outcome.Location(pc, program.symbols().describe(pc), lines);
    }

    private String describe(int row) {
        long pc = table.address(row);
        Instruction instruction =
                Integer.compareUnsigned(row, table.rows()) < 0 ? ProgramTable.decode(table.code(), row) : null;
        String text = instruction == null ? "(no instruction)" : Disassembler.format(instruction, pc);
        return String.format("%08x  %-32s %s", pc, text, program.symbols().describe(pc));
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
