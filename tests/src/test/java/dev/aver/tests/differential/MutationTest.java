package dev.aver.tests.differential;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aver.zkvm.isa.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The directed programs notice when an operation is broken: every operation, and also where it is wrong only rarely.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MutationTest {

    private record Recording(GuestProgram program, RecordedTrace trace) {}

    private final List<Recording> recordings = new ArrayList<>();

    @BeforeAll
    void record(@TempDir Path directory) throws Exception {
        List<GuestProgram> programs = new ArrayList<>(DirectedPrograms.all(EdgeValues.few()));
        programs.addAll(TrapPrograms.all());
        for (GuestProgram program : programs) {
            try (QemuTrace trace = QemuTrace.start(program.elf(), directory)) {
                recordings.add(new Recording(program, RecordedTrace.of(trace)));
            }
        }
    }

    /** Runs programs until one tells the machine from qemu. */
    private void compare(Mutant mutant) throws Exception {
        for (Recording recording : recordings) {
            GuestProgram program = recording.program();
            Comparison.run(program.name(), recording.trace().replay(), mutant.stepper(program));
        }
    }

    @Test
    void aHealthyCopyAgrees() {
        assertThatCode(() -> compare(Mutant.healthy())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Op.class)
    void aBrokenOperationIsNoticed(Op op) {
        assertThatCode(() -> compare(Mutant.breaking(op))).isInstanceOf(Comparison.Divergence.class);
    }

    /** Operations whose first operand is a whole register, or a whole word of memory. */
    static Stream<Op> withOperand() {
        return Arrays.stream(Op.values()).filter(op -> switch (op.chip()) {
            case ADD, BITWISE, SLT, SHIFT, MUL, DIV, BRANCH -> true;
            case ATOMIC -> op.name().startsWith("AMO");
            default -> false;
        });
    }

    @ParameterizedTest
    @MethodSource("withOperand")
    void anOperationBrokenForOneOperandIsNoticed(Op op) {
        assertThatCode(() -> compare(Mutant.breakingRarely(op))).isInstanceOf(Comparison.Divergence.class);
    }
}
