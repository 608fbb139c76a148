package dev.aver.verifier.stark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables as docs/protocol.md has them for other implementations are the machine's tables. */
final class TablesFileTest {
    private static final Path FILE = Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "tables.json");

    @Test
    void theFileIsUpToDate() throws IOException {
        String text = TablesFile.of(Machine.CURRENT);
        if (Boolean.getBoolean("aver.write")) Files.writeString(FILE, text);
        assertThat(Files.readString(FILE).equals(text))
                .as("docs/tables.json is what -Daver.write=true writes: a table has changed since")
                .isTrue();
    }
}
