package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.BranchChip;
import dev.aver.circuits.chips.Comparison;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import org.junit.jupiter.api.Test;

final class BranchChipTest {
    private static final Op[] OPS = {Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU};
    private static final Recording RECORDING = everyPairOfEdges();
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());

    private final BranchChip chip = new BranchChip();

    private static Recording everyPairOfEdges() {
        Assembler code = new Assembler();
        for (long x : Edges.VALUES) {
            for (long y : Edges.VALUES) {
                code.li(5, x).li(6, y);
                for (Op op : OPS) code.branch(op, 5, 6, 8).imm(Op.ADDI, 7, 0, 1);
            }
        }
        // Back once, the same register twice, and compressed: c.beqz a0, +4 over c.nop.
        code.li(10, 0).branch(Op.BEQ, 5, 5, 12).branch(Op.BNE, 0, 0, 4).branch(Op.BLTU, 0, 5, 8);
        code.branch(Op.BGEU, 5, 0, -8).half(0xc111).half(0x0001);
        return Recording.of(code.exit(0).build(), 1 << 15);
    }

    /** The six branches on −1 and 1, in the order of {@link #OPS}, and those on −1 and further values. */
    private Trace trace() {
        return ChipAttack.trace(
                new BranchTrace(chip), Chip.BRANCH, RECORDING, 0, (2 * Edges.VALUES.length + 1) * OPS.length, 60);
    }

    @Test
    void acceptsEveryPairOfEdges() {
        accepts(ChipAttack.trace(new BranchTrace(chip), Chip.BRANCH, RECORDING, 0, 1 << 12), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace(), KEYS, 24, (column, row) -> false, 4);
    }

    @Test
    void aBranchCannotGoAnywhere() {
        Trace trace = trace();
        trace.set(chip.next, 0, 5);
        rejects(trace, KEYS, "a branch could go anywhere");
    }

    @Test
    void anotherTargetIsRejected() {
        Trace trace = trace();
        int target = trace.get(chip.target, 1) + 2;
        trace.set(chip.target, 1, target);
        trace.set(chip.next, 1, target);
        rejects(trace, KEYS, "PROGRAM");
    }

    @Test
    void aConditionCannotBeIgnored() {
        for (int row = 0; row < OPS.length; row++) {
            Trace trace = trace();
            int behind = trace.get(chip.instruction.row, row) + trace.get(chip.instruction.step, row);
            boolean taken = trace.get(chip.taken, row) == 1;
            trace.set(chip.taken, row, taken ? 0 : 1);
            trace.set(chip.next, row, taken ? behind : trace.get(chip.target, row));
            rejects(trace, KEYS, "taken if its condition holds");
        }
    }

    /** Half taken: a row between the two. */
    @Test
    void takenCannotBeAnythingElse() {
        Trace trace = trace();
        trace.set(chip.taken, 0, 2);
        int behind = trace.get(chip.instruction.row, 0) + trace.get(chip.instruction.step, 0);
        trace.set(chip.next, 0, behind + 2L * (trace.get(chip.target, 0) - behind));
        rejects(trace, KEYS, "taken if its condition holds");
    }

    @Test
    void unequalValuesCannotBeTakenForEqual() {
        Trace trace = trace();
        Comparison comparison = chip.comparison;
        for (int i = 0; i < 4; i++) trace.set(comparison.different()[i], 0, 0);
        trace.set(comparison.distance(), 0, 0);
        trace.set(comparison.less(), 0, 0);
        trace.set(chip.taken, 0, 1);
        trace.set(chip.next, 0, trace.get(chip.target, 0));
        rejects(trace, KEYS, "else a low limb could decide");
    }

    @Test
    void equalValuesCannotBeTakenForUnequal() {
        Trace trace = ChipAttack.trace(new BranchTrace(chip), Chip.BRANCH, RECORDING, 0, 6); // 0 and 0
        trace.set(chip.comparison.different()[0], 1, 1);
        trace.set(chip.taken, 1, 1);
        trace.set(chip.next, 1, trace.get(chip.target, 1));
        rejects(trace, KEYS, "RANGE");
    }
}
