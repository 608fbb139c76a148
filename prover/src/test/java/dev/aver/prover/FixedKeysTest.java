package dev.aver.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.Opening;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Backends;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.verifier.stark.FixedTables;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Computed by one process, read by the next, which opens the same. */
    @ParameterizedTest
    @ValueSource(strings = {"poseidon2-koalabear-24", "blake3"})
    void areReadFromWhereTheyWereWritten(String name, @TempDir Path directory) throws IOException {
        HashSuite suite = HashSuite.named(name).orElseThrow();
        Path file = directory.resolve(name + ".key");
        CommittedMatrices computed = FixedKeys.in(directory).of(backend, suite);
        assertThat(directory).isDirectoryContaining(file::equals);
        CommittedMatrices read = FixedKeys.in(directory).of(unused(), suite);
        assertThat(read.codewords()).containsExactlyElementsOf(computed.codewords());
        assertThat(read.tree().shape()).isEqualTo(computed.tree().shape());
        assertThat(read.tree().cap()).isEqualTo(computed.tree().cap());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            int index = random.nextInt(1 << computed.tree().shape().logHeight());
            Opening opening = read.tree().open(index);
            assertThat(opening.rows()).isEqualTo(computed.tree().open(index).rows());
            assertThat(opening.isIn(cap(suite), suite, computed.tree().shape(), index))
                    .as("index %d", index)
                    .isTrue();
        }
    }

    @Test
    void areComputedWhereTheFileIsNotTheirs(@TempDir Path directory) throws IOException {
        HashSuite suite = HashSuite.BLAKE3;
        Path file = directory.resolve("blake3.key");
        CommittedMatrices computed = FixedKeys.in(directory).of(backend, suite);
        byte[] written = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(6);
        List<byte[]> others = new ArrayList<>();
        others.add(new byte[0]);
        others.add(Arrays.copyOf(written, 10));
        others.add(Arrays.copyOf(written, written.length - 4));
        others.add(Arrays.copyOf(written, written.length + 4));
        // Of the format, the checksum, the codewords, the cap, the leaves' digests.
        for (int at : new int[] {7, 8, 16, 1 << 20, 9 << 19, written.length - 1}) others.add(damaged(written, at));
        for (int i = 0; i < 5; i++) others.add(damaged(written, random.nextInt(written.length)));
        for (byte[] other : others) {
            Files.write(file, other);
            assertThat(new FixedKeyFile(file, suite, computed.tree().shape()).read(cap(suite)))
                    .as("%d bytes", other.length)
                    .isEmpty();
        }
        assertThat(FixedKeys.in(directory).of(backend, suite).tree().cap()).isEqualTo(cap(suite));
        assertThat(file).as("is written again").hasBinaryContent(written);
        int[] otherMachines = cap(suite).clone();
        otherMachines[3] ^= 1;
        assertThat(new FixedKeyFile(file, suite, computed.tree().shape()).read(otherMachines))
                .isEmpty();
    }

    @Test
    void areComputedWhereNothingCanBeWritten(@TempDir Path directory) {
        Path nowhere = directory.resolve("missing");
        CommittedMatrices computed = FixedKeys.in(nowhere).of(backend, HashSuite.BLAKE3);
        assertThat(computed.tree().cap()).isEqualTo(cap(HashSuite.BLAKE3));
        assertThat(nowhere).doesNotExist();
    }

    private static byte[] damaged(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 0x10;
        return copy;
    }

    /** A backend that does nothing but fail. */
    private static Backend unused() {
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " is called");
                });
    }

    private static int[] cap(HashSuite suite) {
        return FixedTables.key(suite).fixedCap();
    }
}
