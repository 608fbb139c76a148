package dev.aver.prover.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work shared among a fixed number of threads: tasks are numbered, and each thread takes the next number when it is
 * done with one. Steps are long, so threads live for one call, and nothing has to be closed.
 *
 * @param threads at least 1; the caller is one of them
 */
public record Parallel(int threads) {
    /** A task with the buffers of the thread that runs it. */
    public interface Task<S> {
        /** Runs task {@code number}. */
        void run(int number, S scratch);
    }

    /** @throws IllegalArgumentException if there is no thread */
    public Parallel {
        if (threads < 1) throw new IllegalArgumentException(threads + " threads");
    }

    /** Runs the tasks 0 to {@code tasks − 1}, each once, in any order and on any thread. */
    public void run(int tasks, IntConsumer task) {
        run(tasks, () -> task, (number, consumer) -> consumer.accept(number));
    }

    /**
     * The same for tasks that need buffers, of which each thread has its own.
     *
     * @return the buffers. Which task used which is chance, so what is made of their contents must not depend on it
     */
    public <S> List<S> run(int tasks, Supplier<S> scratch, Task<S> task) {
        Queue<S> queue = new Queue<>(tasks, task);
        List<S> scratches = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, tasks); i++) scratches.add(scratch.get());
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < scratches.size(); i++) {
            S own = scratches.get(i);
            helpers.add(Thread.ofPlatform().daemon().name("aver-prover-" + i).start(() -> queue.drain(own)));
        }
        if (tasks > 0) queue.drain(scratches.getFirst());
        for (Thread helper : helpers) join(helper);
        queue.rethrow();
        return scratches;
    }

    /** Waits, whatever interrupts: the buffers are in use until the thread has ended. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** The tasks that nobody has taken yet. */
    private static final class Queue<S> {
        private final int tasks;
        private final Task<S> task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Queue(int tasks, Task<S> task) {
            this.tasks = tasks;
            this.task = task;
        }

        /** Takes tasks until there are none, or one has failed. */
        void drain(S scratch) {
            try {
                while (failure.get() == null) {
                    int number = next.getAndIncrement();
                    if (number >= tasks) return;
                    task.run(number, scratch);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) throw error;
            if (thrown instanceof RuntimeException exception) throw exception;
        }
    }
}
