package dev.aver.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.isa.Op;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each difference of {@link Adjudications} exists, so that the list does not excuse more than it must. */
class AdjudicationsTest {

    private static final int SP = 2;
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A2 = 12;
    private static final int A7 = 17;

    @TempDir
    private Path directory;

    private static GuestProgram program(Consumer<Assembler> body) {
        Assembler code = new Assembler(GuestProgram.CODE);
        code.constant(SP, 0);
        code.constant(A0, GuestProgram.DATA);
        code.constant(A1, -1);
        body.accept(code);
        code.writeDataAndExit(SP);
        return GuestProgram.of("adjudication", code.finish(), new byte[] {0, 0, 0, 0, 1});
    }

    private Comparison.Result compare(GuestProgram program) throws Exception {
        Stepper machine = new InterpreterStepper(program.elf(), new byte[0]);
        try (QemuTrace trace = QemuTrace.start(program.elf(), directory)) {
            return Comparison.run(program.name(), trace, machine);
        }
    }

    /** The first difference is that sc succeeds here and fails there. */
    private void onlyQemusScFails(Consumer<Assembler> body) {
        assertThatThrownBy(() -> compare(program(body)))
                .isInstanceOf(Comparison.Divergence.class)
                .hasMessageContaining(" after 0x")
                .hasMessageContaining(": sc.")
                .hasMessageEndingWith("qemu: a2 0x0, qemu 0x1");
    }

    @Test
    void stackPointerAtTheStart() throws Exception {
        GuestProgram program = program(code -> {});
        try (QemuTrace trace = QemuTrace.start(program.elf(), directory)) {
            assertThat(trace.next()).isTrue();
            assertThat(trace.registers()[SP]).isNotZero();
            assertThat(new InterpreterStepper(program.elf(), new byte[0]).reg(SP))
                    .isZero();
        }
        assertThat(compare(program).instructions()).isGreaterThan(5);
    }

    @Test
    void haltEndsTheRunOnlyHere() throws Exception {
        GuestProgram program = program(code -> {
            code.constant(A7, 0x1000);
            code.constant(A1, GuestProgram.DATA);
            code.register(Op.ECALL, 0, 0, 0);
        });
        assertThat(compare(program).end()).isEqualTo(Stepper.Status.EXITED);
    }

    @Test
    void ownStoreBetweenLrAndSc() {
        onlyQemusScFails(code -> {
            code.emit(Op.LR_D, A2, A0, 0, 0);
            code.store(Op.SD, A1, A0, 0);
            code.emit(Op.SC_D, A2, A0, A1, 0);
        });
    }

    @Test
    void scOfAnotherWidth() {
        onlyQemusScFails(code -> {
            code.emit(Op.LR_W, A2, A0, 0, 0);
            code.emit(Op.SC_D, A2, A0, A1, 0);
        });
    }

    @Test
    void scWithoutReservationWhereAnAccessTraps() {
        for (long address : new long[] {GuestProgram.DATA + 2, 0x100}) {
            assertThatThrownBy(() -> compare(program(code -> {
                        code.constant(A0, address);
                        code.emit(Op.SC_W, A2, A0, A1, 0);
                    })))
                    .isInstanceOf(Comparison.Divergence.class)
                    .hasMessageContaining("TRAPPED")
                    .hasMessageContaining("sc.w")
                    .hasMessageContaining("qemu goes on");
        }
    }
}
