package dev.aver.cli.prove;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import dev.aver.verifier.stark.StarkShape;
import java.util.Optional;

/** Counts what was resumed, keeps the times, and shows the rest to whoever watches. */
final class ProofProgress implements ProgressListener, AutoCloseable {
    private final Timeline timeline;
    private final Optional<ProgressBar> bar;
    private int resumed;

    ProofProgress(Timeline timeline, Optional<ProgressBar> bar) {
        this.timeline = timeline;
        this.bar = bar;
    }

    /** Segments that were found in the checkpoint. */
    int resumed() {
        return resumed;
    }

    @Override
    public void planned(Plan plan) {
        timeline.planned(plan);
        bar.ifPresent(shown -> shown.planned(plan));
    }

    @Override
    public void phase(int segment, Phase phase) {
        timeline.phase(segment, phase);
        bar.ifPresent(shown -> shown.phase(segment, phase));
    }

    @Override
    public void filled(int segment, StarkShape shape) {
        timeline.filled(segment, shape);
    }

    @Override
    public void segment(int segment, int cycles, boolean found) {
        timeline.segment(segment, cycles, found);
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
