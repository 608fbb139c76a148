package dev.aver.prover.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelTest {
    @Test
    void runsEachTaskOnce() {
        for (int threads = 1; threads <= 4; threads++) {
            for (int tasks : new int[] {0, 1, 2, 3, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
                new Parallel(threads).run(tasks, runs::incrementAndGet);
                for (int i = 0; i < tasks; i++)
                    assertThat(runs.get(i)).as("%d of %d", i, tasks).isEqualTo(1);
            }
        }
    }

    @Test
    void givesEachThreadItsBuffer() {
        List<int[]> sums = new Parallel(3).run(100, () -> new int[1], (task, sum) -> sum[0] += task);
        assertThat(sums).hasSize(3);
        assertThat(sums.stream().mapToInt(sum -> sum[0]).sum()).isEqualTo(4950);
    }

    @Test
    void passesOnWhatATaskThrows() {
        for (int threads = 1; threads <= 3; threads++) {
            Parallel parallel = new Parallel(threads);
            assertThatThrownBy(() -> parallel.run(50, task -> {
                        if (task == 20) throw new IllegalStateException("20");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("20");
            assertThatThrownBy(() -> parallel.run(50, task -> {
                        throw new AssertionError("all");
                    }))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
