package dev.aver.prover.inject;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which constraints and lookups of the instruction chips stop a fault that nothing else stops: were one of them left
 * out of its table, the fault, run to the end, would be accepted.
 */
final class ConstraintCoverage {
    private final Map<String, BitSet> alone = new TreeMap<>();

    /** A fault violates just this, and all else is as it should be. */
    void add(AirCheck check, BitSet violated) {
        alone.computeIfAbsent(check.air().name(), name -> new BitSet()).or(violated);
    }

    /** What is needed in a table, as {@link AirCheck#violations} numbers it. */
    BitSet needed(String table) {
        return alone.getOrDefault(table, new BitSet());
    }
}
