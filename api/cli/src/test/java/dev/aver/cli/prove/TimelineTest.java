package dev.aver.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.StarkShape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bars with the times and the work that they stand for. */
final class TimelineTest {
    private long micros;

    private void after(long more) {
        micros += more;
    }

    /** The mandatory tables, as low as can be. */
    private static StarkShape shape() throws Exception {
        List<Instance> tables = new ArrayList<>();
        List<Machine.Table> kinds = Machine.CURRENT.tables();
        for (int number = 0; number < kinds.size(); number++) {
            if (!kinds.get(number).mandatory()) continue;
            tables.add(new Instance(number, 0, Math.max(6, kinds.get(number).logHeight())));
        }
        Parameters parameters = new Parameters(HashSuite.POSEIDON2, 1, 10, 0, 6, 5, 3);
        return new StarkShape(parameters, new ProofTables(Machine.CURRENT, tables));
    }

    private static long cells(StarkShape shape, int commitment) {
        return shape.pcs().commitments().get(commitment).matrices().stream()
                .mapToLong(matrix -> (long) matrix.width() << matrix.logHeight())
                .sum();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> events(Timeline timeline) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        timeline.write("a.elf b.input", 77, out);
        Map<String, Object> file = JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8));
        return (List<Map<String, Object>>) file.get("traceEvents");
    }

    private static Map<String, Object> event(List<Map<String, Object>> events, String name, int segment) {
        return events.stream()
                .filter(event -> event.get("name").equals(name))
                .filter(event -> ((Map<?, ?>) event.get("args")).get("segment").equals(segment))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void phasesFollowEachOtherWithinTheirSegments() throws Exception {
        micros = 1000;
        Timeline timeline = new Timeline(() -> micros * 1000);
        after(10);
        timeline.planned(new Plan(300, 2, 16384, 1, 1, 1, 1, 1, "scalar"));
        timeline.phase(0, Phase.PREPARE);
        after(5);
        StarkShape shape = shape();
        for (int segment = 0; segment < 2; segment++) {
            timeline.phase(segment, Phase.RECORD);
            after(1);
            timeline.phase(segment, Phase.TRACE);
            timeline.filled(segment, shape);
            after(2);
            for (Phase phase : List.of(Phase.COMMIT, Phase.PERMUTATION, Phase.QUOTIENT, Phase.OPEN, Phase.VERIFY)) {
                timeline.phase(segment, phase);
                after(4);
            }
            timeline.segment(segment, 150, false);
        }
        List<Map<String, Object>> events = events(timeline);
        assertThat(events.getFirst())
                .containsEntry("ph", "M")
                .containsEntry("pid", 77)
                .containsEntry("args", Map.of("name", "a.elf b.input"));
        assertThat(events.subList(1, events.size()))
                .hasSize(2 + 2 * 8)
                .allMatch(
                        event -> event.get("ph").equals("X") && event.get("tid").equals(1));
        assertThat(event(events, "plan", 0)).containsEntry("ts", 0).containsEntry("dur", 10);
        assertThat(event(events, "prepare", 0)).containsEntry("ts", 10).containsEntry("dur", 5);
        assertThat(event(events, "segment 1", 1)).containsEntry("ts", 38).containsEntry("dur", 23);
        assertThat(event(events, "commit", 1)).containsEntry("ts", 41).containsEntry("dur", 4);

        long main = cells(shape, StarkShape.MAIN);
        long permutation = cells(shape, StarkShape.PERMUTATION);
        long quotient = cells(shape, StarkShape.QUOTIENT);
        assertWork(event(events, "trace", 0), main, 4 * main);
        assertWork(event(events, "commit", 0), main, 8 * main);
        assertWork(event(events, "permutation", 0), permutation, 8 * permutation);
        assertWork(event(events, "quotient", 0), quotient, 8 * quotient);
        long all = main + permutation + quotient;
        assertWork(event(events, "open", 0), all, 8 * all);
    }

    private static void assertWork(Map<String, Object> event, long cells, long bytes) {
        Map<?, ?> work = (Map<?, ?>) event.get("args");
        assertThat(((Number) work.get("cells")).longValue()).as("%s", event).isEqualTo(cells);
        assertThat(((Number) work.get("bytes")).longValue()).as("%s", event).isEqualTo(bytes);
    }

    @Test
    void aResumedSegmentHasNoCells() throws Exception {
        Timeline timeline = new Timeline(() -> micros * 1000);
        timeline.phase(0, Phase.RECORD);
        timeline.filled(0, shape());
        timeline.phase(0, Phase.OPEN);
        timeline.segment(0, 100, false);
        timeline.phase(1, Phase.RECORD);
        timeline.phase(1, Phase.VERIFY);
        timeline.segment(1, 100, true);
        assertThat(event(events(timeline), "verify", 1)).containsEntry("args", Map.of("segment", 1));
        assertThat(event(events(timeline), "segment 1", 1)).containsEntry("args", Map.of("segment", 1, "cycles", 100));
    }
}
