package dev.aver.server.engine;

import dev.aver.server.service.Job;
import dev.aver.server.service.ProvingService.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells listeners of a job, each on a virtual thread of its own, so that a slow one delays nobody. */
final class Watchers {
    private static final long LONG = Long.MAX_VALUE;

    private Watchers() {}

    /** Of a job that is not final. */
    static Subscription watch(LiveJob job, Consumer<Job> listener) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().name("aver-watch").start(() -> {
            Job told = job.current();
            try {
                while (!closed.get()) {
                    listener.accept(told);
                    if (told.state().isFinal()) return;
                    told = job.await(told.version(), LONG);
                }
            } catch (InterruptedException e) {
                // It was closed.
            }
        });
        return () -> {
            closed.set(true);
            thread.interrupt();
        };
    }

    /** Of a job that is final: it is told once. */
    static Subscription tell(Job job, Consumer<Job> listener) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread.ofVirtual().name("aver-watch").start(() -> {
            if (!closed.get()) listener.accept(job);
        });
        return () -> closed.set(true);
    }
}
