package dev.aver.zkvm.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.Op.Format;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that computes, compares or accesses memory, on edge operands, translated and interpreted. */
class TranslatedOperationsTest {
    private static final int RD = 3;
    private static final int RS1 = 1;
    private static final int RS2 = 2;
    private static final long DATA = 0x2000_0000L;

    /** Enough for the operation's path, whichever way it goes; stops anywhere. */
    private static final int LIMIT = 7;

    private static final long[] OPERANDS = {
        0,
        1,
        2,
        -1,
        -2,
        31,
        32,
        63,
        64,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        0xffff_ffffL,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x8000_0000_7fff_ffffL,
        0x1234_5678_9abc_def0L
    };
    private static final long[] IMMEDIATES = {0, 1, -1, 7, 2047, -2048};
    private static final long[] SHIFTS = {0, 1, 31};

    static Stream<Op> operations() {
        return Stream.of(Op.values()).filter(op -> switch (op.format()) {
            case R, I, SHIFT, S, B -> op != Op.JALR && op != Op.FENCE && op != Op.FENCE_I;
            case U, J, AMO, SYSTEM -> false;
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void agreesWithTheInterpreterOnEdgeOperands(Op op) throws Exception {
        long[] immediates = switch (op.format()) {
            case I, S -> IMMEDIATES;
            case SHIFT -> SHIFTS;
            default -> new long[] {0};
        };
        for (long immediate : immediates) {
            compare(op, immediate);
        }
    }

    private static void compare(Op op, long immediate) throws Exception {
        ProgramTable table = ProgramTable.of(program(op, immediate));
        TranslatedCode translated = new TranslatedCode(table, 0);
        assertThat(translated.translate(table.entryRow())).isNotNull();
        Machine expected = machine(table);
        Machine actual = machine(table);
        Engine interpreter = new Interpreter(table, expected, null);
        Engine translator = new Translator(translated, actual);
        boolean stores = op.format() == Format.S;
        boolean addresses = stores || op.chip().name().startsWith("LOAD");
        for (long a : OPERANDS) {
            for (long b : OPERANDS) {
                long base = addresses ? DATA + (a & 0xfff) : a;
                long stored = stores ? base + immediate : -1;
                assertThat(run(actual, translator, table, base, b, stored))
                        .as("%s with 0x%x, 0x%x, %d", op, base, b, immediate)
                        .isEqualTo(run(expected, interpreter, table, base, b, stored));
            }
        }
    }

    /** The operation, where a branch skips one instruction, in a loop. */
    private static Program program(Op op, long immediate) throws Exception {
        Code code = new Code().at("start");
        switch (op.format()) {
            case B -> code.branch(op, RS1, RS2, "end");
            case S -> code.op(op, 0, RS1, RS2, immediate);
            case R -> code.op(op, RD, RS1, RS2, 0);
            default -> code.op(op, RD, RS1, 0, immediate);
        }
        code.addi(4, 4, 1).at("end").jal(0, "start");
        return Program.fromElf(code.stripped().build());
    }

    private static Machine machine(ProgramTable table) {
        Memory memory = new Memory(
                (page, content) -> {
                    for (int i = 0; i < 512; i++) {
                        content[i] = (byte) (i * 37 + page);
                    }
                },
                1000,
                (page, content) -> {});
        return new Machine(memory, Host.NONE, table.entryRow());
    }

    /**
     * What can be seen after a few instructions from the start, memory at {@code stored} included where that is not -1.
     */
    private static List<Object> run(Machine machine, Engine engine, ProgramTable table, long a, long b, long stored) {
        machine.row = table.entryRow();
        machine.x[RS1] = a;
        machine.x[RS2] = b;
        int done = engine.run(LIMIT);
        List<Object> seen = new ArrayList<>(List.of(done, machine.row, machine.used));
        LongStream.of(machine.x).forEach(seen::add);
        IntStream.of(machine.rows).forEach(seen::add);
        seen.add(List.of(machine.memory.misaligned(), machine.memory.crossLoad(), machine.memory.crossStoreDouble()));
        if (stored >= 0) {
            seen.add(machine.memory.word(stored));
            seen.add(machine.memory.word(stored + 7));
        }
        machine.used = 0;
        return seen;
    }
}
