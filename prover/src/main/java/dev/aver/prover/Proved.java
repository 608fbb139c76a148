package dev.aver.prover;

import dev.aver.verifier.Receipt;
import dev.aver.zkvm.Execution;
import java.util.Map;

/**
 * A proof and what it took.
 *
 * @param receipt the receipt
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
        Map<ProgressListener.Phase, Double> seconds) {}
