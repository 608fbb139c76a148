package dev.aver.zkvm.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InterpreterTest {
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A2 = 12;
    private static final int T0 = 5;
    private static final int T1 = 6;
    private static final int T2 = 7;

    private final List<String> writes = new ArrayList<>();

    private Machine machine(Program program) {
        Memory memory = new Memory(Memory.initial(program.image(), new byte[0]), 1000, (id, page) -> {});
        Host host = (fd, address, count, m) -> writes.add(fd + " " + address + " " + count);
        return new Machine(memory, host, ProgramTable.of(program).entryRow());
    }

    private Machine run(Assembler assembler) {
        Program program = assembler.build();
        Machine machine = machine(program);
        new Interpreter(ProgramTable.of(program), machine, null).run(10_000);
        return machine;
    }

    private void traps(Assembler assembler, TrapCause cause, long value) {
        Program program = assembler.build();
        Machine machine = machine(program);
        Interpreter interpreter = new Interpreter(ProgramTable.of(program), machine, null);
        assertThatThrownBy(() -> interpreter.run(10_000)).isInstanceOfSatisfying(TrapException.class, trap -> {
            assertThat(trap.trapCause()).isEqualTo(cause);
            assertThat(trap.value()).isEqualTo(value);
        });
        // Trying again stops in the same place: the trap changed nothing.
        int row = machine.row;
        long[] before = machine.x.clone();
        assertThatThrownBy(() -> interpreter.run(1)).isInstanceOf(TrapException.class);
        assertThat(machine.row).isEqualTo(row);
        assertThat(machine.x).isEqualTo(before);
    }

    @Test
    void assemblerLoadsAnyConstant() {
        for (long value : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x123456789abcdef0L, 1L << 53}) {
            assertThat(run(new Assembler().li(T0, value).exit(0)).x[T0]).isEqualTo(value);
        }
    }

    @Test
    void zeroRegisterStaysZeroAndResultsSink() {
        Machine m = run(new Assembler()
                .imm(Op.ADDI, T0, 0, 5)
                .reg(Op.ADD, 0, T0, T0)
                .reg(Op.SUB, T1, 0, T0)
                .exit(0));
        assertThat(m.x[0]).isZero();
        assertThat(m.x[ProgramTable.SINK]).isEqualTo(10);
        assertThat(m.x[T1]).isEqualTo(-5);
    }

    @Test
    void jalrReadsBeforeItWritesAndClearsTheLowestBit() {
        long jalr = Assembler.TEXT + 44; // behind the constant
        Assembler a = new Assembler().li(T0, jalr + 8 + 1);
        assertThat(a.here()).isEqualTo(jalr);
        a.imm(Op.JALR, T0, T0, 0).word(0).exit(0);
        assertThat(run(a).x[T0]).isEqualTo(jalr + 4);
    }

    @Test
    void jumpsIntoTheMiddleOfAnInstruction() {
        // The upper half of this lui is c.li a0, 21 (0x4555); the jump enters there.
        Assembler a = new Assembler().op(Op.JAL, 0, 0, 0, 6).word(0x4555_0537).exit(A0);
        assertThat(run(a).halt).isEqualTo(new Machine.Halt(21, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {93, 94})
    void exits(long number) {
        Machine m = run(new Assembler().li(A0, 0xABCD_1234_8765_4321L).ecall(number));
        assertThat(m.halt).isEqualTo(new Machine.Halt(0x8765_4321, 0));
        assertThat(m.row).isZero();
        assertThat(m.rows[Chip.HALT.ordinal()]).isEqualTo(1);
    }

    @Test
    void haltNamesItsDigest() {
        Machine m = run(new Assembler().li(A0, 3).li(A1, 0x20008).ecall(0x1000));
        assertThat(m.halt).isEqualTo(new Machine.Halt(3, 0x20008));
        assertThat(m.memory.touchedCount()).isEqualTo(1);
    }

    @Test
    void haltWithABadDigestAddressTraps() {
        traps(new Assembler().li(A1, 0x20004).ecall(0x1000), TrapCause.HALT_DIGEST, 0x20004);
        traps(new Assembler().li(A1, 0).ecall(0x1000), TrapCause.HALT_DIGEST, 0);
        long end = MemoryMap.SALT_START - 24;
        traps(new Assembler().li(A1, end).ecall(0x1000), TrapCause.HALT_DIGEST, end);
    }

    @Test
    void writeReturnsItsCountWhateverItsArguments() {
        Machine m = run(new Assembler()
                .li(A0, -7)
                .li(A1, 5)
                .li(A2, -9)
                .ecall(64)
                .imm(Op.ADDI, T0, A0, 0)
                .exit(0));
        assertThat(writes).containsExactly("-7 5 -9");
        assertThat(m.x[T0]).isEqualTo(-9);
        assertThat(m.x[A1]).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 92, 95, 0x1001, 64 + (1L << 32), 93 + (1L << 48), -1})
    void otherSystemCallsTrap(long number) {
        traps(new Assembler().ecall(number), TrapCause.SYSTEM_CALL, number);
    }

    @Test
    void fetchTraps() {
        long end = Assembler.TEXT + 4;
        traps(new Assembler().imm(Op.ADDI, T0, 0, 1), TrapCause.FETCH, end);
        traps(new Assembler().op(Op.JAL, 0, 0, 0, -8), TrapCause.FETCH, Assembler.TEXT - 8);
        traps(new Assembler().branch(Op.BEQ, 0, 0, 4096 - 2), TrapCause.FETCH, Assembler.TEXT + 4094);
        // The upper half of a 4-byte instruction lies past the end.
        traps(new Assembler().half(0x0013), TrapCause.FETCH, Assembler.TEXT + 2);
    }

    @Test
    void illegalInstructionsAndBreakpointsTrap() {
        traps(new Assembler().half(1).half(0), TrapCause.ILLEGAL_INSTRUCTION, 0);
        traps(new Assembler().word(0x3020_0073), TrapCause.ILLEGAL_INSTRUCTION, 0x3020_0073); // mret
        traps(new Assembler().op(Op.EBREAK, 0, 0, 0, 0), TrapCause.BREAKPOINT, Assembler.TEXT);
    }

    @Test
    void farJumpsTrap() {
        for (long target : new long[] {MemoryMap.INPUT_START, 1L << 32, -2, Long.MIN_VALUE, 0x1_0001_0000L}) {
            traps(new Assembler().li(T0, target).imm(Op.JALR, 1, T0, 0), TrapCause.JUMP_TARGET, target);
        }
        // 2^32 apart, and p · 2 apart for the field's p, from the entry: not the same row.
        traps(
                new Assembler().li(T0, Assembler.TEXT + 2 * 0x7f000001L).imm(Op.JALR, 1, T0, 0),
                TrapCause.JUMP_TARGET,
                Assembler.TEXT + 2 * 0x7f000001L);
    }

    @Test
    void storesIntoTextChangeDataOnly() {
        long next = Assembler.TEXT + 44 + 4;
        Assembler a = new Assembler().li(T0, next).store(Op.SD, 0, 0, T0);
        a.imm(Op.ADDI, T2, 0, 9).imm(Op.LD, T1, T0, 0).exit(T2);
        Machine m = run(a);
        assertThat(m.halt).isEqualTo(new Machine.Halt(9, 0));
        assertThat(m.x[T1]).isZero();
    }

    @Test
    void storeConditionalFollowsTheReservation() {
        int address = 0x20000;
        Assembler a = new Assembler().li(T0, address).li(T1, 42);
        a.op(Op.SC_D, 20, T0, T1, 0); // nothing reserved
        a.op(Op.LR_D, 21, T0, 0, 0).op(Op.SC_D, 21, T0, T1, 0); // succeeds
        a.op(Op.SC_D, 22, T0, T1, 0); // used up
        a.op(Op.LR_W, 23, T0, 0, 0).store(Op.SD, 0, 0, T0).op(Op.SC_W, 23, T0, T1, 0); // own stores do not matter
        a.op(Op.LR_W, 24, T0, 0, 0).imm(Op.ADDI, T2, T0, 4);
        a.op(Op.SC_W, 24, T2, T1, 0).op(Op.SC_W, 25, T0, T1, 0); // another address, which also ends it
        Machine m = run(a.exit(0));
        assertThat(new long[] {m.x[20], m.x[21], m.x[22], m.x[23], m.x[24], m.x[25]})
                .isEqualTo(new long[] {1, 0, 1, 0, 1, 1});
        assertThat(m.memory.load64(address)).isEqualTo(42);
        assertThat(m.x[ProgramTable.RESERVATION]).isZero();
        assertThat(m.memory.misaligned()).isZero();
    }

    @Test
    void failedStoreConditionalAccessesMemory() {
        traps(new Assembler().op(Op.SC_D, T0, 0, 0, 0), TrapCause.STORE_ACCESS, 0);
        Machine m =
                run(new Assembler().li(T0, 0x20000).op(Op.SC_D, T1, T0, 0, 0).exit(0));
        assertThat(m.memory.touchedCount()).isEqualTo(1);
    }

    @Test
    void atomicsTrapUnlessAligned() {
        for (Op op : new Op[] {Op.LR_W, Op.SC_W, Op.AMOADD_W}) {
            traps(new Assembler().li(T0, 0x20002).op(op, T1, T0, 0, 0), TrapCause.ATOMIC_MISALIGNED, 0x20002);
        }
        for (Op op : new Op[] {Op.LR_D, Op.SC_D, Op.AMOADD_D}) {
            traps(new Assembler().li(T0, 0x20004).op(op, T1, T0, 0, 0), TrapCause.ATOMIC_MISALIGNED, 0x20004);
        }
        traps(new Assembler().op(Op.LR_W, T1, 0, 0, 0), TrapCause.LOAD_ACCESS, 0);
        traps(new Assembler().op(Op.AMOADD_W, T1, 0, 0, 0), TrapCause.STORE_ACCESS, 0);
    }

    @Test
    void wordAtomicsSignExtendAndKeepTheUpperHalf() {
        Assembler a =
                new Assembler().li(T0, 0x20000).li(T1, 0x1234_5678_8000_0000L).store(Op.SD, T1, 0, T0);
        a.li(T1, 0xFFFF_FFFF_0000_0001L).op(Op.AMOMAXU_W, T2, T0, T1, 0);
        a.op(Op.AMOMIN_W, 28, T0, T1, 0).op(Op.AMOADD_W, 29, T0, T1, 0).op(Op.AMOMAX_W, 30, T0, T1, 0);
        Machine m = run(a.exit(0));
        assertThat(m.x[T2]).isEqualTo(0xFFFF_FFFF_8000_0000L);
        assertThat(m.x[28]).isEqualTo(0xFFFF_FFFF_8000_0000L);
        assertThat(m.x[29]).isEqualTo(0xFFFF_FFFF_8000_0000L);
        assertThat(m.x[30]).isEqualTo(0xFFFF_FFFF_8000_0001L);
        assertThat(m.memory.load64(0x20000)).isEqualTo(0x1234_5678_0000_0001L);
    }

    @Test
    void countsRowsByChip() {
        Assembler a = new Assembler().li(T0, 0x20000);
        a.imm(Op.LW, T1, T0, 6).imm(Op.LD, T1, T0, 8).store(Op.SB, T1, 0, T0).reg(Op.MUL, T1, T1, T1);
        a.word(0x0ff0_000f); // fence
        Machine m = run(a.exit(0));
        assertThat(m.rows[Chip.LOAD.ordinal()]).isEqualTo(1);
        assertThat(m.memory.crossLoad()).isEqualTo(1);
        assertThat(m.rows[Chip.LOAD_DOUBLE.ordinal()]).isEqualTo(1);
        assertThat(m.rows[Chip.STORE.ordinal()]).isEqualTo(1);
        assertThat(m.rows[Chip.MUL.ordinal()]).isEqualTo(1);
        // Two constants begin with li from x0, the fence is one, and exit moves with addi from x0.
        assertThat(m.rows[Chip.CONST.ordinal()]).isEqualTo(4);
    }

    @Test
    void entersWithRegistersZeroAndDataInPlace() {
        Program program = new Assembler()
                .li(T0, 0x20000)
                .imm(Op.LBU, T1, T0, 2)
                .exit(T1)
                .build(new ElfBuilder().data(0x20000, new byte[] {1, 2, (byte) 200}));
        Machine machine = machine(program);
        assertThat(machine.x).containsOnly(0);
        new Interpreter(ProgramTable.of(program), machine, null).run(100);
        assertThat(machine.halt).isEqualTo(new Machine.Halt(200, 0));
    }
}
