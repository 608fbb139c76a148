package dev.aver.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.cli.CliTestBase;
import dev.aver.zkvm.testing.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no receipt; tests/endtoend has the rest. */
final class VerifyCommandTest extends CliTestBase {
    private static final String ID = "00".repeat(36);

    @Test
    void whatIsNoReceiptIsRejected() throws Exception {
        Path file = write("receipt", "AVER, but not one".getBytes(UTF_8));
        Result result = aver("verify", file, "--image-id", ID, "--json");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(JSON.std.mapFrom(result.out()))
                .containsEntry("valid", false)
                .containsEntry("reason", "version")
                .containsKeys("message", "wallSeconds", "receiptBytes")
                .doesNotContainKeys("imageId", "journal");
        Result text = aver("verify", write("empty", new byte[0]), "--image-id", ID);
        assertThat(text.status()).isEqualTo(1);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("not valid (malformed)");
    }

    @Test
    void theProgramHasToBeNamedOnce() throws Exception {
        Path file = write("receipt", new byte[1]);
        Path program = program(new Code().at("_start").exit(0));
        assertThat(aver("verify", file).err()).contains("--program", "--image-id");
        assertThat(aver("verify", file).status()).isEqualTo(120);
        assertThat(aver("verify", file, "--image-id", ID, "--program", program).status())
                .isEqualTo(120);
        assertThat(aver("verify", file, "--program", program).status()).isEqualTo(1);
        assertThat(aver("verify", file, "--program", file).status()).isEqualTo(122);
        assertThat(aver("verify", directory.resolve("none"), "--program", program)
                        .status())
                .isEqualTo(121);
    }

    @ParameterizedTest
    @CsvSource({
        "--min-bits, 99, less than 100",
        "--exit-code, -1, 4294967295",
        "--exit-code, 4294967296, 4294967295",
        "--image-id, 12, hexadecimal",
    })
    void wrongOptionsAreNamed(String option, String value, String message) throws Exception {
        Path file = write("receipt", new byte[1]);
        Object[] arguments = option.equals("--image-id")
                ? new Object[] {"verify", file, option, value}
                : new Object[] {"verify", file, "--image-id", ID, option, value};
        Result result = aver(arguments);
        assertThat(result.status()).isEqualTo(120);
        assertThat(result.err()).contains(option).contains(message);
    }

    @Test
    void anImageIdIsWhatInspectPrints() throws Exception {
        Path program = program(new Code().at("_start").exit(0));
        String id = (String)
                JSON.std.mapFrom(aver("inspect", program, "--json").out()).get("imageId");
        assertThat(id).matches("[0-9a-f]{72}");
        assertThat(aver("verify", write("receipt", new byte[1]), "--image-id", id)
                        .status())
                .isEqualTo(1);
        assertThat(aver("inspect", program).out()).contains(id);
    }
}
