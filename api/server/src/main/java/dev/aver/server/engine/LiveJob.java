package dev.aver.server.engine;

import dev.aver.server.service.Job;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Progress;
import dev.aver.server.store.JobRow;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A job that is not final, in memory: what it is at, who waits for news of it, and whether its worker is to stop. */
final class LiveJob {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long sequence;
    private final boolean struck;
    private volatile Job current;
    private volatile @Nullable StopReason stop;
    private volatile JobRow.@Nullable Planned planned;
    private volatile @Nullable Instant runningSince;
    private boolean busy;

    LiveJob(JobRow row) {
        sequence = row.sequence();
        struck = row.strikes() > 0;
        planned = row.planned().orElse(null);
        current = row.job();
    }

    Job current() {
        return current;
    }

    String id() {
        return current.id();
    }

    /** Grows with age's reverse: smaller was accepted earlier. */
    long sequence() {
        return sequence;
    }

    /** Whether the process died with it: then it runs alone, so that it takes nothing else with it. */
    boolean struck() {
        return struck;
    }

    Optional<JobRow.Planned> planned() {
        return Optional.ofNullable(planned);
    }

    void plan(JobRow.@Nullable Planned value) {
        planned = value;
    }

    /** Since when a worker has it. */
    Optional<Instant> runningSince() {
        return Optional.ofNullable(runningSince);
    }

    /** Held over a change of the row and of this, so that they agree. */
    ReentrantLock lock() {
        return lock;
    }

    /** A worker takes it; false if one has it. Under the lock. */
    boolean take(Instant now) {
        if (busy) return false;
        busy = true;
        runningSince = now;
        return true;
    }

    /** The worker lets go. Under the lock. */
    void letGo() {
        busy = false;
        runningSince = null;
    }

    /** Whether a worker has it. Under the lock. */
    boolean busy() {
        return busy;
    }

    /** Asks the worker to stop; the first reason counts, but that the server goes down gives way to any other. */
    void stop(StopReason reason) {
        lock.lock();
        try {
            if (stop == null || stop == StopReason.DRAIN) stop = reason;
        } finally {
            lock.unlock();
        }
    }

    /** Why the worker is to stop, if it is. */
    Optional<StopReason> stopReason() {
        return Optional.ofNullable(stop);
    }

    /** Ends what the worker is doing, in the middle of a segment. */
    void check() {
        StopReason reason = stop;
        if (reason != null && reason != StopReason.DRAIN) throw new StoppedException(reason);
    }

    /** Ends what the worker is doing, between segments. */
    void checkBetweenSegments() {
        StopReason reason = stop;
        if (reason != null) throw new StoppedException(reason);
    }

    /** The version that the next change has. Under the lock. */
    long nextVersion() {
        return current.version() + 1;
    }

    /** It runs, for another time. Under the lock. */
    void started(Instant now) {
        Job job = current;
        publish(with(
                job,
                JobState.RUNNING,
                nextVersion(),
                job.started().isPresent() ? job.started() : Optional.of(now),
                job.attempts() + 1,
                job.progress()));
    }

    /** It has come further. */
    void progress(Progress progress) {
        lock.lock();
        try {
            Job job = current;
            if (job.state().isFinal()) return;
            publish(with(job, job.state(), nextVersion(), job.started(), job.attempts(), Optional.of(progress)));
        } finally {
            lock.unlock();
        }
    }

    /** It is this now. Under the lock. */
    void publish(Job job) {
        current = job;
        changed.signalAll();
    }

    /** The job as soon as its version is above this or it is final, or as it is when the time is up. */
    Job await(long version, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (current.version() <= version && !current.state().isFinal() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private static Job with(
            Job job,
            JobState state,
            long version,
            Optional<Instant> started,
            int attempts,
            Optional<Progress> progress) {
        return new Job(
                job.id(),
                job.account(),
                job.submission(),
                job.secret(),
                state,
                version,
                job.created(),
                started,
                job.finished(),
                attempts,
                progress,
                job.result(),
                job.failure());
    }
}
