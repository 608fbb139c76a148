package dev.aver.zkvm.program;

import static dev.aver.zkvm.testing.ElfBuilder.P_OFFSET;
import static dev.aver.zkvm.testing.ElfBuilder.R;
import static dev.aver.zkvm.testing.ElfBuilder.W;
import static dev.aver.zkvm.testing.ElfBuilder.X;
import static dev.aver.zkvm.testing.ElfBuilder.programHeader;
import static dev.aver.zkvm.testing.ElfBuilder.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.aver.zkvm.program.InvalidProgramException.Reason;
import dev.aver.zkvm.program.SymbolTable.Symbol;
import dev.aver.zkvm.testing.ElfBuilder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files made to do harm: each loads to a sound program or is refused with a typed exception, in bounded memory. */
class HostileElfTest {
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        0xfff,
        0x1000,
        0xffff,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -0x1000,
        -8,
        -1
    };

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Everything the loader reads: mapped headers, data, zeros, a foreign program header, symbols. */
    private static byte[] small() {
        return new ElfBuilder()
                .codeWithHeaders(0x10000, new byte[] {0x13, 0, 0, 0, 0x73, 0, 0, 0})
                .segment(0x11000, R | W, new byte[] {1, 2, 3}, 0x2000)
                .header(0x70000003, R, 0, new byte[] {'A'}, 0)
                .function("main", 0x10000 + ElfBuilder.headersSize(3), 8)
                .symbol("label", 1, 0, 1, 0x10000, 0)
                .build();
    }

    /** Loads; empty if refused. Anything else than a sound program or a typed refusal fails. */
    private static Optional<Program> load(byte[] file, String what) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Program program = Program.fromElf(file);
            assertBounded(before, file, what);
            assertSound(program, what);
            return Optional.of(program);
        } catch (InvalidProgramException e) {
            assertBounded(before, file, what);
            assertThat(e.getMessage()).as(what).contains(e.field(), e.wayOut());
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    /** A program header of 56 bytes can touch two pages of 512, which are copied at most twice. */
    private static void assertBounded(long before, byte[] file, String what) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as(what + ": bytes allocated").isLessThan(60L * file.length + (1 << 18));
    }

    private static void assertSound(Program program, String what) {
        CodeRange code = program.code();
        assertThat(code.rows()).as(what).isBetween(1, CodeRange.MAX_ROWS);
        assertThat(code.base() & 1).as(what).isZero();
        assertThat(program.entry() & 1).as(what).isZero();
        assertThat(code.executable((int) ((program.entry() - code.base()) / 2)))
                .as(what)
                .isTrue();
        assertThat(code.executable(0)).as(what).isTrue();
        assertThat(code.executable(code.rows() - 1)).as(what).isTrue();
        MemoryImage image = program.image();
        int previous = (int) (MemoryMap.PROGRAM_START >> MemoryMap.PAGE_BITS) - 1;
        for (int i = 0; i < image.pageCount(); i++) {
            assertThat(image.pageId(i)).as(what).isGreaterThan(previous);
            previous = image.pageId(i);
        }
        assertThat(previous).as(what).isLessThan((int) (MemoryMap.INPUT_START >> MemoryMap.PAGE_BITS));
        for (Symbol symbol : program.symbols().functions()) {
            assertThat(symbol.size()).as(what).isPositive();
            assertThat(symbol.address() + symbol.size()).as(what).isLessThanOrEqualTo(code.end());
            assertThat(program.symbols().at(symbol.address())).as(what).isEqualTo(symbol);
        }
    }

    @Test
    void everyTruncationIsTheSameProgramOrTruncated() throws Exception {
        for (byte[] file : List.of(small(), StockElfTest.resource("gcc.elf"), StockElfTest.resource("lld.elf"))) {
            Program whole = Program.fromElf(file);
            for (int length = 0; length < file.length; length++) {
                String what = "truncated to " + length;
                try {
                    assertThat(Program.fromElf(Arrays.copyOf(file, length)))
                            .as(what)
                            .isEqualTo(whole);
                } catch (InvalidProgramException e) {
                    assertThat(e.reason()).as(what).isEqualTo(length < 4 ? Reason.NOT_ELF : Reason.TRUNCATED);
                    assertThat(e.offset()).as(what).isLessThanOrEqualTo(length);
                }
            }
        }
    }

    @Test
    void everyBitFlip() {
        byte[] file = small();
        int loaded = 0;
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            loaded += load(flipped, "bit " + bit + " flipped").isPresent() ? 1 : 0;
        }
        assertThat(loaded).isBetween(1, 8 * file.length - 1);
    }

    @Test
    void everyFieldWithExtremeValues() {
        byte[] file = small();
        int refused = 0;
        for (int size : new int[] {1, 2, 4, 8}) {
            for (int offset = 0; offset + size <= file.length; offset += size) {
                for (long value : EXTREMES) {
                    byte[] changed = set(file, offset, size, value);
                    refused += load(changed, "offset %d size %d value %x".formatted(offset, size, value))
                                    .isEmpty()
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void randomMutationsOfStockFiles() throws Exception {
        long seed = 0x5eed;
        Random random = new Random(seed);
        byte[][] files = {small(), StockElfTest.resource("gcc.elf"), StockElfTest.resource("lld.elf")};
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] file = files[i % files.length].clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int size = 1 << random.nextInt(4);
                // Half of the changes hit the headers, where they matter most.
                int range = random.nextBoolean() ? Math.min(file.length, 400) : file.length;
                int offset = random.nextInt(range - size + 1) & -size;
                long value = random.nextBoolean()
                        ? EXTREMES[random.nextInt(EXTREMES.length)] + random.nextInt(3) - 1
                        : random.nextInt(file.length + 16);
                file = set(file, offset, size, value);
            }
            refused += load(file, "seed " + seed + " case " + i).isEmpty() ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void manySegmentsOfOneByte() {
        ElfBuilder builder = new ElfBuilder().code(0x10000, 0x13);
        int count = 20_000;
        for (int i = 1; i < count; i++) {
            builder.data(0x10000 + 1024L * i + 511, (byte) 1);
        }
        Program program = load(builder.build(), "many segments").orElseThrow();
        assertThat(program.image().pageCount()).isEqualTo(count);
    }

    @Test
    void manySegmentsOfTheSameFileBytesAreRefused() {
        int count = 2_000;
        byte[] content = new byte[4096];
        Arrays.fill(content, (byte) 1);
        ElfBuilder builder = new ElfBuilder().segment(0x10000, R | X, content, content.length);
        for (int i = 1; i < count; i++) {
            builder.zeros(0x10000 + 8192L * i, content.length);
        }
        byte[] file = builder.build();
        long offset = new ElfBytes(file).u64(programHeader(0, P_OFFSET));
        for (int i = 1; i < count; i++) {
            System.arraycopy(set(new byte[8], 0, 8, offset), 0, file, programHeader(i, P_OFFSET), 8);
            System.arraycopy(set(new byte[8], 0, 8, content.length), 0, file, programHeader(i, ElfBuilder.P_FILESZ), 8);
        }

        assertThat(load(file, "amplified segments")).isEmpty();
    }

    @Test
    void mostProgramHeaders() {
        int count = 0xfffe;
        byte[] file = Arrays.copyOf(new ElfBuilder().code(0x10000, 0x13).build(), ElfBuilder.headersSize(count) + 8);
        byte[] valid = set(set(file, programHeader(0, P_OFFSET), 8, file.length - 8), file.length - 8, 4, 0x13);

        assertThat(load(set(valid, ElfBuilder.E_PHNUM, 2, count), "65534 program headers"))
                .isPresent();
        assertThat(load(set(valid, ElfBuilder.E_PHNUM, 2, 0xffff), "PN_XNUM")).isEmpty();
    }

    @Test
    void aHeaderTableOverTheCodeChangesNothingButZeros() {
        byte[] file = new ElfBuilder().code(0x10000, new int[64]).build();
        byte[] overlapped = Arrays.copyOf(file, file.length);
        int code = ElfBuilder.headersSize(1);
        System.arraycopy(file, ElfBuilder.PROGRAM_HEADERS, overlapped, code, ElfBuilder.PROGRAM_HEADER_SIZE);
        overlapped[overlapped.length - 1] = 1;

        Program program = load(set(overlapped, ElfBuilder.E_PHOFF, 8, code), "program headers in the code")
                .orElseThrow();
        assertThat(program.image().unsignedByte(0x10000)).isZero();
        assertThat(program.image().unsignedByte(0x100ff)).isEqualTo(1);
    }

    /** A million symbols whose names are the same long bytes: gigabytes, if each were kept. */
    @Test
    void symbolsThatShareTheirNames() {
        ElfBuilder builder = new ElfBuilder().code(0x10000, new int[25_000]).entry(0x10000);
        byte[] base = withNonZeroCode(builder);
        int symbols = 50_000;
        byte[] name = "n".repeat(ElfSymbols.MAX_NAME - 1).getBytes(StandardCharsets.UTF_8);
        int table = base.length;
        int names = table + 24 * symbols;
        int sections = names + name.length + 2;
        byte[] file = Arrays.copyOf(base, sections + 3 * 64);
        for (int i = 0; i < symbols; i++) {
            byte[] symbol = set(set(set(new byte[24], 0, 4, 1), 4, 4, 0x00010012), 8, 8, 0x10000 + 2L * i);
            System.arraycopy(symbol, 0, file, table + 24 * i, 24);
        }
        System.arraycopy(name, 0, file, names + 1, name.length);
        section(file, sections + 64, 2, table, 24 * symbols, 2, 24);
        section(file, sections + 128, 3, names, name.length + 2, 0, 0);
        file = set(set(file, ElfBuilder.E_SHOFF, 8, sections), 58, 4, 3 << 16 | 64);

        Program program = load(file, "shared names").orElseThrow();
        assertThat(program.symbols().functions()).hasSizeBetween(1, file.length / ElfSymbols.MAX_NAME + 1);
    }

    private static byte[] withNonZeroCode(ElfBuilder builder) {
        byte[] file = builder.build();
        Arrays.fill(file, ElfBuilder.headersSize(1), file.length, (byte) 0x13);
        return file;
    }

    private static void section(byte[] file, int at, int type, int offset, int size, int link, int entrySize) {
        byte[] header = set(set(set(new byte[64], 4, 4, type), 24, 8, offset), 32, 8, size);
        System.arraycopy(set(set(header, 40, 4, link), 56, 8, entrySize), 0, file, at, 64);
    }

    @Test
    void symbolTableLiesNeverRefuseAProgram() throws Exception {
        byte[] file = small();
        Program program = Program.fromElf(file);
        int sections = (int) new ElfBytes(file).u64(ElfBuilder.E_SHOFF);
        int symbols = (int) new ElfBytes(file).u64(sections + 64 + 24);
        for (int offset = symbols; offset < file.length; offset += 4) {
            for (long value : EXTREMES) {
                String what = "offset %d value %x".formatted(offset, value);
                assertThat(load(set(file, offset, 4, value), what)).as(what).contains(program);
            }
        }
        for (int field : new int[] {ElfBuilder.E_SHOFF, ElfBuilder.E_SHOFF + 4, 58, 60, 62}) {
            for (long value : EXTREMES) {
                String what = "header field %d value %x".formatted(field, value);
                assertThat(load(set(file, field, field < 48 ? 4 : 2, value), what))
                        .as(what)
                        .contains(program);
            }
        }
    }
}
