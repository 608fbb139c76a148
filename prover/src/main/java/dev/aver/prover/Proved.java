package dev.aver.prover;

import dev.aver.verifier.Receipt;
import dev.aver.zkvm.Execution;
import java.util.List;
import java.util.Map;

/**
 * A proof and what it took.
 *
 * @param receipt the receipt, without its segments where they went to a sink
 * @param execution the run
 * @param plan what was expected
 * @param provableBits of the receipt
 * @param seconds by phase, resumed segments not counted
 */
public record Proved(
        Receipt receipt,
        Execution execution,
        Plan plan,
        int provableBits,
        Map<ProgressListener.Phase, Double> seconds) {
    /** This with a receipt that has these segments. */
    Proved withSegments(List<Receipt.Segment> segments) {
        return new Proved(receipt.withSegments(segments), execution, plan, provableBits, seconds);
    }
}
