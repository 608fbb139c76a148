package dev.aver.zkvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.machine.TrapCause;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentCost;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import dev.aver.zkvm.testing.Programs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ExecutorTest {
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A2 = 12;
    private static final int DATA = 0x20000;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private static Executor executor(Program program, Limits limits, SegmentRule rule) {
        return new Executor(program, limits, rule, Executor.EngineFactory.interpreter());
    }

    private Execution run(Program program, Limits limits) {
        return executor(program, limits, SegmentRule.standard())
                .run(Input.empty(), (fd, bytes, length) -> console.write(bytes, 0, length));
    }

    private Execution run(Program program) {
        return run(program, Limits.standard());
    }

    private static Assembler write(Assembler a, long fd, long address, long count) {
        return a.li(A0, fd).li(A1, address).li(A2, count).ecall(64);
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    void haltsWithTheExitCode() {
        Execution e = run(new Assembler().imm(Op.ADDI, 5, 0, -1).exit(5).build());
        assertThat(e.outcome()).isEqualTo(new Outcome.Halted(-1));
        assertThat(e.cycles()).isEqualTo(1 + 1 + 11 + 1);
        assertThat(e.segments()).hasSize(1);
        assertThat(e.journal()).isEmpty();
    }

    @Test
    void journalCountsWhenTheGuestVouchesForIt() throws Exception {
        byte[] text = "journal!".getBytes(StandardCharsets.US_ASCII);
        byte[] data = Arrays.copyOf(text, 40);
        System.arraycopy(sha256(text), 0, data, 8, 32);
        Assembler a = write(new Assembler(), 3, DATA, 8).li(A0, 0).li(A1, DATA + 8);
        Execution e = run(a.ecall(0x1000).build(new ElfBuilder().data(DATA, data)));
        assertThat(e.outcome()).isEqualTo(new Outcome.Halted(0));
        assertThat(e.journal()).isEqualTo(text);
    }

    @Test
    void journalThatTheGuestDoesNotVouchForIsItsFault() {
        Assembler a = write(new Assembler(), 3, DATA, 8).exit(0);
        assertThat(run(a.build()).outcome()).isInstanceOf(Outcome.JournalMismatch.class);
        Assembler b = new Assembler().li(A1, DATA);
        assertThat(run(b.ecall(0x1000).build()).outcome())
                .isInstanceOfSatisfying(
                        Outcome.JournalMismatch.class,
                        mismatch -> assertThat(mismatch.claimed()).isEqualTo("0".repeat(64)));
    }

    @Test
    void consoleGetsBothDescriptorsAndFaultsAreCounted() {
        Assembler a = new Assembler();
        write(a, 1, DATA, 2);
        write(a, 2, DATA + 2, 1);
        write(a, 0, DATA, 1); // ignored
        write(a, 1L << 32 | 1, DATA, 1); // ignored: not descriptor 1
        write(a, 1, 0x800, 5); // nothing mapped
        write(a, 1, MemoryMap.SALT_START - 2, 5); // clipped
        write(a, 1, MemoryMap.SALT_START - 1, -1); // clipped, count as unsigned
        a.exit(0);
        Execution e = run(a.build(new ElfBuilder().data(DATA, new byte[] {'a', 'b', 'c'})));
        assertThat(e.outcome()).isEqualTo(new Outcome.Halted(0));
        assertThat(console.toByteArray()).isEqualTo(new byte[] {'a', 'b', 'c', 0, 0, 0});
        assertThat(e.writes()).isEqualTo(new Execution.WriteFaults(3, 2));
        // The host's reads touch nothing.
        assertThat(e.memoryPages()).isZero();
    }

    @Test
    void cycleLimitIsExact() {
        Program program = Programs.mixed(1000, 4096);
        long cycles = run(program).cycles();
        assertThat(run(program, Limits.standard().withCycles(cycles)).outcome()).isInstanceOf(Outcome.Halted.class);
        Execution cut = run(program, Limits.standard().withCycles(cycles - 1));
        assertThat(cut.outcome()).isInstanceOfSatisfying(Outcome.LimitReached.class, reached -> {
            assertThat(reached.limit()).isEqualTo(Limit.CYCLES);
            assertThat(reached.allowed()).isEqualTo(cycles - 1);
        });
        assertThat(cut.cycles()).isEqualTo(cycles - 1);
        assertThat(run(program, Limits.standard().withCycles(0)).cycles()).isZero();
    }

    @Test
    void otherLimitsAreNamedToo() {
        Program program = Programs.mixed(1000, 4096);
        Execution memory = run(program, Limits.standard().withMemory(2 * MemoryMap.PAGE_SIZE));
        assertThat(memory.outcome()).isInstanceOfSatisfying(Outcome.LimitReached.class, reached -> {
            assertThat(reached.limit()).isEqualTo(Limit.MEMORY);
            assertThat(reached.where()).isNotNull();
        });
        Execution journal = run(
                write(new Assembler(), 3, DATA, 17).exit(0).build(),
                Limits.standard().withJournal(16));
        assertThat(journal.outcome())
                .isInstanceOfSatisfying(
                        Outcome.LimitReached.class,
                        reached -> assertThat(reached.limit()).isEqualTo(Limit.JOURNAL));
        Execution input = executor(program, Limits.standard().withInput(3), SegmentRule.standard())
                .run(Input.of(new byte[4]), Console.NONE);
        assertThat(input.outcome()).isEqualTo(new Outcome.LimitReached(Limit.INPUT, 3, null));
    }

    @Test
    void trapIsLocatedExactly() {
        // 20,000 rounds of one addition and one branch, then a load from page 0.
        Assembler a = new Assembler().li(5, 20_000);
        a.imm(Op.ADDI, 5, 5, -1).branch(Op.BNE, 5, 0, -4).imm(Op.LD, 6, 0, 8).exit(0);
        Execution e = run(a.build(new ElfBuilder().function("main", Assembler.TEXT, 100)));
        assertThat(e.cycles()).isEqualTo(11 + 40_000);
        assertThat(e.outcome()).isInstanceOfSatisfying(Outcome.Trapped.class, trap -> {
            assertThat(trap.cause()).isEqualTo(TrapCause.LOAD_ACCESS);
            assertThat(trap.value()).isEqualTo(8);
            assertThat(trap.where().pc()).isEqualTo(Assembler.TEXT + 4 * 13);
            assertThat(trap.where().function()).isEqualTo("main+0x34");
            assertThat(trap.where().recent()).hasSize(16);
            assertThat(trap.where().recent().getLast()).contains("ld t1,8(zero)");
            assertThat(trap.where().recent().get(14)).contains("bne t0,zero");
        });
    }

    @Test
    void segmentsAddUp() {
        Execution e = executor(Programs.mixed(3000, 60_000), Limits.standard(), SegmentRule.ofCycles(1 << 14))
                .run(Input.empty(), Console.NONE);
        assertThat(e.segments()).hasSizeGreaterThan(5);
        long cycles = 0;
        for (SegmentCost cost : e.segments()) {
            assertThat(cost.cycles()).isPositive().isLessThanOrEqualTo(1 << 14);
            int rows = 0;
            for (int i = 0; i < Chip.INSTRUCTION_CHIPS; i++) {
                rows += cost.rows()[i];
            }
            assertThat(rows).isEqualTo(cost.cycles());
            assertThat(cost.rows(Chip.HASH)).isLessThanOrEqualTo(1 << 17);
            assertThat(cost.paddedCells()).isGreaterThanOrEqualTo(cost.cells());
            cycles += cost.cycles();
        }
        assertThat(cycles).isEqualTo(e.cycles());
    }
}
