package dev.aver.cli.prove;

import dev.aver.circuits.image.ImageId;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.prover.Proved;
import java.util.OptionalLong;

/**
 * Everything there is to tell about a proof that was made.
 *
 * @param program the program file as given
 * @param out the receipt's file as given
 * @param imageId the program's
 * @param proved the proof and what it took
 * @param resumed segments that were found in the checkpoint
 * @param proofBytes length of the receipt
 * @param wallSeconds from the program's start to the receipt's end on disk
 * @param peakBytes resident memory of the process at its peak, where the system says it
 * @param inputBound whether the input's digest is without salt
 */
record ProofReport(
        String program,
        String out,
        ImageId imageId,
        Proved proved,
        int resumed,
        long proofBytes,
        double wallSeconds,
        OptionalLong peakBytes,
        boolean inputBound) {

    long cycles() {
        return proved.plan().cycles();
    }

    /** Thousands of cycles proven in a second, everything counted. */
    double kilohertz() {
        return wallSeconds == 0 ? 0 : cycles() / wallSeconds / 1e3;
    }

    double paddedCellsPerCycle() {
        return (double) proved.plan().paddedCells() / cycles();
    }

    /** Seconds of one phase, in all segments that were proven. */
    double seconds(Phase phase) {
        return proved.seconds().getOrDefault(phase, 0.0);
    }

    /** Seconds that are no segment's: the run, the keys, the receipt. */
    double otherSeconds() {
        double phases = 0;
        for (Phase phase : Phase.values()) {
            phases += seconds(phase);
        }
        return Math.max(0, wallSeconds - phases);
    }
}
