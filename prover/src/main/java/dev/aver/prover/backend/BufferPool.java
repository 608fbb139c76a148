package dev.aver.prover.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are used again. The memory that the system had to find and clear once is found and cleared no more, and
 * the collector has nothing to do: proofs of equal segments take the same arrays again and again.
 *
 * <p>Safe for use by several threads at once.
 */
public final class BufferPool implements Buffers {
    /** Elements below which an array is not worth keeping. */
    private static final int SMALL = 1 << 12;

    /** An array may be longer than what is asked for by one part in so many, as long as new ones may be made. */
    private static final int WASTE = 8;

    private final long limit;

    /** By length. */
    private final NavigableMap<Integer, Deque<int[]>> free = new TreeMap<>();

    /** What is in use, with its number among all that were taken. */
    private final IdentityHashMap<int[], Long> lent = new IdentityHashMap<>();

    private long taken;
    private long held;
    private long peak;

    /**
     * An empty pool.
     *
     * @param limit elements in all arrays together from which on it drops free ones rather than keep more
     */
    public BufferPool(long limit) {
        this.limit = limit;
    }

    /** Does some work; at its end, everything taken since its beginning comes back. */
    public <T> T lease(Supplier<T> work) {
        long first = taken();
        try {
            return work.get();
        } finally {
            giveSince(first);
        }
    }

    private synchronized long taken() {
        return taken;
    }

    /** The most elements that were held at once, in use or free. */
    public synchronized long peak() {
        return peak;
    }

    @Override
    public synchronized int[] take(int length) {
        if (length < SMALL) return new int[length];
        int[] array = find(length);
        if (array == null) {
            while (held + length > limit && !free.isEmpty()) held -= pull(free.lastKey()).length;
            array = new int[length];
            held += length;
            peak = Math.max(peak, held);
        }
        lent.put(array, taken++);
        return array;
    }

    /** The shortest free array that will do. */
    private int @Nullable [] find(int length) {
        Integer shortest = free.ceilingKey(length);
        if (shortest == null) return null;
        boolean fits = shortest - length <= length / WASTE;
        return fits || held + length > limit ? pull(shortest) : null;
    }

    private int[] pull(int length) {
        Deque<int[]> equals = Objects.requireNonNull(free.get(length));
        int[] array = equals.pop();
        if (equals.isEmpty()) free.remove(length);
        return array;
    }

    /**
     * Takes back an array.
     *
     * @throws IllegalStateException if it is not in use: some holder of it will find another's elements there
     */
    @Override
    public synchronized void give(int[] array) {
        if (array.length < SMALL) return;
        if (lent.remove(array) == null) throw new IllegalStateException("an array of another place, or given twice");
        keep(array);
    }

    private void keep(int[] array) {
        free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }

    private synchronized void giveSince(long first) {
        lent.entrySet().removeIf(entry -> {
            if (entry.getValue() < first) return false;
            keep(entry.getKey());
            return true;
        });
    }
}
