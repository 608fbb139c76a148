package dev.aver.prover.attack;

import dev.aver.prover.backend.BufferPool;
import dev.aver.prover.backend.Buffers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pool whose arrays hold rubbish when they are taken and when they have been given, and are longer than asked for.
 */
final class SoiledBuffers implements Buffers {
    /** No element of K. */
    private static final int RUBBISH = 0xdeadbeef;

    private final BufferPool pool = new BufferPool(Long.MAX_VALUE);
    private final List<int[]> lent = new ArrayList<>();

    @Override
    public synchronized int[] take(int length) {
        int[] array = pool.take(length + 5);
        Arrays.fill(array, RUBBISH);
        lent.add(array);
        return array;
    }

    @Override
    public synchronized void give(int[] array) {
        if (!lent.removeIf(one -> one == array)) throw new IllegalStateException("not taken, or given twice");
        Arrays.fill(array, RUBBISH);
        pool.give(array);
    }

    /** How many arrays are in use. */
    int lent() {
        return lent.size();
    }

    /** Gives all that were taken, but for the first so many. */
    void giveAllBut(int kept) {
        for (int[] array : List.copyOf(lent.subList(kept, lent.size()))) give(array);
    }
}
