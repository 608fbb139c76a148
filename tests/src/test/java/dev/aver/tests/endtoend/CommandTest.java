package dev.aver.tests.endtoend;

import static dev.aver.tests.endtoend.Command.CLONE;
import static dev.aver.tests.endtoend.Command.PREBUILT;
import static dev.aver.tests.endtoend.Command.SAMPLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.tests.endtoend.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the command together. */
final class CommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Result aver(byte[] input, String... arguments) throws IOException, InterruptedException {
        return Command.aver(folder, input, arguments);
    }

    private Result aver(String... arguments) throws IOException, InterruptedException {
        return aver(new byte[0], arguments);
    }

    private static byte[] sample(String file) throws IOException {
        return Files.readAllBytes(CLONE.resolve(SAMPLES + file));
    }

    @Test
    void standardOutputIsTheGuestsAlone() throws Exception {
        Path report = folder.resolve("report.json");
        Result run = aver(
                "run",
                "-v",
                PREBUILT + "fibonacci.elf",
                "--report",
                report.toString(),
                "--input",
                SAMPLES + "fibonacci/cases/default.input");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(sample("fibonacci/cases/default.stdout"));
        assertThat(run.err()).contains("cycles");
        assertThat(Files.readString(report)).contains("\"cycles\"", "1256800", "\"misalignedAccesses\"");
    }

    @Test
    void readsStandardInputAndWritesTheJournal() throws Exception {
        Path journal = folder.resolve("journal");
        Result run = aver(
                sample("fibonacci/cases/n93.input"),
                "run",
                PREBUILT + "fibonacci.elf",
                "--input",
                "-",
                "--journal",
                journal.toString());
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(journal))).isEqualTo("5d0000000000000002271f2242ad4fa9");
    }

    @Test
    void endsWithTheGuestsExitCode() throws Exception {
        String selftest = "zkvm/guest/selftest/cases/";
        assertThat(aver("run", PREBUILT + "selftest.elf", "--input", selftest + "exit-ff.input")
                        .status())
                .isEqualTo(255);
        assertThat(aver("run", PREBUILT + "selftest.elf", "--input", selftest + "exit-100.input")
                        .status())
                .isZero(); // 0x100
    }

    @Test
    void failuresHaveStatusesAndMessagesOfTheirOwn() throws Exception {
        Result trap = aver("run", PREBUILT + "selftest.elf", "--input", "zkvm/guest/selftest/cases/null.input");
        assertThat(trap.status()).isEqualTo(123);
        assertThat(trap.err()).contains("main+").contains("load");

        Result limit = aver(
                "run",
                PREBUILT + "fibonacci.elf",
                "--limit-cycles",
                "1000",
                "--input",
                SAMPLES + "fibonacci/cases/default.input");
        assertThat(limit.status()).isEqualTo(124);
        assertThat(limit.err()).contains("--limit-cycles");

        Result invalid = aver("run", "pom.xml");
        assertThat(invalid.status()).isEqualTo(122);
        assertThat(invalid.text()).isEmpty();

        assertThat(aver("run", "no-such-file.elf").status()).isEqualTo(121);
        assertThat(aver("run").status()).isEqualTo(120);
    }

    @Test
    void inspectsAndExplainsItself() throws Exception {
        Result inspect = aver("inspect", PREBUILT + "ed25519.elf");
        assertThat(inspect.status()).isZero();
        assertThat(inspect.text()).contains("entry").contains("mul");
        assertThat(aver("--help").text()).contains("run").contains("inspect");
    }
}
