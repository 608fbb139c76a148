package dev.aver.zkvm;

import dev.aver.zkvm.segment.SegmentCost;
import java.util.List;

/**
 * The result of a run and what it cost, exactly.
 *
 * @param outcome how it ended
 * @param cycles instructions executed, the last one included
 * @param journal what the guest wrote to fd 3, as far as it got
 * @param segments cost of each segment, in order
 * @param misalignedAccesses loads and stores that were not naturally aligned
 * @param memoryPages distinct pages accessed over the whole run
 * @param writes what the write system call could not do
 */
public record Execution(
        Outcome outcome,
        long cycles,
        byte[] journal,
        List<SegmentCost> segments,
        long misalignedAccesses,
        long memoryPages,
        WriteFaults writes) {
    /**
     * Writes that the host did not carry out in full. None of them traps: the guest is told that all was written.
     *
     * @param clipped writes whose buffer was partly or wholly unmapped
     * @param ignored writes to a descriptor other than 1, 2 and 3
     */
    public record WriteFaults(long clipped, long ignored) {}
}
