package dev.aver.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.cli.CliTestBase;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpeedscopeTest extends CliTestBase {
    @Test
    void everyCycleIsOnAPath() throws Exception {
        Code code = new Code()
                .at("_start")
                .la(Code.A0, "name")
                .op(Op.SLTI, 0, Code.A0, 0, 1)
                .call("f")
                .call("f");
        code.op(Op.SLTI, 0, 0, 0, 2)
                .exit(0)
                .at("f")
                .addi(6, 1, 0)
                .call("g")
                .addi(1, 6, 0)
                .ret();
        code.at("g").nops(9).ret().at("name").string("both");
        Path file = directory.resolve("profile.json");
        Path reportFile = directory.resolve("report.json");
        assertThat(aver("run", program(code), "--profile", file, "--report", reportFile)
                        .status())
                .isZero();

        Map<String, Object> profile = json(file);
        assertThat(profile)
                .containsEntry("$schema", "https://www.speedscope.app/file-format-schema.json")
                .containsEntry("name", "program.elf");
        assertThat(weights(profile))
                .isEqualTo(Map.of("_start", 6L, "_start;[both]", 3L, "_start;[both];f", 8L, "_start;[both];f;g", 20L));
        assertThat(only(profile))
                .containsEntry("type", "evented")
                .containsEntry("unit", "none")
                .containsEntry("startValue", 0)
                .containsEntry("endValue", json(reportFile).get("cycles"));
    }

    @Test
    void profilingNeedsTheInterpreter() throws Exception {
        Path program = program(new Code().at("_start").exit(0));
        Path file = directory.resolve("profile.json");
        assertThat(aver("run", program, "--profile", file, "--engine", "interpreter")
                        .status())
                .isZero();
        Result refused = aver("run", program, "--profile", file, "--engine", "translated");
        assertThat(refused.status()).isEqualTo(120);
        assertThat(refused.err()).contains("--profile needs the interpreter; leave out --engine translated");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> only(Map<String, Object> file) {
        List<Object> profiles = (List<Object>) file.get("profiles");
        assertThat(profiles).hasSize(1);
        return (Map<String, Object>) profiles.get(0);
    }

    /** Replays the events as a viewer does. */
    @SuppressWarnings("unchecked")
    private static Map<String, Long> weights(Map<String, Object> file) {
        List<Map<String, Object>> frames =
                (List<Map<String, Object>>) ((Map<String, Object>) file.get("shared")).get("frames");
        Map<String, Long> weights = new TreeMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        Deque<String> paths = new ArrayDeque<>();
        long last = 0;
        for (Map<String, Object> event : (List<Map<String, Object>>) only(file).get("events")) {
            long at = ((Number) event.get("at")).longValue();
            Integer frame = (Integer) event.get("frame");
            if (at > last) {
                weights.merge(paths.getLast(), at - last, Long::sum);
            }
            assertThat(at).isGreaterThanOrEqualTo(last);
            last = at;
            if (event.get("type").equals("O")) {
                String name = (String) frames.get(frame).get("name");
                paths.addLast(paths.isEmpty() ? name : paths.getLast() + ";" + name);
                open.addLast(frame);
            } else {
                assertThat(open.removeLast()).isEqualTo(frame);
                paths.removeLast();
            }
        }
        assertThat(open).isEmpty();
        return weights;
    }
}
