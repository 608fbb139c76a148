package dev.aver.zkvm.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.program.SymbolTable.Symbol;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private static final int LOCAL = 0;
    private static final int GLOBAL = 1;
    private static final int WEAK = 2;
    private static final int NOTYPE = 0;
    private static final int OBJECT = 1;
    private static final int FUNC = 2;

    /** 64 bytes of code at 0x10000. */
    private static ElfBuilder code() {
        int[] nops = new int[16];
        Arrays.fill(nops, 0x13);
        return new ElfBuilder().code(0x10000, nops);
    }

    private static SymbolTable symbols(ElfBuilder builder) throws InvalidProgramException {
        return Program.fromElf(builder.build()).symbols();
    }

    @Test
    void findsTheFunctionThatContainsAnAddress() throws Exception {
        SymbolTable symbols = symbols(code().function("b", 0x10010, 8).function("a", 0x10000, 16));

        assertThat(symbols.functions()).containsExactly(new Symbol("a", 0x10000, 16), new Symbol("b", 0x10010, 8));
        assertThat(symbols.at(0xffff)).isNull();
        assertThat(symbols.at(0x10000)).isEqualTo(new Symbol("a", 0x10000, 16));
        assertThat(symbols.at(0x1000f)).isEqualTo(new Symbol("a", 0x10000, 16));
        assertThat(symbols.at(0x10010)).isEqualTo(new Symbol("b", 0x10010, 8));
        assertThat(symbols.at(0x10018)).isNull();
        assertThat(symbols.at(-1)).isNull();
        assertThat(symbols.at(Long.MIN_VALUE)).isNull();
    }

    @Test
    void describesAddresses() throws Exception {
        SymbolTable symbols = symbols(code().function("main", 0x10000, 0x20));

        assertThat(symbols.describe(0x10000)).isEqualTo("main");
        assertThat(symbols.describe(0x1001c)).isEqualTo("main+0x1c");
        assertThat(symbols.describe(0x10074)).isEqualTo("0x10074");
        assertThat(SymbolTable.EMPTY.describe(0x10074)).isEqualTo("0x10074");
    }

    @Test
    void anUnknownSizeReachesToTheNextSymbolOrTheEnd() throws Exception {
        SymbolTable symbols = symbols(code().symbol("_start", GLOBAL, NOTYPE, 1, 0x10000, 0)
                .function("f", 0x10008, 4)
                .function("g", 0x10020, 0));

        assertThat(symbols.functions())
                .containsExactly(
                        new Symbol("_start", 0x10000, 8), new Symbol("f", 0x10008, 4), new Symbol("g", 0x10020, 0x20));
    }

    @Test
    void leavesOutWhatIsNoFunction() throws Exception {
        SymbolTable symbols = symbols(code().symbol("$x", LOCAL, NOTYPE, 1, 0x10000, 0)
                .symbol("$d.1", GLOBAL, NOTYPE, 1, 0x10000, 0)
                .symbol("local_label", LOCAL, NOTYPE, 1, 0x10000, 0)
                .symbol("object", GLOBAL, OBJECT, 1, 0x10000, 8)
                .symbol("undefined", GLOBAL, FUNC, 0, 0x10000, 8)
                .symbol("absolute", GLOBAL, NOTYPE, 0xfff1, 0x10000, 0)
                .symbol("", GLOBAL, FUNC, 1, 0x10000, 8)
                .symbol("outside", GLOBAL, FUNC, 1, 0x20000, 8)
                .symbol("far", GLOBAL, FUNC, 1, -2, 8)
                .symbol("kept", LOCAL, FUNC, 1, 0x10004, 4)
                .symbol("label_inside", GLOBAL, NOTYPE, 1, 0x10006, 0));

        assertThat(symbols.functions()).containsExactly(new Symbol("kept", 0x10004, 4));
    }

    @Test
    void choosesOneNamePerAddressWhateverTheOrder() throws Exception {
        SymbolTable one = symbols(code().symbol("label", GLOBAL, NOTYPE, 1, 0x10000, 0)
                .symbol("weak", WEAK, FUNC, 1, 0x10000, 8)
                .symbol("local", LOCAL, FUNC, 1, 0x10000, 8)
                .symbol("z", GLOBAL, FUNC, 1, 0x10000, 8)
                .symbol("a", GLOBAL, FUNC, 1, 0x10000, 8));
        SymbolTable two = symbols(code().symbol("__a", GLOBAL, FUNC, 1, 0x10000, 8)
                .symbol("a", GLOBAL, FUNC, 1, 0x10000, 8)
                .symbol("z", GLOBAL, FUNC, 1, 0x10000, 8)
                .symbol("weak", WEAK, FUNC, 1, 0x10000, 8));

        assertThat(one.functions()).containsExactly(new Symbol("a", 0x10000, 8)).isEqualTo(two.functions());
    }

    @Test
    void keepsManglingAndUnicode() throws Exception {
        SymbolTable symbols = symbols(code().function("_ZN4core3fmt5write17h0123456789abcdefE", 0x10000, 4)
                .function("größe", 0x10004, 4));

        assertThat(symbols.describe(0x10000)).isEqualTo("_ZN4core3fmt5write17h0123456789abcdefE");
        assertThat(symbols.describe(0x10004)).isEqualTo("größe");
    }

    @Test
    void leavesOutNamesThatCouldHarmATerminalOrMemory() throws Exception {
        SymbolTable symbols = symbols(code().function("\u001b[2J", 0x10000, 4)
                .function("two\nlines", 0x10004, 4)
                .function("\u009b31m", 0x10008, 4)
                .function("x".repeat(ElfSymbols.MAX_NAME), 0x1000c, 4)
                .function("y".repeat(ElfSymbols.MAX_NAME - 1), 0x10010, 4));

        assertThat(symbols.functions())
                .extracting(symbol -> symbol.name().length())
                .containsExactly(ElfSymbols.MAX_NAME - 1);
    }

    @Test
    void clipsSizesToTheCode() throws Exception {
        SymbolTable symbols = symbols(code().function("huge", 0x10000, Long.MAX_VALUE)
                .function("negative", 0x10010, -1)
                .function("last", 0x1003e, 100));

        assertThat(symbols.functions()).contains(new Symbol("huge", 0x10000, 0x40), new Symbol("last", 0x1003e, 2));
        assertThat(symbols.describe(0x10012)).isEqualTo("huge+0x12");
    }

    /** A section header's sh_type is at 4, sh_offset at 24, sh_size at 32, sh_link at 40, sh_entsize at 56. */
    @Test
    void aTableThatMakesNoSenseIsNoTable() throws Exception {
        byte[] file = code().function("f", 0x10000, 4).build();
        int sections = (int) new ElfBytes(file).u64(ElfBuilder.E_SHOFF);
        assertThat(Program.fromElf(file).symbols().functions()).hasSize(1);

        int[][] changes = {
            {64 + 4, 3},
            {64 + 24, 1 << 20},
            {64 + 40, 1},
            {64 + 40, 3},
            {64 + 56, 32},
            {128 + 4, 2},
            {128 + 32, 1 << 20}
        };
        for (int[] change : changes) {
            assertThat(Program.fromElf(ElfBuilder.set(file, sections + change[0], 4, change[1]))
                            .symbols()
                            .functions())
                    .as("section headers, offset %d", change[0])
                    .isEmpty();
        }
    }
}
