package dev.aver.zkvm.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentRule;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample programs' cases, run whole by both engines: outcome, cost of every segment, snapshots, journal. */
class TranslatedSamplesTest {
    private static final Path GUEST = Path.of("guest");

    record Case(String name, Path program, Path input) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(GUEST.resolve("samples/manifest.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(fields -> new Case(fields[0], GUEST.resolve(fields[1]), GUEST.resolve(fields[3])));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatTheInterpreterGives(Case sample) throws Exception {
        Program program = Program.fromElf(sample.program());
        Input input = Input.of(Files.readAllBytes(sample.input()));
        List<Object> expected = result(program, input, EngineFactory.interpreter());
        assertThat(result(program, input, Translator.factory(8))).isEqualTo(expected);
    }

    private static List<Object> result(Program program, Input input, EngineFactory engines) throws Exception {
        MessageDigest snapshots = MessageDigest.getInstance("SHA-256");
        DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), snapshots));
        Executor executor = new Executor(program, Limits.standard(), SegmentRule.ofCycles(1 << 18), engines);
        Execution execution = executor.run(input, Console.NONE, snapshot -> {
            try {
                snapshot.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        HexFormat hex = HexFormat.of();
        return List.of(
                execution.outcome(),
                execution.cycles(),
                hex.formatHex(execution.journal()),
                execution.segments(),
                execution.misalignedAccesses(),
                execution.memoryPages(),
                execution.writes(),
                hex.formatHex(snapshots.digest()));
    }
}
