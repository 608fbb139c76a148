package dev.aver.zkvm.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.program.SymbolTable.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What stock toolchains emit loads as is. The files, their sources and how they were built are in the test resources.
 */
class StockElfTest {
    static byte[] resource(String name) throws IOException {
        try (InputStream in = StockElfTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** Expected numbers are readelf's. */
    @ParameterizedTest
    @CsvSource({
        "gcc.elf, 0x1013e, 0x10000, 0x1015a",
        "gcc-omagic.elf, 0x10106, 0x100e8, 0x10202",
        "lld.elf, 0x1124c, 0x11238, 0x11272",
        "picolibc.elf, 0x10000, 0x10000, 0x11ad8"
    })
    void loads(String file, String entry, String base, String end) throws Exception {
        Program program = Program.fromElf(resource(file));

        assertThat(program.entry()).isEqualTo(Long.decode(entry));
        assertThat(program.code().base()).isEqualTo(Long.decode(base));
        assertThat(program.code().end()).isEqualTo(Long.decode(end));
        assertThat(program.symbols().describe(program.entry())).isEqualTo("_start");
    }

    @Test
    void strippedProgramsAreTheSameProgram() throws Exception {
        for (String toolchain : new String[] {"gcc", "lld"}) {
            Program program = Program.fromElf(resource(toolchain + ".elf"));
            Program stripped = Program.fromElf(resource(toolchain + "-stripped.elf"));

            assertThat(stripped).isEqualTo(program).hasSameHashCodeAs(program);
            assertThat(program.symbols().functions()).extracting(Symbol::name).contains("answer", "_start");
            assertThat(stripped.symbols().functions()).isEmpty();
        }
    }

    /** objcopy writes the memory from the first section's address on, which is where the headers end. */
    @Test
    void memoryIsWhatObjcopyWrites() throws Exception {
        MemoryImage image = Program.fromElf(resource("gcc.elf")).image();
        byte[] expected = resource("gcc.bin");
        long start = 0x10120;

        for (int i = 0; i < expected.length; i++) {
            assertThat(image.unsignedByte(start + i))
                    .as("address %x", start + i)
                    .isEqualTo(expected[i] & 0xff);
        }
        assertThat(image.unsignedByte(start + expected.length)).isZero();
    }

    @Test
    void libraryFunctionsHaveNames() throws Exception {
        SymbolTable symbols = Program.fromElf(resource("picolibc.elf")).symbols();

        assertThat(symbols.functions()).extracting(Symbol::name).contains("main", "printf", "malloc", "_cstart");
        assertThat(symbols.functions()).extracting(Symbol::name).noneMatch(name -> name.startsWith("$"));
    }
}
