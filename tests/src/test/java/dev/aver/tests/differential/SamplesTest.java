package dev.aver.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.tests.differential.Stepper.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guests' cases run as they do under qemu: every instruction, the output, the exit. Of long ones only the first
 * 100,000 instructions, or as many as {@code -Daver.differential.sampleInstructions=N} says.
 */
class SamplesTest {

    private static final long LIMIT = Long.getLong("aver.differential.sampleInstructions", 100_000);

    private static final Path GUESTS = guests();

    /** Address of the input's length word, which the input follows. */
    private static final long INPUT_START = 0x8000_0000L;

    private static final int PAGE = 0x1000;
    private static final int PHOFF_AT = 32;
    private static final int PHNUM_AT = 56;
    private static final int PROGRAM_HEADER = 56;

    @TempDir
    private Path directory;

    /** A line of the guests' manifest. */
    record Case(String name, Path program, Path input) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(GUESTS.resolve("samples/manifest.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(columns -> new Case(columns[0], GUESTS.resolve(columns[1]), GUESTS.resolve(columns[3])));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void runsAsUnderQemu(Case sample) throws Exception {
        byte[] elf = Files.readAllBytes(sample.program());
        byte[] input = Files.readAllBytes(sample.input());
        Stepper machine = new InterpreterStepper(elf, input);
        try (QemuTrace trace = QemuTrace.start(withInput(elf, input), directory)) {
            Comparison.Result result = Comparison.run(sample.name(), trace, machine, LIMIT);
            if (result.end() == Status.RUNNING) {
                assertThat(result.instructions()).isEqualTo(LIMIT);
                return;
            }
            trace.skip(); // what follows a halt, which Linux does not know
            if (result.end() == Status.TRAPPED) {
                assertThat(trace.exitStatus()).as("killed by a signal").isGreaterThan(128);
            } else {
                assertThat(trace.exitStatus()).isEqualTo(machine.exitCode() & 255);
            }
            for (int fd = 1; fd <= 3; fd++) {
                assertThat(machine.written(fd)).as("written to %d", fd).isEqualTo(trace.written(fd));
            }
        }
    }

    /**
     * The same program with one more segment, which puts the input where the machine has it. The machine refuses such a
     * file; under Linux it is the only way to have memory there from the start.
     */
    private static byte[] withInput(byte[] elf, byte[] input) {
        ByteBuffer original = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        int headersAt = (int) original.getLong(PHOFF_AT);
        int count = original.getShort(PHNUM_AT);
        byte[] headers = Arrays.copyOfRange(elf, headersAt, headersAt + count * PROGRAM_HEADER);
        int inputAt = (elf.length + PAGE - 1) / PAGE * PAGE;
        int inputSize = 8 + input.length;
        int newHeadersAt = (inputAt + inputSize + 7) / 8 * 8;
        ByteBuffer twin = ByteBuffer.allocate(newHeadersAt + headers.length + PROGRAM_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN);
        twin.put(elf).putLong(PHOFF_AT, newHeadersAt).putShort(PHNUM_AT, (short) (count + 1));
        twin.position(inputAt).putLong(input.length).put(input);
        twin.position(newHeadersAt).put(headers);
        // The kernel rounds to pages, so there is memory beyond the input, as on the machine.
        int mapped = (inputSize + PAGE - 1) / PAGE * PAGE;
        twin.putInt(1).putInt(6).putLong(inputAt).putLong(INPUT_START).putLong(INPUT_START);
        twin.putLong(inputSize).putLong(mapped).putLong(PAGE);
        return twin.array();
    }

    private static Path guests() {
        // Maven runs tests in their module's folder.
        return Stream.of(Path.of("zkvm/guest"), Path.of("../zkvm/guest"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
