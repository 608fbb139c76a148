package dev.aver.prover.stark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * An object for each thread that works on something, and gone with it. A {@link ThreadLocal}'s would stay in threads
 * that outlive the work, with all the arrays that it works on: those of the common pool, and a server's.
 */
final class Scratch<T> {
    private final Map<Thread, T> ofThreads = new ConcurrentHashMap<>();
    private final Supplier<T> maker;

    Scratch(Supplier<T> maker) {
        this.maker = maker;
    }

    /** The current thread's. */
    T get() {
        return ofThreads.computeIfAbsent(Thread.currentThread(), thread -> maker.get());
    }
}
