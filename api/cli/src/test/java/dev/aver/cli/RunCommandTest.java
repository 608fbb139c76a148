package dev.aver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest extends CliTestBase {
    @Test
    void standardOutputIsTheGuestsAlone() throws Exception {
        Result result = aver("run", writing(1, "hello\n\u0000", 0), "-v", "--report", directory.resolve("r.json"));
        assertThat(result.out()).isEqualTo("hello\n\u0000");
        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("cycles");
    }

    @Test
    void quietRunsSayNothing() throws Exception {
        assertThat(aver("run", program(new Code().at("_start").exit(0))).err()).isEmpty();
        assertThat(aver("run", writing(2, "oops", 0)).err()).isEqualTo("oops");
    }

    @Test
    void descriptorsKeepTheirOrder() throws Exception {
        Code code = new Code()
                .at("_start")
                .write(1, "a", 1)
                .write(1, "b", 1)
                .write(2, "c", 1)
                .write(1, "d", 1);
        code.exit(0)
                .at("a")
                .string("a")
                .at("b")
                .string("b")
                .at("c")
                .string("c")
                .at("d")
                .string("d");
        StringBuilder log = new StringBuilder();
        assertThat(aver(logging(log, "1:"), logging(log, "2:"), "run", program(code)))
                .isZero();
        assertThat(log.toString()).isEqualTo("1:ab 2:c 1:d ");
    }

    private static OutputStream logging(StringBuilder log, String prefix) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one byte at a time");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                log.append(prefix)
                        .append(new String(bytes, offset, length, UTF_8))
                        .append(' ');
            }
        };
    }

    @Test
    void largeOutputArrivesWhole() throws Exception {
        // A megabyte of zeros from unset memory, in one write, between two small ones.
        Code code = new Code().at("_start").write(1, "a", 1).li(Code.A0, 1).op(Op.LUI, Code.A1, 0, 0, 0x100000);
        code.op(Op.LUI, Code.A2, 0, 0, 0x100000)
                .op(Op.ECALL, 0, 0, 0, 0)
                .write(1, "a", 1)
                .exit(0)
                .at("a")
                .string("a");
        byte[] expected = new byte[0x100000 + 2];
        expected[0] = 'a';
        expected[expected.length - 1] = 'a';
        assertThat(aver("run", program(code)).outBytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "255, 255", "256, 0", "263, 7", "-1, 255", "123, 123"})
    void exitCodeIsTheGuestsLowByte(int code, int status) throws Exception {
        assertThat(aver("run", program(new Code().at("_start").exit(code))).status())
                .isEqualTo(status);
    }

    @Test
    void closedPipeIsNoFailure() throws Exception {
        OutputStream closed = failing("Broken pipe");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(aver(closed, err, "run", writing(1, "hello", 5))).isEqualTo(5);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void fullDiskIsAFailure() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path report = directory.resolve("r.json");
        Path program = writing(1, "hello", 5);
        assertThat(aver(failing("No space left on device"), err, "run", program, "--report", report))
                .isEqualTo(121);
        assertThat(err.toString(UTF_8)).isEqualTo("aver: cannot write to standard output: No space left on device\n");
        assertThat(json(report)).containsEntry("outcome", "halted").containsEntry("exitCode", 5);
        assertThat(json(report)).containsEntry("exitStatus", 121);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    // Input

    /** Exits with the input's length, plus its first byte. */
    private Path measuring() throws IOException {
        Code code = new Code().at("_start").li(5, 1).op(Op.SLLI, 5, 5, 0, 31).op(Op.LD, Code.A0, 5, 0, 0);
        code.op(Op.LBU, 6, 5, 0, 8)
                .op(Op.ADD, Code.A0, Code.A0, 6, 0)
                .li(Code.A7, 93)
                .op(Op.ECALL, 0, 0, 0, 0);
        return program(code);
    }

    @Test
    void inputComesFromAFileOrStandardInput() throws Exception {
        Path input = write("input", new byte[] {10, 0, 0});
        standardInput = new byte[] {20, 0, 0, 0, 0};
        assertThat(aver("run", measuring(), "--input", input).status()).isEqualTo(13);
        assertThat(aver("run", measuring(), "--input", "-").status()).isEqualTo(25);
        assertThat(aver("run", measuring()).status()).isZero();
    }

    // Journal

    @Test
    void journalIsWrittenWhenTheGuestHalts() throws Exception {
        Path journal = directory.resolve("journal");
        assertThat(aver("run", halting("abc", "abc", 9), "--journal", journal).status())
                .isEqualTo(9);
        assertThat(journal).hasContent("abc");
        // Again, over what is there.
        assertThat(aver("run", halting("", "", 0), "--journal", journal).status())
                .isZero();
        assertThat(journal).isEmptyFile();
        assertThat(names()).containsExactlyInAnyOrder("journal", "program.elf");
    }

    @Test
    void journalThatTheGuestDoesNotVouchForIsNotWritten() throws Exception {
        Path journal = write("journal", "old".getBytes(UTF_8));
        Result result = aver("run", halting("abc", "abd", 9), "--journal", journal);
        assertThat(result.status()).isEqualTo(126);
        assertThat(result.err())
                .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .contains("a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9");
        assertThat(journal).hasContent("old");
    }

    @Test
    void linkStaysALink() throws Exception {
        Path target = write("target", new byte[0]);
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        assertThat(aver("run", halting("abc", "abc", 0), "--journal", link).status())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("abc");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    // Failures

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--limit-cycles=many",
                "--limit-memory=1q",
                "--limit-memory=",
                "--limit-journal=-1",
                "--limit-journal=2g",
                "--limit-input=9999999999g",
                "--segment-cycles=1000",
                "--segment-cycles=4194304",
                "--engine=quantum",
                "--input"
            })
    void wrongArgumentsAreNamed(String argument) throws Exception {
        Result result = aver("run", program(new Code().at("_start").exit(0)), argument);
        assertThat(result.status()).isEqualTo(120);
        String option = argument.split("=", -1)[0];
        assertThat(result.err()).startsWith("aver: ").contains(option).contains("Try 'aver run --help'.");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void outputsOverwriteNothingThatIsNamed() throws Exception {
        Path program = program(new Code().at("_start").exit(0));
        Path input = write("input", new byte[1]);
        Path both = directory.resolve("both");
        for (Result result : new Result[] {
            aver("run", program, "--journal", program),
            aver("run", program, "--input", input, "--report", directory.resolve("./input")),
            aver("run", program, "--profile", both, "--report", both)
        }) {
            assertThat(result.status()).isEqualTo(120);
            assertThat(result.err()).contains(" is named twice; give every output a file of its own");
        }
        assertThat(names()).containsExactlyInAnyOrder("program.elf", "input");
    }

    @Test
    void verbsAndProgramsMustBeGiven() {
        assertThat(aver().status()).isEqualTo(120);
        assertThat(aver("run").status()).isEqualTo(120);
        assertThat(aver("fly").status()).isEqualTo(120);
        assertThat(aver("run").err()).contains("PROGRAM.elf");
    }

    @Test
    void helpIsPrinted() {
        Result result = aver("run", "--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("--limit-cycles", "--profile", "--journal");
        assertThat(aver("--help").out()).contains("run", "inspect");
        assertThat(aver("--version").out()).isEqualTo("aver " + Main.VERSION + "\n");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        Result program = aver("run", directory.resolve("none.elf"));
        assertThat(program.status()).isEqualTo(121);
        assertThat(program.err()).isEqualTo("aver: cannot read " + directory.resolve("none.elf") + ": no such file\n");
        Result input = aver("run", measuring(), "--input", directory.resolve("none"));
        assertThat(input.status()).isEqualTo(121);
        assertThat(input.err()).contains("none: no such file");
        assertThat(aver("run", directory).status()).isEqualTo(121);
    }

    @Test
    void filesThatCannotBeWrittenAreNamedBeforeTheRun() throws Exception {
        Path program = writing(1, "ran", 0);
        for (String option : new String[] {"--journal", "--report", "--profile"}) {
            Result missing = aver("run", program, option, directory.resolve("no/where"));
            assertThat(missing.status()).isEqualTo(121);
            assertThat(missing.err()).contains("there is no directory " + directory.resolve("no"));
            assertThat(missing.out()).isEmpty();
            assertThat(aver("run", program, option, directory).err()).contains("it is a directory");
        }
    }

    @Test
    void filesThatAreNoProgramsAreRefused() throws Exception {
        Result result = aver("run", write("text", "hello".getBytes(UTF_8)));
        assertThat(result.status()).isEqualTo(122);
        assertThat(result.err()).contains("text is not a program for this machine: ", "e_ident", "RISC-V ELF");
    }

    @Test
    void trapsAreExplained() throws Exception {
        Path program = program(new Code().at("_start").call("f").at("f").nops(1).op(Op.LD, 5, 0, 0, 16));
        Result result = aver("run", program);
        assertThat(result.status()).isEqualTo(123);
        assertThat(result.err().lines())
                .startsWith(
                        "aver: trap: load from unmapped memory: 0x10, at f+0x4 (pc 0x10008)",
                        "aver: last instructions:")
                .hasSize(5)
                .last()
                .asString()
                .contains("00010008", "ld", "f+0x4");
    }

    @ParameterizedTest
    @CsvSource({
        "--limit-cycles, 4, 'limit reached: cycles, 4, at loop (pc 0x1000c); raise it with --limit-cycles'",
        "--limit-memory, 512, 'limit reached: memory, 512 bytes, at _start+0x8 (pc 0x10008); raise it with --limit-memory'",
        "--limit-input, 2, 'limit reached: input, 2 bytes; raise it with --limit-input'"
    })
    void limitsEndARun(String option, String value, String message) throws Exception {
        Code code = new Code().at("_start").op(Op.LUI, 5, 0, 0, 0x20000).op(Op.SD, 0, 5, 0, 0);
        code.op(Op.SD, 0, 5, 0, 0x200).at("loop").jal(0, "loop");
        standardInput = new byte[3];
        Result result = aver("run", program(code), "--input", "-", option, value);
        assertThat(result.status()).isEqualTo(124);
        assertThat(result.err()).startsWith("aver: " + message + "\n");
    }

    @Test
    void journalLimitEndsARun() throws Exception {
        Path program = halting("abc", "abc", 0);
        assertThat(aver("run", program, "--limit-journal", "3").status()).isZero();
        Result result = aver("run", program, "--limit-journal", "2");
        assertThat(result.status()).isEqualTo(124);
        assertThat(result.err()).startsWith("aver: limit reached: journal, 2 bytes, at _start+0x14");
    }

    // Amounts

    @ParameterizedTest
    @CsvSource({"0, 0", "65536, 65536", "64k, 65536", "3M, 3145728", "1g, 1073741824", "7t, 7696581394432"})
    void bytesArePowersOf1024(String text, long bytes) {
        assertThat(new Amount.Bytes().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "2m, 2000000", "9223372036854775807, 9223372036854775807", "1T, 1000000000000"})
    void countsArePowersOf1000(String text, long count) {
        assertThat(new Amount.Count().convert(text)).isEqualTo(count);
    }
}
