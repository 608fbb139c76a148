package dev.aver.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.cli.CliTestBase;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest extends CliTestBase {
    private Map<String, Object> report(int status, Object... arguments) throws Exception {
        Path file = directory.resolve("report.json");
        List<Object> words = new ArrayList<>(List.of("run", "--report", file));
        words.addAll(List.of(arguments));
        assertThat(aver(words.toArray()).status()).isEqualTo(status);
        return json(file);
    }

    /** The whole report of one small run: keys, their order and their values are a promise. */
    @Test
    void reportIsStable() throws Exception {
        Path program = halting("abc", "abc", 3);
        report(3, program, "--input", write("input", new byte[5]));
        String text = Files.readString(directory.resolve("report.json"))
                .replace(program.toString(), "PROGRAM")
                .replace(Runtime.version().toString(), "JAVA");
        String golden;
        try (var in = RunReportTest.class.getResourceAsStream("golden-report.json")) {
            assertThat(in).isNotNull();
            golden = new String(in.readAllBytes(), UTF_8);
        }
        assertThat(text).isEqualTo(golden);
    }

    @Test
    void everyKeyIsThereWhateverHappens() throws Exception {
        Map<String, Object> halted = report(0, program(new Code().at("_start").exit(0)));
        Map<String, Object> trapped =
                report(123, program(new Code().at("_start").nops(1).word(0)));
        Map<String, Object> limited =
                report(124, program(new Code().at("_start").jal(0, "_start")), "--limit-cycles=9");
        Map<String, Object> mismatch = report(126, halting("a", "b", 0));
        Map<String, Object> invalid = report(122, write("text", new byte[9]));
        Map<String, Object> missing = report(121, directory.resolve("none"));
        for (Map<String, Object> other : List.of(trapped, limited, mismatch, invalid, missing)) {
            assertThat(other).containsOnlyKeys(halted.keySet());
        }
        assertThat(halted).containsEntry("outcome", "halted").containsEntry("exitCode", 0);
        assertThat(trapped).containsEntry("outcome", "trapped").containsEntry("exitCode", null);
        assertThat(limited).containsEntry("outcome", "limit-reached").containsEntry("cycles", 9);
        assertThat(mismatch).containsEntry("outcome", "journal-mismatch").containsEntry("exitCode", 0);
        assertThat(invalid).containsEntry("outcome", "invalid-program").containsEntry("exitStatus", 122);
        assertThat(missing).containsEntry("outcome", "unreadable-file").containsEntry("exitStatus", 121);
    }

    @Test
    void guestsMayExitLikeAverFails() throws Exception {
        Map<String, Object> report = report(123, program(new Code().at("_start").exit(123 + 1024)));
        assertThat(report).containsEntry("outcome", "halted").containsEntry("exitCode", 123 + 1024);
    }

    @Test
    void exitCodesAreUnsigned() throws Exception {
        assertThat(report(255, program(new Code().at("_start").exit(-1)))).containsEntry("exitCode", 0xffff_ffffL);
    }

    @Test
    void trapsHaveCauseAndPlace() throws Exception {
        Map<String, Object> report =
                report(123, program(new Code().at("_start").nops(2).at("f").op(Op.SD, 0, 0, 0, 8)));
        assertThat(JSON.std.asString(report.get("trap")))
                .startsWith("{\"cause\":\"storeAccess\",\"explanation\":\"store to unmapped memory\",\"value\":\"0x8\","
                        + "\"pc\":\"0x10008\",\"function\":\"f\",\"recent\":[\"00010000 ");
        assertThat(report).containsEntry("cycles", 2).containsEntry("segments", 0);
    }

    @Test
    void limitsHaveNameAndPlace() throws Exception {
        Map<String, Object> report =
                report(124, program(new Code().at("_start").jal(0, "_start")), "--limit-cycles", "20k");
        assertThat(JSON.std.asString(report.get("limit")))
                .isEqualTo(
                        "{\"name\":\"cycles\",\"allowed\":20000,\"pc\":\"0x10000\",\"function\":\"_start\",\"recent\":[]}");
    }

    @Test
    void misalignedAccessesAndWriteFaultsAreCounted() throws Exception {
        Code code = new Code()
                .at("_start")
                .op(Op.LUI, 5, 0, 0, 0x20000)
                .op(Op.LD, 6, 5, 0, 1)
                .op(Op.SW, 0, 5, 6, 6);
        code.write(9, "_start", 1)
                .li(Code.A0, 1)
                .li(Code.A1, 0)
                .op(Op.ECALL, 0, 0, 0, 0)
                .exit(0);
        Map<String, Object> report = report(0, program(code));
        assertThat(report).containsEntry("misalignedAccesses", 2);
        assertThat(report.get("writes")).isEqualTo(Map.of("clipped", 1, "ignored", 1));
    }

    @Test
    void classesAddUpToTheCycles() throws Exception {
        Map<String, Object> report =
                report(0, program(new Code().at("_start").nops(100).exit(0)));
        long sum = ((Map<?, ?>) report.get("instructions"))
                .values().stream().mapToLong(n -> ((Number) n).longValue()).sum();
        assertThat(sum).isEqualTo(103);
        assertThat(report).containsEntry("cycles", 103);
    }

    @Test
    void segmentsFollowTheirFlag() throws Exception {
        Code code =
                new Code().at("_start").op(Op.LUI, 5, 0, 0, 0x10000).at("loop").addi(5, 5, -1);
        code.branch(Op.BNE, 5, 0, "loop").exit(0);
        assertThat(report(0, program(code))).containsEntry("segments", 1);
        Map<String, Object> report = report(0, program(code), "--segment-cycles", "16384");
        assertThat(((Number) report.get("segments")).intValue()).isGreaterThan(7);
        assertThat((Map<?, ?>) report.get("limits")).extracting("segmentCycles").isEqualTo(16384);
    }

    @Test
    void enginesAgree() throws Exception {
        Code code =
                new Code().at("_start").op(Op.LUI, 5, 0, 0, 0x10000).at("loop").addi(5, 5, -1);
        Path program = program(code.branch(Op.BNE, 5, 0, "loop").exit(0));
        Map<String, Object> interpreted = report(0, program, "--engine=interpreter");
        Map<String, Object> translated = report(0, program, "--engine=translated");
        assertThat(interpreted).containsEntry("engine", "interpreter").containsEntry("segments", 1);
        assertThat(translated).containsEntry("engine", "translated");
        translated.put("engine", "interpreter");
        assertThat(translated).isEqualTo(interpreted);
    }

    @Test
    void softwareRoutinesAreContainedOrRan() throws Exception {
        Code code = new Code()
                .at("_start")
                .call("my_sha256_block")
                .exit(0)
                .at("my_sha256_block")
                .nops(5)
                .ret();
        code.at("keccak_f1600").ret();
        assertThat(JSON.std.asString(report(0, program(code)).get("warnings")))
                .contains("contains-software-routine", "SHA-256", "my_sha256_block", "Keccak")
                .doesNotContain("\"cycles\"");
        Path profile = directory.resolve("profile.json");
        assertThat(JSON.std.asString(
                        report(0, program(code), "--profile", profile).get("warnings")))
                .contains("software-routine-ran", "SHA-256", "\"cycles\":6")
                .doesNotContain("Keccak");
    }

    @Test
    void reportsAreWrittenForPeopleToo() throws Exception {
        String text = aver("run", halting("abc", "abc", 3), "-v").err();
        assertThat(text).contains("halted, exit code 3", "10 in 0.001 s", "0 misaligned", "segments");
        assertThat(text.lines()).allMatch(line -> line.startsWith("aver: "));
    }
}
