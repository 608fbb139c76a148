package dev.aver.server.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two lanes of workers. The execution lane runs programs, which tells what proving them takes; the proof lane proves,
 * as many at once as it has workers and their predictions fit the memory. The proof whose turn it is waits until it
 * fits, and no later one overtakes it, or a large one might wait for ever.
 */
final class Scheduler {
    /** What the workers do. */
    interface Work {
        /** Runs a job's program. */
        void execute(LiveJob job);

        /** Proves a job's run. */
        void prove(LiveJob job);

        /** Bytes that proving a job takes. */
        long memory(LiveJob job);
    }

    private final Work work;
    private final long budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue executions = new FairQueue();
    private final FairQueue proofs = new FairQueue();
    private final List<Thread> threads = new ArrayList<>();
    private long taken;
    private int running;
    private boolean stopping;

    Scheduler(Work work, long budget) {
        this.work = work;
        this.budget = budget;
    }

    void start(int executors, int provers) {
        for (int i = 0; i < executors; i++) start("aver-execute-" + i, this::executeAll);
        for (int i = 0; i < provers; i++) start("aver-prove-" + i, this::proveAll);
    }

    private void start(String name, Runnable loop) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(loop));
    }

    /** A job's program is to be run. */
    void queueExecution(LiveJob job) {
        change(() -> executions.add(job));
    }

    /** A job's run is to be proven. */
    void queueProof(LiveJob job) {
        change(() -> proofs.add(job));
    }

    /** A job is not to be worked on. */
    void remove(LiveJob job) {
        change(() -> {
            executions.remove(job);
            proofs.remove(job);
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void executeAll() {
        for (Optional<LiveJob> job = next(executions, false); job.isPresent(); job = next(executions, false)) {
            try {
                work.execute(job.get());
            } finally {
                done(0);
            }
        }
    }

    private void proveAll() {
        for (Optional<LiveJob> job = next(proofs, true); job.isPresent(); job = next(proofs, true)) {
            long memory = need(job.get());
            try {
                work.prove(job.get());
            } finally {
                done(memory);
            }
        }
    }

    /** A struck job, and one whose prediction exceeds everything, run alone. */
    private long need(LiveJob job) {
        return job.struck() ? budget : Math.min(work.memory(job), budget);
    }

    /** The job whose turn it is, as soon as it fits; empty when workers are to end. */
    private Optional<LiveJob> next(FairQueue queue, boolean bounded) {
        lock.lock();
        try {
            while (!stopping) {
                Optional<LiveJob> job = queue.peek();
                if (job.isPresent()) {
                    long memory = bounded ? need(job.get()) : 0;
                    if (taken + memory <= budget) {
                        queue.take(job.get());
                        taken += memory;
                        running++;
                        return job;
                    }
                }
                changed.awaitUninterruptibly();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void done(long memory) {
        change(() -> {
            taken -= memory;
            running--;
        });
    }

    /** No worker takes another job. */
    void stop() {
        change(() -> stopping = true);
    }

    /** Waits until all workers have ended. */
    boolean awaitEnd(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        boolean ended = true;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) break;
                try {
                    thread.join(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            ended &= !thread.isAlive();
        }
        if (interrupted) Thread.currentThread().interrupt();
        return ended;
    }

    /** Jobs that wait. */
    int waiting() {
        lock.lock();
        try {
            return executions.size() + proofs.size();
        } finally {
            lock.unlock();
        }
    }

    /** Jobs that workers have. */
    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of the proofs that run. */
    long memoryTaken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
