package dev.aver.zkvm.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.LimitException;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.machine.TrapException;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both engines on the same random programs, stopped at random places and compared there in everything that can be seen.
 */
class LockStepTest {
    private static final int WINDOW = 1 << 13;
    private static final int EXPLORED = 20_000;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    static LongStream manySeeds() {
        return LongStream.range(1000, 2_500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheInterpreter(long seed) throws Exception {
        compare(seed);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void agreesWithTheInterpreterOnMany(long seed) throws Exception {
        compare(seed);
    }

    private static void compare(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Program program = RandomProgram.next(random);
        ProgramTable table = ProgramTable.of(program);
        TranslatedCode code = new TranslatedCode(table, 3);
        List<Integer> visited = visited(program, table, code);
        for (int run = 0; run < 4; run++) {
            long maxPages = random.nextInt(4) == 0 ? random.nextInt(1, 12) : 1000;
            Side expected = new Side(program, table, maxPages);
            Side actual = new Side(program, table, maxPages);
            int longest = random.nextBoolean() ? WINDOW : 60;
            lockStep(
                    random,
                    longest,
                    expected,
                    new Interpreter(table, expected.machine, null),
                    actual,
                    new Translator(code, actual.machine));
            for (int i = 0; i < 3; i++) {
                code.translate(visited.get(random.nextInt(visited.size())));
            }
        }
    }

    /** Rows that a run comes by, in order of the first visit. Tells the code where indirect jumps went. */
    private static List<Integer> visited(Program program, ProgramTable table, TranslatedCode code) {
        Side side = new Side(program, table, 1000);
        Engine engine = new Interpreter(table, side.machine, null);
        TreeSet<Integer> seen = new TreeSet<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < EXPLORED; i++) {
            int row = side.machine.row;
            if (seen.add(row)) {
                rows.add(row);
            }
            if (side.run(engine, 1) < 0) {
                rows.removeLast();
                break;
            }
            if (code.jumpsAnywhere(row)) {
                code.learn(row, side.machine.row);
            }
        }
        return rows;
    }

    private static void lockStep(
            SplittableRandom random, int longest, Side expected, Engine interpreter, Side actual, Engine translator) {
        long cycles = 0;
        while (cycles < 2 * EXPLORED) {
            int limit = random.nextInt(1, longest + 1);
            if (random.nextInt(20) == 0) {
                expected.memory.beginSegment();
                actual.memory.beginSegment();
            }
            int done = expected.run(interpreter, limit);
            assertThat(actual.run(translator, limit)).isEqualTo(done);
            if (done < 0) {
                return;
            }
            cycles += done;
            assertThat(actual.view()).isEqualTo(expected.view());
            if (random.nextInt(4) != 0) {
                expected.take();
                actual.take();
            }
        }
    }

    /** A machine and what a run of it can be seen by. */
    private static final class Side {
        final List<Object> events = new ArrayList<>();
        final Memory memory;
        final Machine machine;

        Side(Program program, ProgramTable table, long maxPages) {
            memory = new Memory(
                    Memory.initial(program.image(), new byte[100]), maxPages, (page, content) -> events.add(page));
            Host host = (fd, address, count, m) -> events.add(List.of(fd, address, count));
            machine = new Machine(memory, host, table.entryRow());
        }

        /** Runs; negative where the run ended in a trap or a limit. */
        int run(Engine engine, int limit) {
            try {
                return engine.run(limit);
            } catch (TrapException trap) {
                return -1 - trap.trapCause().ordinal();
            } catch (LimitException limited) {
                return -100;
            }
        }

        void take() {
            machine.used = 0;
            java.util.Arrays.fill(machine.rows, 0);
            events.clear();
        }

        List<Object> view() {
            List<Object> view = new ArrayList<>();
            view.add(machine.row);
            view.add(LongStream.of(machine.x).boxed().toList());
            view.add(java.util.Arrays.stream(machine.rows).boxed().toList());
            view.add(machine.used);
            view.add(List.of(
                    memory.misaligned(),
                    memory.crossLoad(),
                    memory.crossLoadDouble(),
                    memory.crossStore(),
                    memory.crossStoreDouble(),
                    memory.pageCount()));
            view.add(List.copyOf(events));
            for (int i = 0; i < memory.touchedCount(); i++) {
                long start = (long) memory.touched(i) << MemoryMap.PAGE_BITS;
                for (int word = 0; word < MemoryMap.PAGE_WORDS; word++) {
                    view.add(memory.word(start + 8L * word));
                }
            }
            return view;
        }
    }
}
