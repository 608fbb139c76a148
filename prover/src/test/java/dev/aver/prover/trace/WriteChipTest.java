package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.WriteChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WriteChipTest {
    private static final Recording RECORDING = writes();
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());

    private final WriteChip chip = new WriteChip();

    private static Recording writes() {
        Assembler code = new Assembler();
        for (long count : new long[] {0, 1, 0xffff, 0x123456789abcdef0L, -1}) {
            code.li(10, count == 1 ? -1 : 7)
                    .li(11, Assembler.TEXT)
                    .li(12, count)
                    .ecall(64);
        }
        code.op(Op.ECALL, 0, 0, 0, 0);
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    private Trace trace() {
        return ChipAttack.trace(new WriteTrace(chip), Chip.WRITE, RECORDING, 0, 64);
    }

    @Test
    void acceptsEveryCount() {
        accepts(trace(), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace(), KEYS, 6, (column, row) -> false, 7);
    }

    /** What the messages say, whatever the cells hold: a7 is 64 before and after, and a0 gets what a2 keeps. */
    @Test
    void readsTheNumberAndReturnsTheCount() {
        Map<String, Integer> messages = TraceChecker.permutationMessages(trace());
        int clk = trace().get(chip.instruction.clk, 3);
        assertThat(messages.keySet())
                .contains(
                        "MEMORY[1, 17, 64, 0, 0, 0, " + 4 * clk + "]",
                        "MEMORY[1, 10, 57072, 39612, 22136, 4660, " + (4 * clk + 1) + "]",
                        "MEMORY[1, 12, 57072, 39612, 22136, 4660, " + (4 * clk + 2) + "]");
    }

    @Test
    void anAccessCannotBeInTheFuture() {
        Trace trace = trace();
        trace.set(chip.countBefore, 0, 4L * trace.get(chip.instruction.clk, 0) + 2);
        rejects(trace, KEYS, "RANGE");
    }

    @Test
    void onlyAnEcallWrites() {
        Trace trace = trace();
        trace.set(chip.instruction.row, 0, trace.get(chip.instruction.row, 0) - 2);
        rejects(trace, KEYS, "PROGRAM");
    }
}
