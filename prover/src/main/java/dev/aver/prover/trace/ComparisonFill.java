package dev.aver.prover.trace;

import dev.aver.circuits.chips.Comparison;

/** What a filler writes for two values that are compared. */
final class ComparisonFill {
    private ComparisonFill() {}

    /** Fills in the comparison of {@code x} with {@code y}. */
    static void fill(Comparison comparison, boolean signed, long x, long y, Trace trace, int row) {
        if (signed) {
            trace.set(comparison.firstSign(), row, x >>> 63);
            trace.set(comparison.secondSign(), row, y >>> 63);
        }
        if (x == y) return;
        long flip = signed ? Long.MIN_VALUE : 0;
        int limb = (63 - Long.numberOfLeadingZeros(x ^ y)) / 16;
        long apart = ((y ^ flip) >>> (16 * limb) & 0xffff) - ((x ^ flip) >>> (16 * limb) & 0xffff);
        trace.set(comparison.different()[limb], row, 1);
        trace.set(comparison.less(), row, apart > 0 ? 1 : 0);
        trace.set(comparison.distance(), row, Math.abs(apart));
    }
}
