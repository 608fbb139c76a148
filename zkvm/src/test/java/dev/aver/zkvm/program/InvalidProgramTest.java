package dev.aver.zkvm.program;

import static dev.aver.zkvm.testing.ElfBuilder.P_ALIGN;
import static dev.aver.zkvm.testing.ElfBuilder.P_FILESZ;
import static dev.aver.zkvm.testing.ElfBuilder.P_MEMSZ;
import static dev.aver.zkvm.testing.ElfBuilder.P_OFFSET;
import static dev.aver.zkvm.testing.ElfBuilder.P_VADDR;
import static dev.aver.zkvm.testing.ElfBuilder.R;
import static dev.aver.zkvm.testing.ElfBuilder.W;
import static dev.aver.zkvm.testing.ElfBuilder.X;
import static dev.aver.zkvm.testing.ElfBuilder.programHeader;
import static dev.aver.zkvm.testing.ElfBuilder.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aver.zkvm.program.InvalidProgramException.Reason;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule refuses with its reason, at the field's offset, under the field's name. */
class InvalidProgramTest {
    private static final byte[] VALID =
            new ElfBuilder().code(0x10000, 0x13).data(0x20000, (byte) 1).build();

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(Reason.NOT_ELF, 0, "e_ident", new byte[0]),
                arguments(Reason.NOT_ELF, 0, "e_ident", new byte[] {0x7f, 'E', 'L'}),
                arguments(Reason.NOT_ELF, 0, "e_ident", set(VALID, 3, 1, 'G')),
                arguments(Reason.TRUNCATED, 63, "ELF header", Arrays.copyOf(VALID, 63)),
                arguments(Reason.WRONG_CLASS, 4, "EI_CLASS", set(VALID, 4, 1, 1)),
                arguments(Reason.WRONG_BYTE_ORDER, 5, "EI_DATA", set(VALID, 5, 1, 2)),
                arguments(Reason.MALFORMED_HEADER, 6, "EI_VERSION", set(VALID, 6, 1, 0)),
                arguments(Reason.NOT_LINKED, 16, "e_type", set(VALID, 16, 2, 1)),
                arguments(Reason.POSITION_INDEPENDENT, 16, "e_type", set(VALID, 16, 2, 3)),
                arguments(Reason.NOT_EXECUTABLE, 16, "e_type", set(VALID, 16, 2, 4)),
                arguments(Reason.WRONG_MACHINE, 18, "e_machine", set(VALID, 18, 2, 62)),
                arguments(Reason.MALFORMED_HEADER, 20, "e_version", set(VALID, 20, 4, 2)),
                arguments(Reason.UNSUPPORTED_ABI, 48, "e_flags", set(VALID, 48, 4, 0x3)),
                arguments(Reason.UNSUPPORTED_ABI, 48, "e_flags", set(VALID, 48, 4, 0x5)),
                arguments(Reason.UNSUPPORTED_ABI, 48, "e_flags", set(VALID, 48, 4, 0x7)),
                arguments(Reason.UNSUPPORTED_ABI, 48, "e_flags", set(VALID, 48, 4, 0x8)),
                arguments(Reason.UNSUPPORTED_ABI, 48, "e_flags", set(VALID, 48, 4, 0x80000001L)),
                arguments(Reason.MALFORMED_HEADER, 52, "e_ehsize", set(VALID, 52, 2, 52)),
                arguments(Reason.MALFORMED_HEADER, 54, "e_phentsize", set(VALID, 54, 2, 32)),
                arguments(Reason.PROGRAM_HEADERS, 56, "e_phnum", set(VALID, 56, 2, 0)),
                arguments(Reason.PROGRAM_HEADERS, 56, "e_phnum", set(VALID, 56, 2, 0xffff)),
                arguments(Reason.TRUNCATED, 32, "e_phoff", set(VALID, 56, 2, 0xfffe)),
                arguments(Reason.TRUNCATED, 32, "e_phoff", set(VALID, 32, 8, VALID.length)),
                arguments(Reason.TRUNCATED, 32, "e_phoff", set(VALID, 32, 8, -56)),
                arguments(Reason.TRUNCATED, 32, "e_phoff", set(VALID, 32, 8, 1L << 32 | 64)),
                arguments(
                        Reason.PROGRAM_HEADERS,
                        64,
                        "p_type",
                        new ElfBuilder().code(0x10000).build()),
                arguments(Reason.DYNAMIC, 64, "p_type", set(VALID, 64, 4, 2)),
                arguments(Reason.DYNAMIC, 120, "p_type", set(VALID, 120, 4, 3)),
                segment(Reason.MALFORMED_SEGMENT, P_FILESZ, "p_filesz", 5),
                segment(Reason.MALFORMED_SEGMENT, P_FILESZ, "p_filesz", -1),
                segment(Reason.SEGMENT_PLACE, P_VADDR, "p_vaddr", 0),
                segment(Reason.SEGMENT_PLACE, P_VADDR, "p_vaddr", 0xff8),
                segment(Reason.SEGMENT_PLACE, P_VADDR, "p_vaddr", 0x80000000L),
                segment(Reason.SEGMENT_PLACE, P_VADDR, "p_vaddr", 0x100010000L),
                segment(Reason.SEGMENT_PLACE, P_VADDR, "p_vaddr", -8),
                segment(Reason.SEGMENT_PLACE, P_MEMSZ, "p_memsz", 0x7fff0001L),
                segment(Reason.SEGMENT_PLACE, P_MEMSZ, "p_memsz", Long.MAX_VALUE),
                segment(Reason.SEGMENT_PLACE, P_MEMSZ, "p_memsz", -1),
                segment(Reason.TRUNCATED, P_OFFSET, "p_offset", VALID.length),
                segment(Reason.TRUNCATED, P_OFFSET, "p_offset", Long.MAX_VALUE),
                segment(Reason.TRUNCATED, P_OFFSET, "p_offset", -4),
                segment(Reason.TRUNCATED, P_OFFSET, "p_offset", 1L << 32),
                segment(Reason.MALFORMED_SEGMENT, P_OFFSET, "p_offset", 4),
                segment(Reason.MALFORMED_SEGMENT, P_ALIGN, "p_align", 3),
                segment(Reason.MALFORMED_SEGMENT, P_ALIGN, "p_align", -1),
                arguments(
                        Reason.SEGMENT_OVERLAP,
                        programHeader(1, P_VADDR),
                        "p_vaddr",
                        set(VALID, programHeader(1, P_VADDR), 8, 0x10000)),
                arguments(
                        Reason.SEGMENT_OVERLAP,
                        programHeader(1, P_VADDR),
                        "p_vaddr",
                        new ElfBuilder()
                                .segment(0x10000, R | X, new byte[] {0x13, 0, 0, 0}, 0x101)
                                .data(0x10100, (byte) 1)
                                .build()),
                arguments(
                        Reason.SEGMENT_OVERLAP,
                        programHeader(0, P_VADDR),
                        "p_vaddr",
                        new ElfBuilder()
                                .data(0x10002, (byte) 1)
                                .code(0x10000, 0x13)
                                .build()),
                arguments(
                        Reason.NO_CODE,
                        64,
                        "p_flags",
                        new ElfBuilder().data(0x10000, (byte) 1).build()),
                arguments(
                        Reason.NO_CODE,
                        64,
                        "p_flags",
                        new ElfBuilder()
                                .segment(0x10000, R | W | X, new byte[8], 0x1000)
                                .build()),
                arguments(
                        Reason.NO_CODE,
                        64,
                        "p_flags",
                        new ElfBuilder().segment(0x10001, X, new byte[] {1}, 1).build()),
                arguments(
                        Reason.CODE_TOO_LARGE,
                        64,
                        "p_vaddr",
                        new ElfBuilder()
                                .code(0x10000, 0x13)
                                .code(0x1010000, 0x13)
                                .build()),
                entry(0x10001),
                entry(0),
                entry(0xfffe),
                entry(0x10004),
                entry(0x20000),
                entry(-2),
                entry(0x100010000L));
    }

    private static Arguments segment(Reason reason, int field, String name, long value) {
        int offset = programHeader(0, field);
        return arguments(reason, offset, name, set(VALID, offset, 8, value));
    }

    private static Arguments entry(long entry) {
        return arguments(Reason.BAD_ENTRY, 24, "e_entry", set(VALID, 24, 8, entry));
    }

    @ParameterizedTest(name = "{index} {0} {2}")
    @MethodSource("refused")
    void refuses(Reason reason, long offset, String field, byte[] file) {
        InvalidProgramException e = refusal(file);

        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e.offset()).isEqualTo(offset);
        assertThat(e.field()).isEqualTo(field);
        assertThat(e.getMessage())
                .contains(field, "0x" + Long.toHexString(offset), e.found(), e.expected(), e.wayOut())
                .doesNotContain("\n");
    }

    @Test
    void everyReasonButSizeIsCovered() {
        assertThat(refused().map(a -> (Reason) a.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Reason.TOO_LARGE)));
    }

    @Test
    void messageReadsAsASentence() {
        assertThat(refusal(set(VALID, 48, 4, 5)))
                .hasMessage("e_flags at file offset 0x30: found 0x5, expected the soft-float ABI (bits 1, 2 clear); "
                        + "recompile with -march=rv64imac -mabi=lp64");
    }

    /** The first segment maps the whole file, so one more byte of any segment is one too many. */
    @Test
    void refusesFileBytesUsedMoreThanOnce() throws Exception {
        byte[] file = set(VALID, programHeader(0, P_OFFSET), 8, 0);
        file = set(file, programHeader(0, P_FILESZ), 8, file.length);
        file = set(file, programHeader(0, P_MEMSZ), 8, file.length);
        file = set(file, ElfBuilder.E_ENTRY, 8, 0x10000 + ElfBuilder.headersSize(2));
        assertThat(Program.fromElf(set(file, programHeader(1, P_FILESZ), 8, 0)).entry())
                .isEqualTo(0x10000 + ElfBuilder.headersSize(2));

        InvalidProgramException e = refusal(file);
        assertThat(e.reason()).isEqualTo(Reason.MALFORMED_SEGMENT);
        assertThat(e.offset()).isEqualTo(programHeader(1, P_FILESZ));
    }

    private static InvalidProgramException refusal(byte[] file) {
        InvalidProgramException e = catchThrowableOfType(InvalidProgramException.class, () -> Program.fromElf(file));
        assertThat(e).as("the file loads").isNotNull();
        return e;
    }
}
