package dev.aver.zkvm.profile;

import java.util.List;

/**
 * Cycles by call path: a tree whose nodes are the distinct paths, flat. Node 0 is the root and stands for no frame;
 * every other node's parent has a smaller number.
 *
 * @param frames what the nodes refer to
 * @param parents per node its parent; 0 for node 0
 * @param frameOf per node its index in {@code frames}; −1 for node 0
 * @param self per node the cycles spent there and not deeper; 0 for node 0
 * @param cycles their sum: every instruction that the run executed
 * @param truncated whether the tree reached its size limit, so that some cycles are counted in a shorter path than
 *     theirs
 */
public record Profile(List<Frame> frames, int[] parents, int[] frameOf, long[] self, long cycles, boolean truncated) {

    /** What a frame stands for. */
    public enum Kind {
        /** A function: by its symbol, or by the address it was called at where there is none. */
        FUNCTION,
        /** A region that the guest marked. */
        REGION
    }

    /**
     * One function or region.
     *
     * @param name the symbol, the address in hexadecimal, or the region's name
     */
    public record Frame(String name, Kind kind) {}

    /** Number of nodes, the root included. */
    public int nodes() {
        return parents.length;
    }

    /** Cycles spent in a function or region itself, over all paths, by index in {@link #frames}. */
    public long[] selfByFrame() {
        long[] sums = new long[frames.size()];
        for (int node = 1; node < parents.length; node++) {
            sums[frameOf[node]] += self[node];
        }
        return sums;
    }

    /** Cycles of each node and everything below it. */
    public long[] totals() {
        long[] totals = self.clone();
        for (int node = totals.length - 1; node > 0; node--) {
            totals[parents[node]] += totals[node];
        }
        return totals;
    }
}
