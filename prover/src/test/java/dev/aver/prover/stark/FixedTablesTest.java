package dev.aver.prover.stark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.FixedKeys;
import dev.aver.prover.backend.ScalarBackend;
import dev.aver.verifier.stark.FixedTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verifier's pinned commitments are those of the tables; {@code -Daver.pin=DIR} writes them there instead. */
final class FixedTablesTest {
    @ParameterizedTest
    @ValueSource(strings = {"poseidon2-koalabear-24", "blake3"})
    void arePinned(String name) throws IOException {
        HashSuite suite = HashSuite.named(name).orElseThrow();
        int[] cap = FixedKeys.compute(new ScalarBackend(2), suite).tree().cap();
        String directory = System.getProperty("aver.pin");
        if (directory != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int at = 0; at < cap.length; at += suite.digestLength()) bytes.writeBytes(suite.encode(cap, at));
            Files.write(Path.of(directory, name + ".cap"), bytes.toByteArray());
        }
        assertThat(FixedTables.key(suite).fixedCap()).isEqualTo(cap);
    }
}
