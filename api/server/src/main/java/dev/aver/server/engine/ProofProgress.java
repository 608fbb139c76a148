package dev.aver.server.engine;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import dev.aver.server.service.Progress;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.JobRow;
import dev.aver.server.store.Store;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Turns what the prover tells into the job's progress, and stops the prover when the job is to stop. */
final class ProofProgress implements ProgressListener {
    private final LiveJob job;
    private final LiveJobs jobs;
    private final Store store;
    private final EngineListener listener;
    private final JobRow.Planned planned;
    private final long start = System.nanoTime();
    private long lastSegment = start;
    private int segmentsDone;
    private long cyclesDone;
    private long cyclesProven;

    ProofProgress(LiveJob job, JobRow.Planned planned, LiveJobs jobs, Store store, EngineListener listener) {
        this.job = job;
        this.planned = planned;
        this.jobs = jobs;
        this.store = store;
        this.listener = listener;
    }

    /** It waits for its turn and for memory; what it will take is known. */
    void waiting() {
        tell(Optional.empty());
    }

    @Override
    public void executing() {
        job.check();
    }

    @Override
    public void planned(Plan plan) {
        job.check();
        tell(Optional.of("execute"));
    }

    @Override
    public void phase(int segment, Phase phase) {
        job.check();
        tell(Optional.of(phase.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void segment(int segment, int cycles, boolean resumed) {
        segmentsDone++;
        cyclesDone += cycles;
        if (!resumed) {
            cyclesProven += cycles;
            long now = System.nanoTime();
            listener.proven(job.current(), cycles, (now - lastSegment) / 1e9);
            lastSegment = now;
        }
        boolean last = segmentsDone == planned.segments();
        // The last segment's row is the job's end, which comes at once.
        if (!resumed && !last) store();
        tell(Optional.empty());
        job.check();
        if (!last) job.checkBetweenSegments();
    }

    private void store() {
        try {
            store.advanced(job.id(), segmentsDone, cyclesDone, kHz());
        } catch (StorageException e) {
            listener.trouble(job.id(), "a job's progress could not be stored", e);
        }
    }

    private double kHz() {
        double millis = (System.nanoTime() - start) / 1e6;
        return cyclesProven == 0 ? 0 : cyclesProven / millis;
    }

    private void tell(Optional<String> phase) {
        double kHz = kHz();
        long left = planned.cycles() - cyclesDone;
        double secondsLeft = kHz > 0 ? left / kHz / 1e3 : planned.seconds() * left / Math.max(1, planned.cycles());
        job.progress(new Progress(
                phase,
                segmentsDone,
                OptionalInt.of(planned.segments()),
                cyclesDone,
                planned.cycles(),
                kHz,
                OptionalDouble.of(secondsLeft),
                planned.bytes(),
                ProcessMemory.residentBytes(),
                jobs.now()));
    }
}
