package dev.aver.prover.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {
    private static final int LENGTH = 1 << 16;

    @Test
    void whatIsGivenIsTakenAgain() {
        BufferPool pool = new BufferPool(Long.MAX_VALUE);
        int[] first = pool.take(LENGTH);
        int[] second = pool.take(LENGTH);
        assertThat(second).isNotSameAs(first);
        pool.give(first);
        assertThat(pool.take(LENGTH - 100)).isSameAs(first);
        assertThat(pool.peak()).isEqualTo(2 * LENGTH);
    }

    @Test
    void noMuchLongerOneWhileThereIsRoom() {
        BufferPool pool = new BufferPool(3 * LENGTH);
        int[] longer = pool.take(2 * LENGTH);
        pool.give(longer);
        int[] fitting = pool.take(LENGTH);
        assertThat(fitting).hasSize(LENGTH);
        assertThat(pool.take(LENGTH)).as("no room for a new one").isSameAs(longer);
    }

    @Test
    void noMoreThanTheLimitIsKept() {
        BufferPool pool = new BufferPool(3 * LENGTH);
        for (int i = 1; i <= 3; i++) {
            int[] array = pool.take(i * LENGTH);
            pool.give(array);
        }
        assertThat(pool.peak()).isEqualTo(3 * LENGTH);
        assertThat(pool.take(3 * LENGTH)).hasSize(3 * LENGTH);
    }

    @Test
    void aLeaseTakesBackWhatWasTakenDuringIt() {
        BufferPool pool = new BufferPool(Long.MAX_VALUE);
        int[] before = pool.take(LENGTH);
        int[] during = pool.lease(() -> {
            pool.give(pool.take(LENGTH));
            return pool.take(2 * LENGTH);
        });
        assertThat(pool.peak()).isEqualTo(4 * LENGTH);
        pool.take(LENGTH);
        assertThat(pool.take(2 * LENGTH)).isSameAs(during);
        assertThat(pool.peak()).isEqualTo(4 * LENGTH);
        pool.give(before);
        assertThatIllegalStateException().isThrownBy(() -> pool.give(before));
    }

    @Test
    void zerosAreZero() {
        BufferPool pool = new BufferPool(Long.MAX_VALUE);
        int[] array = pool.take(LENGTH);
        Arrays.fill(array, -1);
        pool.give(array);
        assertThat(pool.zeros(LENGTH)).isSameAs(array).containsOnly(0);
    }
}
