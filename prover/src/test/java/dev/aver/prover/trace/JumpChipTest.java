package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.JumpChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class JumpChipTest {
    private static final Recording RECORDING = everyWay();
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());
    private static final int BASE = (int) Assembler.TEXT;

    private final JumpChip chip = new JumpChip();

    /**
     * Jumps forward, back, over rows, with carries into every limb, with odd sums, with registers that are the same.
     */
    private static Recording everyWay() {
        Assembler code = new Assembler();
        code.op(Op.JAL, 1, 0, 0, 8)
                .imm(Op.ADDI, 0, 0, 0)
                .op(Op.JAL, 0, 0, 0, 12)
                .op(Op.JAL, 5, 0, 0, 12);
        code.imm(Op.ADDI, 0, 0, 0).op(Op.JAL, 0, 0, 0, -8).imm(Op.ADDI, 0, 0, 0);
        for (long imm : new long[] {0, 1, -1, 7, 2047, -2048}) {
            for (int rd : new int[] {0, 1, 5}) {
                code.li(5, code.here() + 44 + 4 - imm).imm(Op.JALR, rd, 5, imm);
            }
        }
        // Compressed: c.jr a0, c.jalr a0, c.j +4 over c.nop.
        code.li(10, code.here() + 44 + 2).half(0x8502);
        code.li(10, code.here() + 44 + 2).half(0x9502);
        code.half(0xa011).half(0x0001);
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    private Trace trace() {
        return ChipAttack.trace(new JumpTrace(chip), Chip.JUMP, RECORDING, 0, 64);
    }

    /** The first row of JALR whose address is odd, or even. */
    private int jalr(Trace trace, int odd) {
        for (int row = 0; row < 64; row++) {
            boolean jalr = trace.get(chip.instruction.is(Op.JALR), row) == 1;
            if (jalr && trace.get(chip.odd, row) == odd) return row;
        }
        throw new AssertionError();
    }

    @Test
    void acceptsEveryWay() {
        accepts(trace(), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        Trace trace = trace();
        // What JAL does not read, and the lowest bit of a sum that it does not form.
        Set<String> unused =
                Set.of("rs1 value[0]", "rs1 value[1]", "rs1 value[2]", "rs1 value[3]", "rs1 before", "odd");
        BiPredicate<String, Integer> free =
                (column, row) -> trace.get(chip.instruction.is(Op.JAL), row) == 1 && unused.contains(column);
        everyCellCounts(trace, KEYS, 25, free, 5);
    }

    /** The same row, from the address plus 2p: limb 1 has room for it, its bound does not. */
    @Test
    void addressesTwoFieldsApartAreNotTheSame() {
        Trace trace = trace();
        int row = jalr(trace, 0);
        long address = 2L * trace.get(chip.half, row) + ((long) trace.get(chip.upper, row) << 16);
        address += 2L * 0x7f000001L;
        long imm = trace.get(chip.immHigh, row) == 0 ? trace.get(chip.immLow, row) : -1;
        trace.setLimbs(chip.rs1.value(), row, address - imm);
        trace.set(chip.half, row, (address & 0xffff) >> 1);
        trace.set(chip.odd, row, address & 1);
        trace.set(chip.upper, row, address >> 16);
        rejects(trace, KEYS, "BITS");
    }

    /** The address from 2^32 on, its high limbs forgotten. */
    @Test
    void highLimbsCount() {
        for (int limb = 2; limb < 4; limb++) {
            Trace trace = trace();
            trace.set(chip.rs1.value()[limb], jalr(trace, 0), 1);
            rejects(trace, KEYS, "limb " + limb + " is added with a carry");
        }
    }

    /** half = (limb 0 − 1) / 2 + (p + 1) / 2: the other way to write limb 0, half an address away. */
    @Test
    void limbZeroHasOneHalf() {
        Trace trace = trace();
        int row = jalr(trace, 0);
        trace.set(chip.odd, row, 1);
        trace.set(chip.half, row, trace.get(chip.half, row) - (0x7f000001L + 1) / 2);
        rejects(trace, KEYS, "BITS");
    }

    /** The sum moved up by one row and down again in limb 1. */
    @Test
    void limbsCannotBorrow() {
        Trace trace = trace();
        int row = jalr(trace, 0);
        trace.set(chip.half, row, trace.get(chip.half, row) + (1 << 15));
        trace.set(chip.upper, row, trace.get(chip.upper, row) - 1);
        rejects(trace, KEYS, "BITS");
    }

    @Test
    void anotherBaseIsRejected() {
        Trace trace = trace();
        trace.set(chip.target, jalr(trace, 0), -BASE / 2 + 2);
        rejects(trace, KEYS, "PROGRAM");
    }

    @Test
    void jalCannotGoFurther() {
        Trace trace = trace();
        trace.set(chip.half, 0, 2);
        rejects(trace, KEYS, "JAL adds nothing");
        Trace other = trace();
        other.set(chip.upper, 0, 1);
        rejects(other, KEYS, "JAL adds nothing");
    }

    @Test
    void anotherLinkIsRejected() {
        Trace trace = trace();
        trace.set(chip.link[1], 0, 2);
        rejects(trace, KEYS, "PROGRAM");
    }
}
