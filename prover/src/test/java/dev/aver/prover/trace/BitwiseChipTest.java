package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.BitwiseChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class BitwiseChipTest {
    private static final Op[] REGISTER = {Op.AND, Op.OR, Op.XOR};
    private static final Op[] IMMEDIATE = {Op.ANDI, Op.ORI, Op.XORI};
    private static final Recording RECORDING = Edges.of(REGISTER, IMMEDIATE);
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());

    private final BitwiseChip chip = new BitwiseChip();

    /** Rows of the last pairs of values, without a bit of the operands that is 0 everywhere. */
    private Trace trace() {
        int pair = 10 + REGISTER.length + IMMEDIATE.length; // Loading the two values takes 10 ORI.
        int first = pair * (Edges.VALUES.length * (Edges.VALUES.length - 1) - 2);
        return ChipAttack.trace(new BitwiseTrace(chip), Chip.BITWISE, RECORDING, 0, first, 64);
    }

    /** The first row with this operation on two operands whose low bytes share a bit. */
    private int rowOf(Trace trace, Op op) {
        for (int row = 0; row < 64; row++) {
            if (trace.get(chip.instruction.is(op), row) == 1 && trace.get(chip.and[0], row) != 0) return row;
        }
        throw new AssertionError(op);
    }

    @Test
    void acceptsEveryPairOfEdges() {
        accepts(ChipAttack.trace(new BitwiseTrace(chip), Chip.BITWISE, RECORDING, 0, 1 << 14), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        Trace trace = trace();
        // The time of an access that does not happen.
        BiPredicate<String, Integer> free = (column, row) ->
                column.equals("rs2 before") && trace.get(chip.second.rs2().register(), row) == 0;
        everyCellCounts(trace, KEYS, 64, free, 2);
    }

    @Test
    void bytesCannotBeCutElsewhere() {
        Trace trace = trace();
        int row = rowOf(trace, Op.AND);
        // 256 less in the high byte, one more limb's worth in the low one: the limb stays what it is.
        trace.set(chip.firstHigh[0], row, trace.get(chip.firstHigh[0], row) - 1);
        rejects(trace, KEYS, "BYTES");
    }

    @Test
    void anOrCannotBeAXor() {
        Trace trace = trace();
        int row = rowOf(trace, Op.OR);
        trace.set(chip.instruction.is(Op.OR), row, 0);
        trace.set(chip.instruction.is(Op.XOR), row, 1);
        for (int i = 0; i < 4; i++) {
            int and = trace.get(chip.and[2 * i], row) + 256 * trace.get(chip.and[2 * i + 1], row);
            trace.set(chip.result[i], row, trace.get(chip.result[i], row) - and);
        }
        rejects(trace, KEYS, "PROGRAM");
    }

    @Test
    void twoOperationsAtOnceAreRejected() {
        Trace trace = trace();
        int row = rowOf(trace, Op.AND);
        trace.set(chip.instruction.is(Op.OR), row, 1);
        rejects(trace, KEYS, "at most one selector");
    }

    @Test
    void anImmediateFormCannotAddARegister() {
        Trace trace = trace();
        int row = rowOf(trace, Op.ORI);
        int extra = 2;
        trace.set(chip.second.rs2().value()[0], row, extra);
        int x = trace.get(chip.rs1.value()[0], row);
        int y = trace.get(chip.second.immLow(), row) + extra;
        trace.set(chip.secondHigh[0], row, y >> 8);
        trace.set(chip.and[0], row, x & y & 0xff);
        trace.set(chip.and[1], row, (x & y) >> 8);
        trace.set(chip.result[0], row, x | y);
        rejects(trace, KEYS, "an immediate form has no second register");
    }
}
