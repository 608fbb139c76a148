package dev.aver.zkvm.program;

import static dev.aver.zkvm.testing.ElfBuilder.P_ALIGN;
import static dev.aver.zkvm.testing.ElfBuilder.P_PADDR;
import static dev.aver.zkvm.testing.ElfBuilder.R;
import static dev.aver.zkvm.testing.ElfBuilder.W;
import static dev.aver.zkvm.testing.ElfBuilder.X;
import static dev.aver.zkvm.testing.ElfBuilder.headersSize;
import static dev.aver.zkvm.testing.ElfBuilder.programHeader;
import static dev.aver.zkvm.testing.ElfBuilder.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.testing.ElfBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form: what it holds, and what it does not depend on. */
class ProgramTest {
    private static final int LI = 0x05d00893;
    private static final int ECALL = 0x00000073;

    @Test
    void holdsEntryCodeAndData() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20010, (byte) 1, (byte) 2)
                .entry(0x10004)
                .build());

        assertThat(program.entry()).isEqualTo(0x10004);
        assertThat(program.code().base()).isEqualTo(0x10000);
        assertThat(program.code().end()).isEqualTo(0x10008);
        assertThat(program.code().rows()).isEqualTo(4);
        assertThat(program.code().halfword(0)).isEqualTo(0x0893);
        assertThat(program.code().halfword(1)).isEqualTo(0x05d0);
        assertThat(program.code().halfword(2)).isEqualTo(0x0073);
        assertThat(program.code().halfword(3)).isZero();
        assertThat(program.image().pageCount()).isEqualTo(2);
        assertThat(program.image().byteSize()).isEqualTo(1024);
        assertThat(program.image().pageId(0)).isEqualTo(0x10000 / 512);
        assertThat(program.image().pageId(1)).isEqualTo(0x20000 / 512);
        byte[] page = new byte[514];
        program.image().copyPage(1, page, 1);
        assertThat(page[0x11]).isEqualTo((byte) 1);
        assertThat(page[0x12]).isEqualTo((byte) 2);
        assertThat(program.image().unsignedByte(0x20011)).isEqualTo(2);
        assertThat(program.image().unsignedByte(0x30000)).isZero();
        assertThat(program.symbols().functions()).isEmpty();
    }

    @Test
    void findsPagesById() throws Exception {
        MemoryImage image = Program.fromElf(new ElfBuilder()
                        .code(0x10000, LI)
                        .data(0x20000, (byte) 1)
                        .build())
                .image();

        assertThat(image.find(0x10000 / 512)).isZero();
        assertThat(image.find(0x20000 / 512)).isEqualTo(1);
        assertThat(image.find(0)).isEqualTo(-1);
        assertThat(image.find(0x18000 / 512)).isEqualTo(-1);
        assertThat(image.find(Integer.MAX_VALUE)).isEqualTo(-1);
        assertThatThrownBy(() -> image.copyPage(2, new byte[512], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> image.copyPage(-1, new byte[512], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keepsNoReferenceToTheFile() throws Exception {
        byte[] file = new ElfBuilder().code(0x10000, LI).build();
        Program program = Program.fromElf(file);
        Arrays.fill(file, (byte) 0xff);

        assertThat(program.code().halfword(0)).isEqualTo(0x0893);
    }

    @Test
    void rowsOutsideTheHullReadAsZero() throws Exception {
        CodeRange code =
                Program.fromElf(new ElfBuilder().code(0x10000, LI).build()).code();

        for (int row : new int[] {-1, Integer.MIN_VALUE, code.rows(), Integer.MAX_VALUE}) {
            assertThat(code.executable(row)).isFalse();
            assertThat(code.halfword(row)).isZero();
        }
    }

    @Test
    void dataBetweenCodeIsNotExecutable() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI)
                .data(0x10004, (byte) 0x13, (byte) 0, (byte) 0, (byte) 0)
                .code(0x10008, ECALL)
                .build());

        CodeRange code = program.code();
        assertThat(code.rows()).isEqualTo(6);
        for (int row = 0; row < 6; row++) {
            assertThat(code.executable(row)).isEqualTo(row < 2 || row >= 4);
        }
        assertThat(code.halfword(2)).isZero();
        assertThat(program.image().unsignedByte(0x10004)).isEqualTo(0x13);
    }

    @Test
    void acceptsTheEdgesOfTheProgramHalf() throws Exception {
        Program program = Program.fromElf(
                new ElfBuilder().code(0x1000, LI).data(0x7fffffff, (byte) 7).build());

        assertThat(program.entry()).isEqualTo(0x1000);
        assertThat(program.image().unsignedByte(0x7fffffff)).isEqualTo(7);
    }

    @Test
    void doesNotDependOnSegmentOrder() throws Exception {
        Program ascending = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI)
                .data(0x20000, (byte) 1)
                .data(0x30000, (byte) 2)
                .build());
        Program shuffled = Program.fromElf(new ElfBuilder()
                .data(0x30000, (byte) 2)
                .code(0x10000, LI)
                .data(0x20000, (byte) 1)
                .build());

        assertThat(shuffled).isEqualTo(ascending).hasSameHashCodeAs(ascending);
    }

    @Test
    void doesNotDependOnHowBytesAreDivided() throws Exception {
        Program whole = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20000, (byte) 1, (byte) 2, (byte) 0, (byte) 0)
                .build());
        Program divided = Program.fromElf(new ElfBuilder()
                .segment(0x10000, X, new byte[] {(byte) 0x93}, 1)
                .segment(0x10001, R | X, new byte[] {8, (byte) 0xd0, 5, 0x73, 0, 0}, 7)
                .data(0x20000, (byte) 1)
                .segment(0x20001, R, new byte[] {2}, 3)
                .zeros(0x30000, 0x1000)
                .segment(0x40000, R | W | X, new byte[0], 0)
                .build());

        assertThat(divided).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(divided.image()).isEqualTo(whole.image());
    }

    @Test
    void doesNotDependOnFileZerosOrMemoryZeros() throws Exception {
        byte[] long1 = new byte[5000];
        long1[0] = 1;
        Program inFile = Program.fromElf(
                new ElfBuilder().code(0x10000, LI).data(0x20000, long1).build());
        Program inMemory = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI)
                .segment(0x20000, R | W, new byte[] {1}, 5000)
                .build());

        assertThat(inMemory).isEqualTo(inFile);
        assertThat(inFile.image().pageCount()).isEqualTo(2);
    }

    @Test
    void doesNotDependOnPhysicalAddressesSymbolsOrOtherHeaders() throws Exception {
        ElfBuilder builder = new ElfBuilder().code(0x10000, LI).data(0x20000, (byte) 1);
        byte[] plain = builder.build();
        Program program = Program.fromElf(plain);

        assertThat(Program.fromElf(set(plain, programHeader(1, P_PADDR), 8, -1)))
                .isEqualTo(program);
        assertThat(Program.fromElf(builder.function("main", 0x10000, 4).build()))
                .isEqualTo(program)
                .hasSameHashCodeAs(program);
        byte[] junk = {1, 2, 3, 4};
        for (int type : new int[] {0, 4, 5, 6, 7, 0x70000003, 0x6474e550, 0x6474e551, 0x6474e552, 0x12345678}) {
            byte[] withHeader = new ElfBuilder()
                    .code(0x10000, LI)
                    .data(0x20000, (byte) 1)
                    .header(type, R, 0x50000, junk, 4)
                    .build();
            assertThat(Program.fromElf(withHeader)).as("p_type %x", type).isEqualTo(program);
        }
    }

    @Test
    void doesNotDependOnHeadersMappedIntoMemory() throws Exception {
        byte[] content = {0x13, 0, 0, 0, 0x73, 0, 0, 0};
        byte[] file = new ElfBuilder().codeWithHeaders(0x10000, content).build();
        Program program = Program.fromElf(file);

        assertThat(program.entry()).isEqualTo(0x10000 + headersSize(1));
        assertThat(program.code().base()).isEqualTo(0x10000);
        for (int i = 0; i < headersSize(1); i++) {
            assertThat(program.image().unsignedByte(0x10000 + i)).isZero();
        }
        assertThat(program.image().unsignedByte(0x10000 + headersSize(1))).isEqualTo(0x13);
        assertThat(Program.fromElf(set(file, programHeader(0, P_PADDR), 8, 0x1234)))
                .isEqualTo(program);
        assertThat(Program.fromElf(set(file, ElfBuilder.E_SHOFF, 8, 0x1234))).isEqualTo(program);
    }

    @Test
    void dependsOnWhatTheMachineSees() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20000, (byte) 1)
                .build());

        Program otherData = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20000, (byte) 2)
                .build());
        Program otherPlace = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20001, (byte) 1)
                .build());
        Program otherEntry = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .data(0x20000, (byte) 1)
                .entry(0x10004)
                .build());
        Program moreCode = Program.fromElf(new ElfBuilder()
                .code(0x10000, LI, ECALL)
                .segment(0x20000, X, new byte[] {1}, 2)
                .build());

        assertThat(program).isNotEqualTo(otherData).isNotEqualTo(otherPlace);
        assertThat(program).isNotEqualTo(otherEntry).isNotEqualTo(moreCode);
    }

    @Test
    void zeroTailsOfExecutableSegmentsAddNoRows() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .segment(0x10000, R | W | X, new byte[] {0x13, 0, 0, 0}, 0x7fff0000)
                .build());

        assertThat(program.code().base()).isEqualTo(0x10000);
        assertThat(program.code().end()).isEqualTo(0x10202);
        assertThat(program.image().pageCount()).isEqualTo(1);
    }

    @Test
    void zeroPagesBeforeTheCodeAddNoRows() throws Exception {
        byte[] content = new byte[1028];
        content[1024] = 0x13;
        Program program = Program.fromElf(new ElfBuilder()
                .segment(0x10004, R | X, content, content.length)
                .entry(0x10404)
                .build());

        assertThat(program.code().base()).isEqualTo(0x10400);
        assertThat(program.code().rows()).isEqualTo(4);
    }

    @Test
    void segmentsMayMeetInsideAPage() throws Exception {
        byte[] bytes = new byte[4096];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251 + 1);
        }
        ElfBuilder builder = new ElfBuilder();
        for (int from = 0, size = 1; from < bytes.length; from += size, size = Math.min(3 * size, 4096 - from)) {
            builder.segment(0x10001 + from, R | X, Arrays.copyOfRange(bytes, from, from + size), size);
        }
        MemoryImage image = Program.fromElf(builder.entry(0x10002).build()).image();

        assertThat(image.pageCount()).isEqualTo(9);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(image.unsignedByte(0x10001 + i)).isEqualTo(i % 251 + 1);
        }
    }

    @Test
    void keepsTheZeroUpperHalfOfAnInstructionAtTheEndOfAPage() throws Exception {
        byte[] content = new byte[516];
        content[0] = 0x13;
        content[510] = 0x73;
        CodeRange code = Program.fromElf(new ElfBuilder()
                        .segment(0x10000, R | X, content, 0x10000)
                        .build())
                .code();

        assertThat(code.executable(255)).isTrue();
        assertThat(code.halfword(255)).isEqualTo(0x73);
        assertThat(code.executable(256)).isTrue();
        assertThat(code.rows()).isEqualTo(257);
    }

    @Test
    void oddEdgesAreNotExecutable() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .segment(0x10001, R | X, new byte[] {1, 0x13, 0, 0, 0, 1}, 6)
                .entry(0x10002)
                .build());

        assertThat(program.code().base()).isEqualTo(0x10002);
        assertThat(program.code().end()).isEqualTo(0x10006);
        assertThat(program.image().unsignedByte(0x10001)).isEqualTo(1);
    }

    @Test
    void aHullOfSixteenMebibytesIsAccepted() throws Exception {
        Program program = Program.fromElf(
                new ElfBuilder().code(0x10000, LI).code(0x1010000 - 4, LI).build());

        assertThat(program.code().rows()).isEqualTo(CodeRange.MAX_ROWS);
        assertThat(program.code().halfword(CodeRange.MAX_ROWS - 2)).isEqualTo(0x0893);
        assertThat(program.code().executable(CodeRange.MAX_ROWS / 2)).isFalse();
    }

    @Test
    void twoGibibytesOfZerosCostNothing() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .code(0x1000, LI)
                .zeros(0x2000, MemoryMap.INPUT_START - 0x2000)
                .build());

        assertThat(program.image().byteSize()).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0, 0x1, 0x10, 0x11})
    void acceptsCompressedAndTotalStoreOrderFlags(int flags) throws Exception {
        assertThat(Program.fromElf(
                                new ElfBuilder().code(0x10000, LI).flags(flags).build())
                        .entry())
                .isEqualTo(0x10000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 8, 4096, 1L << 40, 1L << 62, 1L << 63})
    void acceptsAlignmentsThatLinkersPromise(long align) throws Exception {
        byte[] content = new byte[4096 - headersSize(1) + 4];
        content[content.length - 4] = 0x13;
        byte[] file = new ElfBuilder()
                .segment(0x10000 + headersSize(1), R | X, content, content.length)
                .entry(0x11000)
                .build();

        assertThat(Program.fromElf(set(file, programHeader(0, P_ALIGN), 8, align))
                        .entry())
                .isEqualTo(0x11000);
    }

    @Test
    void aSegmentOfZerosMayHaveAnyFileOffset() throws Exception {
        byte[] file = new ElfBuilder().code(0x10000, LI).zeros(0x20000, 0x1000).build();

        assertThat(Program.fromElf(set(file, programHeader(1, ElfBuilder.P_OFFSET), 8, -1)))
                .isEqualTo(Program.fromElf(file));
    }

    @Test
    void readsFiles(@TempDir Path folder) throws Exception {
        byte[] elf = new ElfBuilder().code(0x10000, LI).build();
        Path file = Files.write(folder.resolve("program.elf"), elf);

        assertThat(Program.fromElf(file)).isEqualTo(Program.fromElf(elf));
        assertThatThrownBy(() -> Program.fromElf(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Program.fromElf(folder.resolve("absent"))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesLargeFilesUnread(@TempDir Path folder) throws Exception {
        Path sparse = folder.resolve("large.elf");
        try (var file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(Program.MAX_FILE + 1L);
        }

        assertThatThrownBy(() -> Program.fromElf(sparse))
                .isInstanceOfSatisfying(
                        InvalidProgramException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidProgramException.Reason.TOO_LARGE));
    }

    @Test
    void describesItself() throws Exception {
        Program program = Program.fromElf(
                new ElfBuilder().code(0x10000, LI).function("f", 0x10000, 4).build());

        assertThat(program.toString()).contains("entry=0x10000", "0x10004", "1 pages", "1 functions");
    }
}
