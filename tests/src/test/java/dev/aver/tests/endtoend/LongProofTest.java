package dev.aver.tests.endtoend;

import static dev.aver.tests.endtoend.Command.PREBUILT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.aver.tests.endtoend.Command.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory is that of a segment, however long the run. */
@Tag("long")
final class LongProofTest {
    private static final String PROGRAM = PREBUILT + "coremark-like.elf";
    private static final long ALLOWED = 3L << 30;

    /** About 73,000 cycles each: a hundred million cycles in all, unless asked otherwise. */
    private static final int ITERATIONS = Integer.getInteger("aver.long.iterations", 1400);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHundredMillionCyclesTakeNoMoreMemoryThanPredicted() throws Exception {
        Path input = Files.write(
                folder.resolve("input"),
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(ITERATIONS)
                        .putInt(-1)
                        .array());
        String receipt = folder.resolve("receipt").toString();
        Result proof = Command.aver(
                folder,
                new byte[0],
                "prove",
                PROGRAM,
                "--input",
                input.toString(),
                "--out",
                receipt,
                "--memory",
                "3g",
                "--json");
        assertThat(proof.status()).as(proof.err()).isZero();
        assertThat(number(proof, "cycles")).isGreaterThan(70_000L * ITERATIONS);
        long peak = number(proof, "peakRssBytes");
        assertThat(peak).isLessThanOrEqualTo(ALLOWED);
        assertThat(number(proof, "predictedPeakBytes"))
                .isLessThanOrEqualTo(ALLOWED)
                .isCloseTo(peak, withinPercentage(15));
        Result verdict = Command.aver(folder, new byte[0], "verify", receipt, "--program", PROGRAM, "--exit-code", "0");
        assertThat(verdict.status()).as(verdict.err()).isZero();
    }

    private static long number(Result result, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\" : (\\d+)").matcher(result.text());
        assertThat(matcher.find()).as(result.text()).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
