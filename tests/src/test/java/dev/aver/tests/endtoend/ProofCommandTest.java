package dev.aver.tests.endtoend;

import static dev.aver.tests.endtoend.Command.PREBUILT;
import static dev.aver.tests.endtoend.Command.SAMPLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.tests.endtoend.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt from the shell to the shell: one proof, and everything that can be demanded of it. */
final class ProofCommandTest {
    private static final String PROGRAM = PREBUILT + "fibonacci.elf";
    private static final String INPUT = SAMPLES + "fibonacci/cases/n93.input";
    private static final String JOURNAL = "5d0000000000000002271f2242ad4fa9";

    @TempDir
    private static Path folder = Path.of("");

    private static Path receipt = Path.of("");
    private static Result proof = new Result(-1, new byte[0], "");

    private static Result aver(String... arguments) throws IOException, InterruptedException {
        return Command.aver(folder, new byte[0], arguments);
    }

    @BeforeAll
    static void prove() throws Exception {
        receipt = folder.resolve("receipt");
        proof = aver(
                "prove",
                PROGRAM,
                "--input",
                INPUT,
                "--out",
                receipt.toString(),
                "--bind-input",
                "--segment-cycles",
                "16384",
                "--trace",
                folder.resolve("timeline").toString(),
                "--json");
    }

    private static Result verify(Path file, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 2];
        command[0] = "verify";
        command[1] = file.toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return aver(command);
    }

    @Test
    void provingSaysWhatItTookAndWarnsOfTheInput() {
        assertThat(proof.err()).contains("does not hide the input").doesNotContain("internal error");
        assertThat(proof.status()).isZero();
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
        assertThat(proof.text())
                .contains("\"proved\" : true", "\"provableBits\" : 128", "\"inputBound\" : true", "\"phases\"");
        // The guest's console is not on standard output.
        assertThat(proof.text()).startsWith("{");
        assertThat(proof.err()).contains("F(93) mod 2^64");
    }

    @Test
    void theTimelineHasThePhases() throws Exception {
        assertThat(Files.readString(folder.resolve("timeline")))
                .startsWith("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[")
                .contains("fibonacci.elf n93.input", "\"segment 0\"", "\"commit\"", "\"cells\":", "\"bytes\":");
    }

    @Test
    void aValidReceiptIsAccepted() throws Exception {
        Result valid = verify(receipt, "--program", PROGRAM, "--bind-input", INPUT, "--json");
        assertThat(valid.status()).isZero();
        assertThat(valid.text())
                .contains("\"valid\" : true", "\"exitCode\" : 0", JOURNAL, "\"provableBits\" : 128", "\"imageId\"");
        Result explained = verify(receipt, "--program", PROGRAM, "--explain");
        assertThat(explained.status()).isZero();
        assertThat(explained.text()).contains("128 provable bits", "Johnson", "queries");
    }

    @Test
    void whatIsDemandedAndNotProvenIsRejected() throws Exception {
        Result program = verify(receipt, "--program", PREBUILT + "json.elf", "--json");
        assertThat(program.status()).isEqualTo(1);
        assertThat(program.text())
                .contains("\"valid\" : false", "\"reason\" : \"image-id\"")
                .doesNotContain(JOURNAL);
        Result exitCode = verify(receipt, "--program", PROGRAM, "--exit-code", "7");
        assertThat(exitCode.status()).isEqualTo(1);
        assertThat(exitCode.err()).contains("(exit-code)");
        Result bits = verify(receipt, "--program", PROGRAM, "--min-bits", "140", "--json");
        assertThat(bits.status()).isEqualTo(1);
        assertThat(bits.text()).contains("\"reason\" : \"security\"");
        Result input = verify(receipt, "--program", PROGRAM, "--bind-input", PROGRAM, "--json");
        assertThat(input.status()).isEqualTo(1);
        assertThat(input.text()).contains("\"reason\" : \"input\"");
    }

    @Test
    void corruptReceiptsAreRejected() throws Exception {
        byte[] bytes = Files.readAllBytes(receipt);
        byte[] flipped = bytes.clone();
        flipped[bytes.length - 1000] ^= 1;
        assertRejected(flipped, "opening");
        assertRejected(Arrays.copyOf(bytes, bytes.length + 1), "trailing-bytes");
        assertRejected(Arrays.copyOf(bytes, bytes.length - 1), "malformed");
        assertRejected(new byte[0], "malformed");
    }

    private static void assertRejected(byte[] bytes, String reason) throws Exception {
        Path file = Files.write(folder.resolve("corrupt"), bytes);
        Result rejected = verify(file, "--program", PROGRAM, "--json");
        assertThat(rejected.status()).as(reason).isEqualTo(1);
        assertThat(rejected.text()).contains("\"valid\" : false", "\"reason\" : \"" + reason + "\"");
        assertThat(rejected.err()).isEmpty();
    }

    @Test
    void missingFilesAndWrongArgumentsHaveStatusesOfTheirOwn() throws Exception {
        assertThat(verify(folder.resolve("none"), "--program", PROGRAM).status())
                .isEqualTo(121);
        assertThat(verify(receipt, "--program", "pom.xml").status()).isEqualTo(122);
        assertThat(verify(receipt).status()).isEqualTo(120);
        Result trap = aver(
                "prove",
                PREBUILT + "selftest.elf",
                "--input",
                "zkvm/guest/selftest/cases/null.input",
                "--out",
                folder.resolve("trap").toString(),
                "--json");
        assertThat(trap.status()).isEqualTo(123);
        assertThat(trap.text()).contains("\"proved\" : false", "\"reason\" : \"trapped\"");
        assertThat(folder.resolve("trap")).doesNotExist();
    }

    @Test
    void aReceiptCanBeLookedInto() throws Exception {
        Result inspected = aver("inspect", receipt.toString());
        assertThat(inspected.status()).isZero();
        assertThat(inspected.text()).contains("composite receipt", "not verified", JOURNAL, "segment 0", "program 2^");
    }
}
