package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.ConstChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import org.junit.jupiter.api.Test;

final class ConstChipTest {
    private final ConstChip chip = new ConstChip();
    private final Recording recording = recording();
    private final LookupKeys keys = new LookupKeys(recording.program());

    private static Recording recording() {
        Assembler code = new Assembler();
        for (int rd : new int[] {0, 1, 31}) {
            for (long imm : new long[] {0, 0x7ffff000, -0x80000000L, -0x1000}) {
                code.imm(Op.LUI, rd, 0, imm).imm(Op.AUIPC, rd, 0, imm);
            }
            for (long imm : new long[] {0, 1, -1, 2047, -2048}) code.imm(Op.ADDI, rd, 0, imm);
        }
        code.op(Op.FENCE, 0, 0, 0, 0xff).op(Op.FENCE_I, 0, 0, 0, 0);
        code.half(0x4501); // c.li a0, 0
        code.half(0x0001); // c.nop
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    private Trace trace() {
        return ChipAttack.trace(new ConstTrace(chip), Chip.CONST, recording, 0, 256);
    }

    @Test
    void acceptsEveryConstant() {
        accepts(trace(), keys);
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace(), keys, 45, (column, row) -> false, 1);
    }

    @Test
    void anotherValueThanTheProgramsIsRejected() {
        Trace trace = trace();
        trace.setLimbs(chip.imm, 5, 0x1234);
        rejects(trace, keys, "PROGRAM");
    }

    @Test
    void theSinkCannotBecomeX0() {
        Trace trace = trace();
        trace.set(chip.rd.register(), 0, 0);
        rejects(trace, keys, "PROGRAM");
    }

    /** Which a bus of true tuples does not stop: the checker says so whether or not a constraint does. */
    @Test
    void aRowCountsOnceOrNot() {
        for (int count : new int[] {2, KoalaBear.P - 2, KoalaBear.P / 2}) {
            Trace trace = trace();
            trace.set(chip.instruction.selectors.flags()[0], 0, count);
            rejects(trace, keys, "is li is 0 or 1");
            rejects(trace, keys, "on RANGE counts " + count);
            rejects(trace, keys, "on PROGRAM counts " + count);
        }
        // A query that counts -1 would be an answer, which the checker cannot tell from one.
        Trace trace = trace();
        trace.set(chip.instruction.selectors.flags()[0], 0, -1);
        rejects(trace, keys, "is li is 0 or 1");
    }
}
