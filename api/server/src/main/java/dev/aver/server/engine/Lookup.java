package dev.aver.server.engine;

import dev.aver.server.service.Caller;
import dev.aver.server.service.Job;
import dev.aver.server.service.ServiceException;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.JobRow;
import dev.aver.server.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Finds jobs for those who may see them: in memory until they are final, then in the store. */
final class Lookup {
    private static final Duration ARRIVING = Duration.ofMillis(1);

    private final Store store;
    private final LiveJobs jobs;
    private final Guard guard;
    private final Consumer<LiveJob> queue;
    private final FinalJobs finals = new FinalJobs();
    private final ReentrantLock adopting = new ReentrantLock();

    /** A job that a caller may see, and what it is in memory until it is final. */
    record Found(Optional<LiveJob> live, Job job) {}

    /** @param queue puts a job into the lane where it belongs */
    Lookup(Store store, LiveJobs jobs, Guard guard, Consumer<LiveJob> queue) {
        this.store = store;
        this.jobs = jobs;
        this.guard = guard;
        this.queue = queue;
    }

    /** A row's job, or what it is by now. */
    Job current(JobRow row) {
        return jobs.find(row.job().id()).map(LiveJob::current).orElse(row.job());
    }

    /** A job in the store, if this caller may see it. */
    JobRow row(Caller caller, String id) throws ServiceException {
        return guard.stored(() -> store.job(id))
                .filter(row -> caller.owns(row.job().account()))
                .orElseThrow(() -> Errors.notFound("job", id));
    }

    /** A job, if this caller may see it. */
    Found find(Caller caller, String id) throws ServiceException {
        Optional<LiveJob> live = jobs.find(id);
        Optional<Job> job = live.map(LiveJob::current).or(() -> finals.find(id));
        if (job.isEmpty()) {
            Job read = row(caller, id).job();
            if (!read.state().isFinal()) {
                // It was accepted just now and is about to be in memory, or never got there.
                live = guard.stored(() -> adopt(id));
                read = live.isPresent() ? live.get().current() : row(caller, id).job();
            }
            if (live.isEmpty()) finals.add(read);
            job = Optional.of(read);
        }
        if (!caller.owns(job.get().account())) throw Errors.notFound("job", id);
        return new Found(live, job.get());
    }

    /**
     * The job in memory, of one whose row is not final; nothing if it has become so. What accepting it left out of
     * memory, because there was none left or the thread died, is taken in: once nobody is about to do that, a job that
     * is not in memory and then not final in the store is nobody's.
     */
    private Optional<LiveJob> adopt(String id) throws StorageException {
        while (jobs.isExpected(id)) {
            Optional<LiveJob> arrived = jobs.find(id);
            if (arrived.isPresent()) return arrived;
            LockSupport.parkNanos(ARRIVING.toNanos());
        }
        adopting.lock();
        try {
            Optional<LiveJob> live = jobs.find(id);
            if (live.isPresent()) return live;
            Optional<JobRow> row =
                    store.job(id).filter(found -> !found.job().state().isFinal());
            if (row.isEmpty()) return Optional.empty();
            LiveJob job = jobs.add(row.get());
            queue.accept(job);
            return Optional.of(job);
        } finally {
            adopting.unlock();
        }
    }

    /** Takes in what should be in memory and is not. */
    void adoptAll() throws StorageException {
        for (JobRow row : store.unfinished()) {
            String id = row.job().id();
            if (jobs.find(id).isEmpty()) adopt(id);
        }
    }

    /** Final jobs may have gone. */
    void forget() {
        finals.clear();
    }
}
