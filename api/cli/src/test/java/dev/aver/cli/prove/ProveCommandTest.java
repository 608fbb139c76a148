package dev.aver.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.cli.CliTestBase;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not end in a proof; tests/endtoend has what does. */
final class ProveCommandTest extends CliTestBase {
    private Path out() {
        return directory.resolve("receipt");
    }

    @Test
    void aRunThatTrapsHasNoProofAndLeavesNoFile() throws Exception {
        Path program = program(new Code().at("_start").op(Op.EBREAK, 0, 0, 0, 0));
        Result result = aver("prove", program, "--out", out());
        assertThat(result.status()).isEqualTo(123);
        assertThat(result.err()).contains("aver: trap", "last instructions");
        assertThat(result.out()).isEmpty();
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(program));
    }

    @Test
    void jsonSaysWhyThereIsNoProof() throws Exception {
        Path program = program(new Code().at("_start").nops(100).exit(0));
        Result result = aver("prove", program, "--out", out(), "--limit-cycles", "50", "--json");
        assertThat(result.status()).isEqualTo(124);
        assertThat(JSON.std.mapFrom(result.out()))
                .containsEntry("schemaVersion", 1)
                .containsEntry("proved", false)
                .containsEntry("reason", "limit-reached");
        assertThat(result.err()).contains("--limit-cycles");
    }

    @Test
    void aJournalThatTheProgramDoesNotVouchForHasNoProof() throws Exception {
        Result result = aver("prove", halting("one", "another", 0), "--out", out());
        assertThat(result.status()).isEqualTo(126);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNumbers() throws Exception {
        Path program = program(new Code().at("_start").exit(0));
        Result result = aver("prove", program, "--out", out(), "--memory", "1m", "--json");
        assertThat(result.status()).isEqualTo(119);
        assertThat(result.err()).contains("MiB are allowed");
        assertThat(JSON.std.mapFrom(result.out())).containsEntry("reason", "memory");
    }

    @ParameterizedTest
    @CsvSource({
        "--segment-cycles, 16385, power of two",
        "--segment-cycles, 8192, power of two",
        "--segment-cycles, 4194304, power of two",
        "--memory, 1000t, AVER_JAVA_OPTS",
        "--hash, md5, POSEIDON2",
        "--backend, gpu, SCALAR",
        "--seed, x, seed",
    })
    void wrongOptionsAreNamed(String option, String value, String message) throws Exception {
        Path program = program(new Code().at("_start").exit(0));
        Result result = aver("prove", program, "--out", out(), option, value);
        assertThat(result.status()).isEqualTo(120);
        assertThat(result.err()).contains(option).contains(message);
    }

    @Test
    void filesAreCheckedBeforeAnythingRuns() throws Exception {
        Path program = writing(1, "ran", 0);
        assertThat(aver("prove", program).status()).isEqualTo(120);
        assertThat(aver("prove", program, "--out", program).status()).isEqualTo(120);
        Result nowhere = aver("prove", program, "--out", directory.resolve("no/where"));
        assertThat(nowhere.status()).isEqualTo(121);
        assertThat(nowhere.err()).doesNotContain("ran");
        assertThat(aver("prove", program, "--out", out(), "--checkpoint", program)
                        .status())
                .isEqualTo(121);
        assertThat(aver("prove", directory.resolve("none"), "--out", out()).status())
                .isEqualTo(121);
        assertThat(aver("prove", write("text", new byte[100]), "--out", out()).status())
                .isEqualTo(122);
    }
}
