package dev.aver.cli.prove;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import java.util.Optional;

/** Counts what was resumed, and shows the rest to whoever watches. */
final class ProofProgress implements ProgressListener, AutoCloseable {
    private final Optional<ProgressBar> bar;
    private int resumed;

    ProofProgress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** Segments that were found in the checkpoint. */
    int resumed() {
        return resumed;
    }

    @Override
    public void planned(Plan plan) {
        bar.ifPresent(shown -> shown.planned(plan));
    }

    @Override
    public void phase(int segment, Phase phase) {
        bar.ifPresent(shown -> shown.phase(segment, phase));
    }

    @Override
    public void segment(int segment, int cycles, boolean found) {
        if (found) {
            resumed++;
        }
        bar.ifPresent(shown -> shown.segment(segment, cycles, found));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
