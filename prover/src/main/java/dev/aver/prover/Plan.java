package dev.aver.prover;

/**
 * What a proof will take, known before it begins.
 *
 * @param cycles instructions of the run
 * @param segments how many proofs
 * @param segmentCycles the most cycles of a segment
 * @param paddedCells committed elements of K in all segments, main and permutation columns, padding included
 * @param peakBytes memory of the process at its peak
 * @param seconds on {@code cores} cores, a rough figure
 * @param cores how many threads compute
 * @param queries of each proof's low-degree test
 * @param backend which kernels, and why these
 */
public record Plan(
        long cycles,
        int segments,
        int segmentCycles,
        long paddedCells,
        long peakBytes,
        double seconds,
        int cores,
        int queries,
        String backend) {}
