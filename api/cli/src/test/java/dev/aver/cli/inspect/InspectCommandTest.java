package dev.aver.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.cli.CliTestBase;
import dev.aver.zkvm.testing.Code;
import dev.aver.zkvm.testing.ElfBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectCommandTest extends CliTestBase {
    private static final int CSRR_CYCLE = 0xc0002573;
    private static final int FADD_D = 0x02b57553;

    private Map<String, Object> inspect(ElfBuilder elf) throws Exception {
        Result result = aver("inspect", "--json", program(elf));
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        return JSON.std.mapFrom(result.out());
    }

    @Test
    void showsWhatTheMachineSeesAndWhatNot() throws Exception {
        byte[] data = new byte[1000];
        data[700] = 1;
        ElfBuilder elf = new Code()
                .at("_start")
                .nops(3)
                .exit(0)
                .elf()
                .data(0x20000, data)
                .zeros(0x30000, 5000);
        Map<String, Object> json = inspect(elf);
        assertThat(json)
                .containsEntry("schemaVersion", 1)
                .containsEntry("entry", Map.of("address", "0x10000", "function", "_start"))
                .containsEntry("memoryBytes", 24 + 1000 + 5000)
                .containsEntry("memoryEnd", "0x31388")
                .containsEntry("imagePages", 2)
                .containsEntry("pageBytes", 512)
                .containsEntry("functions", 1)
                .containsEntry("instructionCount", 6)
                .containsEntry("instructions", Map.of("addi", 5, "ecall", 1))
                .containsEntry("traps", 0)
                .containsEntry("walkedBytes", 24)
                .containsEntry("otherBytes", 0)
                .containsEntry("unsupported", List.of());
        assertThat((List<?>) json.get("segments"))
                .hasSize(3)
                .first()
                .isEqualTo(Map.of(
                        "address",
                        "0x10000",
                        "memoryBytes",
                        24,
                        "fileOffset",
                        json(json, 0),
                        "fileBytes",
                        24,
                        "executable",
                        true));
        assertThat((Map<?, ?>) json.get("programTable")).extracting("rows").isEqualTo(12);
    }

    private static Object json(Map<String, Object> inspection, int segment) {
        return ((Map<?, ?>) ((List<?>) inspection.get("segments")).get(segment)).get("fileOffset");
    }

    @Test
    void unsupportedInstructionsHaveAddressFunctionAndOrigin() throws Exception {
        Code code = new Code()
                .at("_start")
                .exit(0)
                .at("f")
                .nops(1)
                .word(CSRR_CYCLE)
                .word(FADD_D)
                .ret();
        Map<String, Object> json = inspect(code.elf());
        assertThat(json.get("unsupported"))
                .isEqualTo(List.of(
                        Map.of(
                                "address",
                                "0x10010",
                                "bits",
                                "c0002573",
                                "length",
                                4,
                                "function",
                                "f+0x4",
                                "hint",
                                "Zicsr: access to CSR 0xc00"),
                        Map.of(
                                "address",
                                "0x10014",
                                "bits",
                                "02b57553",
                                "length",
                                4,
                                "function",
                                "f+0x8",
                                "hint",
                                "D: double-precision arithmetic")));
        Result text = aver("inspect", program(code));
        assertThat(text.out()).contains("unsupported", "0x00010010", "c0002573", "f+0x4", "Zicsr");
    }

    @Test
    void constantsBetweenFunctionsAreNotInstructions() throws Exception {
        // Code, then a table that no symbol covers as a function, then a function.
        ElfBuilder elf = new Code()
                .at("_start")
                .call(".f")
                .exit(0)
                .at(".table")
                .word(-1)
                .word(0x7f)
                .at(".f")
                .ret()
                .stripped();
        elf.function("_start", Code.BASE, 16).function("f", Code.BASE + 24, 4);
        Map<String, Object> json = inspect(elf);
        assertThat(json)
                .containsEntry("unsupported", List.of())
                .containsEntry("walkedBytes", 20)
                .containsEntry("otherBytes", 8);
    }

    @Test
    void deliberateTrapsAreNotUnsupported() throws Exception {
        // ebreak, unimp as 4 bytes, and two c.unimp.
        Code code = new Code()
                .at("_start")
                .exit(0)
                .word(0x00100073)
                .word(0xc0001073)
                .word(0);
        assertThat(inspect(code.elf())).containsEntry("traps", 4).containsEntry("unsupported", List.of());
    }

    @Test
    void strippedProgramsAreWalkedFromTheStart() throws Exception {
        Code code = new Code().at("_start").exit(0).at("f").word(FADD_D).ret();
        Map<String, Object> json = inspect(code.stripped());
        assertThat(json).containsEntry("instructionCount", 4).containsEntry("functions", 0);
        assertThat((List<?>) json.get("unsupported")).hasSize(1);
    }

    @Test
    void everythingElseIsAFailure() throws Exception {
        assertThat(aver("inspect").status()).isEqualTo(120);
        assertThat(aver("inspect", directory.resolve("none")).status()).isEqualTo(121);
        Path text = write("text", new byte[100]);
        assertThat(aver("inspect", text).status()).isEqualTo(122);
        assertThat(aver("inspect", text).err()).contains("text is not a program for this machine");
    }

    /** Encodings as GNU as 2.40 makes them. */
    @ParameterizedTest
    @CsvSource({
        "c0102573, 'Zicsr: access to CSR 0xc01'", // rdtime a0
        "30200073, a privileged instruction", // mret
        "00052507, F: single-precision load or store", // flw fa0, 0(a0)
        "00b53427, D: double-precision load or store", // fsd fa1, 8(a0)
        "58057553, F: single-precision arithmetic", // fsqrt.s
        "20b52533, Zba: shift and add", // sh1add a0, a0, a1
        "40b57533, 'Zbb: andn, orn, xnor'", // andn a0, a0, a1
        "0ab54533, Zbb: minimum or maximum", // min a0, a0, a1
        "0ab51533, Zbc: carry-less multiplication", // clmul a0, a0, a1
        "60051513, 'Zbb: rotate, count, extend'", // clz a0, a0
        "28b51533, 'Zbs or Zbb: single bits, orc.b, rev8'", // bset a0, a0, a1
        "0eb55533, Zicond: conditional zero", // czero.eqz a0, a0, a1
        "0205d507, V: vector load or store", // vle16.v
        "02b50557, V: vector", // vadd.vv
        "0000200f, 'Zicbom, Zicboz, Zicbop: cache management'", // cbo.inval
        "28b5252f, Zacas: compare and swap", // amocas.w
        "0000000b, a custom extension"
    })
    void hintsNameTheExtension(String bits, String hint) {
        assertThat(ExtensionHint.of(Integer.parseUnsignedInt(bits, 16), 4)).isEqualTo(hint);
    }

    @ParameterizedTest
    @CsvSource({"2108, D: double-precision load", "a108, 'D: double-precision store (or Zcmp, Zcmt)'"})
    void hintsNameTheExtensionOfCompressedForms(String bits, String hint) {
        assertThat(ExtensionHint.of(Integer.parseInt(bits, 16), 2)).isEqualTo(hint);
    }
}
