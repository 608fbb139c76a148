package dev.aver.tests.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.translate.Translator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SamplesTest {
    private record Run(Execution execution, byte[] stdout, List<SegmentSnapshot> snapshots) {}

    static List<Case> cases() throws IOException {
        return Case.all();
    }

    static List<Case> benchmarks() throws IOException {
        return Case.all("samples/benchmarks.tsv");
    }

    private static Run run(Executor executor, Case sample, boolean keepSnapshots) throws IOException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        Console console = (fd, bytes, length) -> {
            if (fd == 1) {
                stdout.write(bytes, 0, length);
            }
        };
        Execution execution = executor.run(sample.readInput(), console, keepSnapshots ? snapshots::add : null);
        return new Run(execution, stdout.toByteArray(), snapshots);
    }

    private static void assertAnswer(Case sample, Run run) {
        Outcome outcome = run.execution().outcome();
        if (sample.exit().equals("trap")) {
            assertThat(outcome).isInstanceOf(Outcome.Trapped.class);
        } else {
            assertThat(outcome).isEqualTo(new Outcome.Halted(Integer.parseUnsignedInt(sample.exit())));
            assertThat(run.execution().journal()).isEqualTo(sample.journal());
        }
        assertThat(run.stdout()).isEqualTo(sample.stdout());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheKnownAnswerOnEveryEngineAndRecordsAsItRan(Case sample) throws Exception {
        SegmentRule rule = SegmentRule.ofCycles(1 << 18);
        Executor interpreting = new Executor(sample.program(), Limits.standard(), rule, EngineFactory.interpreter());
        Run interpreted = run(interpreting, sample, true);
        assertAnswer(sample, interpreted);

        // The same run, to the last count.
        Run translated =
                run(new Executor(sample.program(), Limits.standard(), rule, Translator.factory(8)), sample, true);
        assertAnswer(sample, translated);
        assertThat(translated.execution().cycles())
                .isEqualTo(interpreted.execution().cycles());
        assertThat(translated.execution().segments())
                .isEqualTo(interpreted.execution().segments());
        assertThat(translated.execution().outcome())
                .isEqualTo(interpreted.execution().outcome());
        assertThat(translated.execution().misalignedAccesses())
                .isEqualTo(interpreted.execution().misalignedAccesses());
        assertThat(translated.execution().memoryPages())
                .isEqualTo(interpreted.execution().memoryPages());
        assertThat(translated.snapshots()).isEqualTo(interpreted.snapshots());

        // Each segment replays from its snapshot; the recorder itself compares the rows of every chip.
        SegmentRecorder recorder = new SegmentRecorder(interpreting.programTable());
        SegmentRecord record = null;
        for (SegmentSnapshot snapshot : interpreted.snapshots()) {
            record = recorder.record(snapshot, record);
            assertThat(record.cycles()).isEqualTo(snapshot.cost().cycles());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void prebuiltFileIsTheOneTheManifestNames(Case sample) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(sample.elf()));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sample.checksum());
    }

    /** A run of 1.5 billion instructions, translated. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("benchmarks")
    void longRunsGiveTheKnownAnswer(Case sample) throws Exception {
        assertAnswer(
                sample,
                run(
                        new Executor(sample.program(), Limits.standard(), SegmentRule.standard(), Translator.factory()),
                        sample,
                        false));
    }
}
