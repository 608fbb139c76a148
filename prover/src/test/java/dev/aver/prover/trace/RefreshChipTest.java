package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.RefreshChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.record.RefreshTable;
import dev.aver.zkvm.testing.Assembler;
import org.junit.jupiter.api.Test;

final class RefreshChipTest {
    private static final Recording RECORDING = restingRegisters();
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());

    private final RefreshChip chip = new RefreshChip();

    /** Reads x20 to x29 again after 2^16 cycles: their values have bits in every limb. */
    private static Recording restingRegisters() {
        Assembler code = new Assembler();
        for (int register = 20; register < 30; register++) code.li(register, 0x9e3779b97f4a7c15L * register);
        code.li(8, 1 << 15);
        long loop = code.here();
        code.imm(Op.ADDI, 8, 8, -1).branch(Op.BNE, 8, 0, loop - code.here());
        for (int register = 20; register < 30; register++) code.reg(Op.ADD, 7, register, register);
        return Recording.of(code.exit(0).build(), 1 << 20);
    }

    private Trace trace() {
        RefreshTable refreshes = RECORDING.segments().getFirst().refreshes();
        assertThat(refreshes.size()).isGreaterThanOrEqualTo(10);
        Trace trace = new Trace(chip.air, Trace.logHeightFor(refreshes.size()));
        new RefreshTrace(chip).fill(refreshes, trace);
        return trace;
    }

    @Test
    void acceptsRestingRegisters() {
        accepts(trace(), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace(), KEYS, 10, (column, row) -> false, 6);
    }

    @Test
    void timeCannotStandStill() {
        Trace trace = trace();
        trace.set(chip.before, 0, trace.get(chip.time, 0));
        trace.set(chip.restHigh, 0, 0);
        rejects(trace, KEYS, "RANGE");
    }

    @Test
    void timeCannotGoBack() {
        Trace trace = trace();
        int before = trace.get(chip.time, 0) + 1000;
        trace.set(chip.before, 0, before);
        // The rest, −1001, as a number with high bits that are no byte.
        trace.set(chip.restHigh, 0, -1);
        rejects(trace, KEYS, "BYTE_PAIR");
    }

    /** One refresh of a chain that goes round the field: it rests for 2^24 − 1, as it may, but ends beyond 2^24. */
    @Test
    void timeCannotLeaveTheSegment() {
        Trace trace = trace();
        long time = trace.get(chip.before, 0) + (1L << 24);
        trace.set(chip.time, 0, time);
        trace.set(chip.restHigh, 0, 0xff);
        trace.set(chip.timeHigh, 0, time >> 16);
        rejects(trace, KEYS, "BYTE_PAIR");
    }

    @Test
    void aRowCannotCountTwice() {
        Trace trace = trace();
        trace.set(chip.real, 0, 2);
        rejects(trace, KEYS, "real is 0 or 1");
    }
}
