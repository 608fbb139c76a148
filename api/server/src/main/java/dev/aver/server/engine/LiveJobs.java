package dev.aver.server.engine;

import dev.aver.server.blob.BlobStore;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.Job;
import dev.aver.server.service.Progress;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.InputRow;
import dev.aver.server.store.JobEnd;
import dev.aver.server.store.JobRow;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * The jobs that are not final, and every change of their state: the row first, then the job in memory, under the job's
 * lock, so that both always agree and a job ends once.
 */
final class LiveJobs {
    private final Store store;
    private final BlobStore blobs;
    private final Path segments;
    private final EngineListener listener;
    private final InstantSource clock;
    private final Map<String, LiveJob> live = new ConcurrentHashMap<>();
    private final Set<String> expected = ConcurrentHashMap.newKeySet();

    /** @param segments where each job has a directory for its finished segments */
    LiveJobs(Store store, BlobStore blobs, Path segments, EngineListener listener, InstantSource clock) {
        this.store = store;
        this.blobs = blobs;
        this.segments = segments;
        this.listener = listener;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A job is about to be accepted: until {@link #arrived}, its row may be there before it is in memory. */
    void expect(String id) {
        expected.add(id);
    }

    /** A job that was expected is in memory, or will not come. */
    void arrived(String id) {
        expected.remove(id);
    }

    /** Whether a job that is in the store may be about to be in memory. */
    boolean isExpected(String id) {
        return expected.contains(id);
    }

    /** Takes in a job that is not final. */
    LiveJob add(JobRow row) {
        LiveJob job = new LiveJob(row);
        live.put(job.id(), job);
        return job;
    }

    Optional<LiveJob> find(String id) {
        return Optional.ofNullable(live.get(id));
    }

    Collection<LiveJob> all() {
        return live.values();
    }

    /** Where a job's finished segments are. */
    Path segments(String id) {
        return segments.resolve(id);
    }

    /** A worker takes a job to run its program for a plan; false if it is final. */
    boolean beginExecution(LiveJob job) throws StorageException {
        job.lock().lock();
        try {
            if (job.current().state().isFinal() || !job.take(now())) return false;
            boolean begun = false;
            try {
                begun = store.beginExecution(job.id());
            } finally {
                if (!begun) job.letGo();
            }
            return begun;
        } finally {
            job.lock().unlock();
        }
    }

    /** A worker takes a job, which runs from here on; false if it is final. */
    boolean begin(LiveJob job) throws StorageException {
        job.lock().lock();
        try {
            Instant now = now();
            if (job.current().state().isFinal() || !job.take(now)) return false;
            boolean begun = false;
            try {
                begun = store.begin(job.id(), now, job.nextVersion());
            } finally {
                if (!begun) job.letGo();
            }
            if (begun) job.started(now);
            return begun;
        } finally {
            job.lock().unlock();
        }
    }

    /** What a job takes is known, and its worker lets go of it; false if its account's day has no room for it. */
    boolean planned(LiveJob job, JobRow.Planned plan, long mostCyclesADay) throws StorageException {
        job.lock().lock();
        try {
            if (!store.planned(job.id(), plan, now(), mostCyclesADay)) return false;
            job.plan(plan);
            job.letGo();
            return true;
        } finally {
            job.lock().unlock();
        }
    }

    /** The worker lets go of a job that is not final; whoever has it next starts from its finished segments. */
    void release(LiveJob job) {
        job.lock().lock();
        try {
            store.release(job.id());
        } catch (StorageException e) {
            // It counts as a strike at the next start, which one more attempt forgives.
            listener.trouble(job.id(), "a job's release could not be stored", e);
        } finally {
            job.letGo();
            job.lock().unlock();
        }
    }

    /**
     * Makes a job final, whoever has it. False if it is final already.
     *
     * @param end given the version
     */
    boolean end(LiveJob job, LongFunction<JobEnd> end, Optional<AuditEntry> audit) throws StorageException {
        job.lock().lock();
        try {
            if (job.current().state().isFinal()) return false;
            Optional<Progress> progress = job.current().progress();
            JobEnd how = end.apply(job.nextVersion())
                    .withKHz(progress.map(Progress::kHz).orElse(0.0));
            boolean moved = store.finish(job.id(), how, audit);
            // A commit that was reported as failed and was not: then the row is right.
            Job last = moved
                    ? ended(job.current(), how)
                    : store.job(job.id()).map(JobRow::job).orElseGet(() -> ended(job.current(), how));
            // Whoever sees that it is final sees that it is gone.
            tidy(last);
            job.letGo();
            job.publish(last);
            live.remove(job.id());
        } finally {
            job.lock().unlock();
        }
        listener.finished(job.current());
        return true;
    }

    /** Deletes what a final job leaves and nothing refers to; what fails here is collected later. */
    private void tidy(Job job) {
        try {
            JobSegments.delete(segments(job.id()));
            if (job.submission().input().isPresent()) {
                Optional<InputRow> input = store.input(job.submission().input().get());
                if (input.isPresent() && input.get().deleted())
                    blobs.delete(input.get().blob());
            }
        } catch (IOException e) {
            listener.trouble(job.id(), "what a job left could not be deleted", e);
        }
    }

    /**
     * Makes a job final, trying again while storage fails, since the work is done; gives up when the server goes down,
     * and then the next start goes on from the finished segments.
     *
     * @param end tried again from the start
     * @throws X what storage has nothing to do with
     */
    <X extends Exception> void endForSure(LiveJob job, Ending<X> end) throws X {
        for (long wait = 50; ; wait = Math.min(2 * wait, 2_000)) {
            try {
                end.run();
                return;
            } catch (StorageException e) {
                listener.trouble(job.id(), "a job's end could not be stored, and is tried again", e);
            }
            Optional<StopReason> stop = job.stopReason();
            if (stop.equals(Optional.of(StopReason.DRAIN)) || stop.equals(Optional.of(StopReason.DOWN))) {
                release(job);
                return;
            }
            sleep(wait);
        }
    }

    /** Stores how a job ended. */
    @FunctionalInterface
    interface Ending<X extends Exception> {
        void run() throws StorageException, X;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a job looks like from its end on, as its row says too. */
    private static Job ended(Job job, JobEnd end) {
        Optional<Progress> progress = job.progress()
                .filter(last -> last.segments().isPresent())
                .map(last -> new Progress(
                        Optional.empty(),
                        last.segmentsDone(),
                        last.segments(),
                        last.cyclesDone(),
                        last.cycles(),
                        last.kHz(),
                        OptionalDouble.empty(),
                        last.memoryPredicted(),
                        last.memoryResident(),
                        end.at()));
        return new Job(
                job.id(),
                job.account(),
                job.submission(),
                job.secret(),
                end.state(),
                end.version(),
                job.created(),
                job.started(),
                Optional.of(end.at()),
                job.attempts(),
                progress,
                end.result(),
                end.failure());
    }
}
