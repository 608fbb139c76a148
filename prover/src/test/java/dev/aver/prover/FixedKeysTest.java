package dev.aver.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Backends;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.verifier.stark.FixedTables;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class FixedKeysTest {
    private final Backend backend = Backends.pick("auto").backend();

    @Test
    void areMadeOnceWhoeverAsks() throws Exception {
        FixedKeys keys = new FixedKeys();
        Callable<CommittedMatrices> ask = () -> keys.of(backend, HashSuite.POSEIDON2);
        try (ExecutorService several = Executors.newFixedThreadPool(2)) {
            List<Future<CommittedMatrices>> asked = several.invokeAll(List.of(ask, ask, ask));
            CommittedMatrices first = asked.getFirst().get();
            for (Future<CommittedMatrices> other : asked)
                assertThat(other.get()).isSameAs(first);
            assertThat(ask.call()).isSameAs(first);
        }
    }

    @Test
    void areTheVerifiersOfEachSuite() {
        FixedKeys keys = new FixedKeys();
        CommittedMatrices first = keys.of(backend, HashSuite.BLAKE3);
        assertThat(first.tree().cap()).isEqualTo(cap(HashSuite.BLAKE3));
        assertThat(keys.of(backend, HashSuite.POSEIDON2).tree().cap()).isEqualTo(cap(HashSuite.POSEIDON2));
        assertThat(keys.of(backend, HashSuite.BLAKE3)).isSameAs(first);
    }

    private static int[] cap(HashSuite suite) {
        return FixedTables.key(suite).fixedCap();
    }
}
