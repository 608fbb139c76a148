package dev.aver.server.store;

import dev.aver.server.service.Job;
import java.util.Optional;

/**
 * A job and what its owner does not see of it.
 *
 * @param sequence grows with every job that is accepted
 * @param planned what it will take, once known
 * @param strikes how often in a row the process died while a worker had it
 * @param stopRequested whether its owner cancelled it while a worker had it
 * @param receiptBlob where its receipt is; none also after it was deleted
 * @param profileBlob where its profile is
 */
public record JobRow(
        Job job,
        long sequence,
        Optional<Planned> planned,
        int strikes,
        boolean stopRequested,
        Optional<String> receiptBlob,
        Optional<String> profileBlob) {

    /**
     * What proving will take.
     *
     * @param cycles of the run
     * @param segments how many proofs
     * @param segmentCycles the most cycles of a segment
     * @param bytes memory at its peak
     * @param seconds a rough figure, on all cores
     */
    public record Planned(long cycles, int segments, int segmentCycles, long bytes, double seconds) {}
}
