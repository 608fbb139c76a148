package dev.aver.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String manifest, String text) throws Exception {
        Path file = folder.resolve(manifest);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aSampleThatEndsIsOneLineOfAManifest() throws Exception {
        write("samples/manifest.tsv", """
                # case	program	sha256	input	exit	stdout	journal
                sum/one	prebuilt/sum.elf	00	samples/sum/one.input	0	-	-
                sum/two	prebuilt/sum.elf	00	samples/sum/two.input	trap	-	-
                self/all	prebuilt/self.elf	00	selftest/all.input	0	-	-
                """);
        write("rust/samples/manifest.tsv", "book/day\tprebuilt/book.elf\t00\trust/samples/day.input\t3\t-\t-\n");
        assertThat(Sample.all(folder))
                .containsExactly(
                        new Sample(
                                "sum/one", folder.resolve("prebuilt/sum.elf"), folder.resolve("samples/sum/one.input")),
                        new Sample(
                                "book/day",
                                folder.resolve("prebuilt/book.elf"),
                                folder.resolve("rust/samples/day.input")));
        assertThat(Sample.all(folder).getFirst().programName()).isEqualTo("sum");
    }

    @Test
    void anotherFileIsNoManifest() throws Exception {
        write("samples/manifest.tsv", "hello\n");
        assertThatThrownBy(() -> Sample.all(folder))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("hello");
        assertThatThrownBy(() -> Sample.all(folder.resolve("none")))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("no such file");
    }
}
