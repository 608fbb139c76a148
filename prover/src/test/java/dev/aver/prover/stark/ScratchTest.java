package dev.aver.prover.stark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void eachThreadHasItsOwnAndKeepsIt() throws InterruptedException {
        Scratch<Object> scratch = new Scratch<>(Object::new);
        Object own = scratch.get();
        assertThat(scratch.get()).isSameAs(own);
        Set<Object> others = ConcurrentHashMap.newKeySet();
        Thread other = Thread.ofPlatform().start(() -> others.addAll(List.of(scratch.get(), own)));
        other.join();
        assertThat(others).hasSize(2);
    }

    /** What a proof worked on is memory for the next one, though the threads live on: this one and the pool's. */
    @Test
    void itIsGoneWithTheWork() throws InterruptedException {
        List<WeakReference<int[]>> used = work();
        assertThat(used).isNotEmpty();
        for (int i = 0; i < 100 && used.stream().anyMatch(array -> array.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(used).allMatch(array -> array.get() == null);
    }

    private static List<WeakReference<int[]>> work() {
        Set<WeakReference<int[]>> used = ConcurrentHashMap.newKeySet();
        Scratch<int[]> scratch = new Scratch<>(() -> {
            int[] array = new int[1 << 16];
            used.add(new WeakReference<>(array));
            return array;
        });
        IntStream.range(0, 1000).parallel().forEach(i -> scratch.get()[i]++);
        return List.copyOf(used);
    }
}
