package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.Comparison;
import dev.aver.circuits.chips.SltChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class SltChipTest {
    private static final Op[] REGISTER = {Op.SLT, Op.SLTU};
    private static final Op[] IMMEDIATE = {Op.SLTI, Op.SLTIU};
    private static final Recording RECORDING = Edges.of(REGISTER, IMMEDIATE);
    private static final LookupKeys KEYS = new LookupKeys(RECORDING.program());

    private final SltChip chip = new SltChip();

    /** Rows of a value with every other one: the operands of rows 4·y to 4·y + 3 are values x and y. */
    private Trace trace(int x) {
        int first = x * Edges.VALUES.length * 4;
        return ChipAttack.trace(new SltTrace(chip), Chip.SLT, RECORDING, 0, first, 64);
    }

    private static int indexOf(long value) {
        for (int i = 0; i < Edges.VALUES.length; i++) {
            if (Edges.VALUES[i] == value) return i;
        }
        throw new AssertionError(value);
    }

    @Test
    void acceptsEveryPairOfEdges() {
        accepts(ChipAttack.trace(new SltTrace(chip), Chip.SLT, RECORDING, 0, 1 << 12), KEYS);
    }

    @Test
    void noCellCanBeChanged() {
        Trace trace = trace(indexOf(0x0123456789abcdefL));
        // The time of an access that does not happen.
        BiPredicate<String, Integer> free = (column, row) ->
                column.equals("rs2 before") && trace.get(chip.second.rs2().register(), row) == 0;
        everyCellCounts(trace, KEYS, 24, free, 3);
    }

    @Test
    void theComparisonCannotBeTurnedRound() {
        Trace trace = trace(indexOf(1));
        int row = 4 * indexOf(0x10000); // 1 < 0x10000
        Comparison comparison = chip.comparison;
        trace.set(comparison.less(), row, 0);
        trace.set(comparison.distance(), row, -trace.get(comparison.distance(), row));
        rejects(trace, KEYS, "RANGE");
    }

    @Test
    void aLowerLimbCannotDecide() {
        Trace trace = trace(indexOf(1));
        int row = 4 * indexOf(0x10000); // 1 < 0x10000, but limb 0 is greater.
        Comparison comparison = chip.comparison;
        trace.set(comparison.different()[1], row, 0);
        trace.set(comparison.different()[0], row, 1);
        trace.set(comparison.less(), row, 0);
        trace.set(comparison.distance(), row, 1);
        rejects(trace, KEYS, "else a low limb could decide");
    }

    @Test
    void anEqualLimbCannotBePointedAt() {
        Trace trace = trace(indexOf(1));
        int row = 4 * indexOf(0x8000); // 1 < 0x8000: nothing in limb 3.
        Comparison comparison = chip.comparison;
        trace.set(comparison.different()[0], row, 0);
        trace.set(comparison.different()[3], row, 1);
        trace.set(comparison.less(), row, 0);
        trace.set(comparison.distance(), row, 0);
        rejects(trace, KEYS, "RANGE");
    }

    @Test
    void unequalValuesCannotBeCalledEqual() {
        Trace trace = trace(indexOf(1));
        int row = 4 * indexOf(0x8000);
        Comparison comparison = chip.comparison;
        trace.set(comparison.different()[0], row, 0);
        trace.set(comparison.less(), row, 0);
        trace.set(comparison.distance(), row, 0);
        rejects(trace, KEYS, "limb 0 is equal");
    }

    @Test
    void notTwoLimbsArePointedAt() {
        Trace trace = trace(indexOf(0));
        int row = 4 * indexOf(0x10000); // They differ in limb 1 only, so limb 0 adds nothing to the distance.
        trace.set(chip.comparison.different()[0], row, 1);
        rejects(trace, KEYS, "one limb is pointed at, at most");
    }

    @Test
    void ofEqualValuesNoneIsLess() {
        Trace trace = trace(indexOf(1));
        int row = 4 * indexOf(1);
        trace.set(chip.comparison.less(), row, 1);
        rejects(trace, KEYS, "of equal values none is less");
    }

    /** −1 < 1, told as 1 > 0xffff…: the first sign left out, everything else made to fit. */
    @Test
    void aSignCannotBeLeftOut() {
        Trace trace = trace(indexOf(-1));
        int row = 4 * indexOf(1);
        Comparison comparison = chip.comparison;
        trace.set(comparison.firstSign(), row, 0);
        trace.set(comparison.less(), row, 0);
        trace.set(comparison.distance(), row, 0xffff);
        rejects(trace, KEYS, "RANGE");
    }

    /** 0xffff… > 1 unsigned, told as less with a sign that unsigned values do not have. */
    @Test
    void anUnsignedValueCannotBeGivenASign() {
        Trace trace = trace(indexOf(-1));
        int row = 4 * indexOf(1) + 1;
        Comparison comparison = chip.comparison;
        trace.set(comparison.firstSign(), row, 1);
        trace.set(comparison.less(), row, 1);
        trace.set(comparison.distance(), row, 1);
        rejects(trace, KEYS, "unsigned values have no sign");
    }
}
