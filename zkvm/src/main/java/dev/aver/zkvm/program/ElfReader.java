package dev.aver.zkvm.program;

import dev.aver.zkvm.program.InvalidProgramException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads and checks what the machine needs of an ELF file: the header and the loadable segments. Section headers, physical
 * addresses, OS ABI and memory permissions other than "executable" are not looked at. Field names, offsets and values are
 * those of the System V gABI, chapters 4 and 5, and of the RISC-V ELF psABI, chapter 8.
 */
final class ElfReader {
    static final int HEADER_SIZE = 64;
    static final int PROGRAM_HEADER_SIZE = 56;

    static final int E_ENTRY = 24;
    private static final int E_PHOFF = 32;
    private static final int E_PHNUM = 56;

    private static final int ET_REL = 1;
    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;
    private static final int EM_RISCV = 243;
    private static final int PN_XNUM = 0xffff;

    private static final int FLAG_FLOAT_ABI = 0x6;
    private static final int FLAG_RVE = 0x8;
    /** RVC, and TSO: one hart in order keeps total store order by itself. */
    private static final int FLAGS_ACCEPTED = 0x1 | 0x10;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int PF_X = 1;
    /** Congruence of file offset and address is checked up to here, like kernels do: linkers may promise more. */
    private static final long LOADER_PAGE = 4096;

    private final ElfBytes file;

    private ElfReader(ElfBytes file) {
        this.file = file;
    }

    /**
     * The result of reading.
     *
     * @param entry address of the first instruction, as the file says it
     * @param tableOffset file offset of the program header table
     * @param tableSize its size in bytes
     * @param segments sorted by address, disjoint, at least one
     */
    record Layout(long entry, int tableOffset, int tableSize, List<Segment> segments) {}

    /** Checks the file's header and program headers. */
    static Layout read(ElfBytes file) throws InvalidProgramException {
        ElfReader reader = new ElfReader(file);
        reader.checkIdentification();
        reader.checkHeader();
        return reader.readSegments();
    }

    private void checkIdentification() throws InvalidProgramException {
        if (file.length() < 4 || file.u8(0) != 0x7f || file.u8(1) != 'E' || file.u8(2) != 'L' || file.u8(3) != 'F') {
            throw invalid(Reason.NOT_ELF, 0, "e_ident", "other bytes", "the ELF magic 7f 45 4c 46");
        }
        if (file.length() < HEADER_SIZE) {
            throw invalid(Reason.TRUNCATED, file.length(), "e_ident", "end of file", "a header of 64 bytes");
        }
        require(file.u8(4) == 2, Reason.WRONG_CLASS, 4, "EI_CLASS", file.u8(4), "2 (ELF64)");
        require(file.u8(5) == 1, Reason.WRONG_BYTE_ORDER, 5, "EI_DATA", file.u8(5), "1 (little-endian)");
        require(file.u8(6) == 1, Reason.MALFORMED_HEADER, 6, "EI_VERSION", file.u8(6), "1");
    }

    private void checkHeader() throws InvalidProgramException {
        require(file.u16(18) == EM_RISCV, Reason.WRONG_MACHINE, 18, "e_machine", file.u16(18), "0xf3 (RISC-V)");
        int type = file.u16(16);
        Reason wrongType =
                switch (type) {
                    case ET_REL -> Reason.NOT_LINKED;
                    case ET_DYN -> Reason.POSITION_INDEPENDENT;
                    default -> Reason.NOT_EXECUTABLE;
                };
        require(type == ET_EXEC, wrongType, 16, "e_type", type, "2 (ET_EXEC)");
        require(file.u32(20) == 1, Reason.MALFORMED_HEADER, 20, "e_version", file.u32(20), "1");
        long flags = file.u32(48);
        require((flags & FLAG_FLOAT_ABI) == 0, Reason.UNSUPPORTED_ABI, 48, "e_flags", flags, "the soft-float ABI");
        require((flags & FLAG_RVE) == 0, Reason.UNSUPPORTED_ABI, 48, "e_flags", flags, "no RVE");
        long unknown = flags & ~(FLAGS_ACCEPTED | FLAG_FLOAT_ABI | FLAG_RVE);
        require(unknown == 0, Reason.UNSUPPORTED_ABI, 48, "e_flags", flags, "no flags but RVC (1) and TSO (0x10)");
        int headerSize = file.u16(52);
        require(headerSize == HEADER_SIZE, Reason.MALFORMED_HEADER, 52, "e_ehsize", headerSize, "0x40");
    }

    private Layout readSegments() throws InvalidProgramException {
        int count = file.u16(E_PHNUM);
        require(count > 0, Reason.PROGRAM_HEADERS, E_PHNUM, "e_phnum", count, "at least one program header");
        require(count < PN_XNUM, Reason.PROGRAM_HEADERS, E_PHNUM, "e_phnum", count, "fewer than 65535 program headers");
        int entrySize = file.u16(54);
        require(entrySize == PROGRAM_HEADER_SIZE, Reason.MALFORMED_HEADER, 54, "e_phentsize", entrySize, "0x38");
        long table = file.u64(E_PHOFF);
        int tableSize = count * PROGRAM_HEADER_SIZE;
        require(file.contains(table, tableSize), Reason.TRUNCATED, E_PHOFF, "e_phoff", table,
                "a table of 0x%x bytes inside the file of 0x%x bytes".formatted(tableSize, file.length()));

        List<Segment> segments = new ArrayList<>();
        for (int at = (int) table; at < table + tableSize; at += PROGRAM_HEADER_SIZE) {
            long type = file.u32(at);
            require(type != PT_INTERP, Reason.DYNAMIC, at, "p_type", type, "no PT_INTERP");
            require(type != PT_DYNAMIC, Reason.DYNAMIC, at, "p_type", type, "no PT_DYNAMIC");
            if (type == PT_LOAD && (file.u64(at + 32) | file.u64(at + 40)) != 0) {
                segments.add(readSegment(at));
            }
        }
        checkTogether((int) table, segments);
        return new Layout(file.u64(E_ENTRY), (int) table, tableSize, List.copyOf(segments));
    }

    private Segment readSegment(int at) throws InvalidProgramException {
        long offset = file.u64(at + 8);
        long address = file.u64(at + 16);
        long fileSize = file.u64(at + 32);
        long memorySize = file.u64(at + 40);
        long align = file.u64(at + 48);
        require(Long.compareUnsigned(fileSize, memorySize) <= 0, Reason.MALFORMED_SEGMENT, at + 32, "p_filesz", fileSize,
                "at most p_memsz = " + hex(memorySize));
        require(address >= MemoryMap.PROGRAM_START && address < MemoryMap.INPUT_START,
                Reason.SEGMENT_PLACE, at + 16, "p_vaddr", address, "an address in the program half");
        require(memorySize > 0 && memorySize <= MemoryMap.INPUT_START - address,
                Reason.SEGMENT_PLACE, at + 40, "p_memsz", memorySize,
                "at most %s, the end of the program half".formatted(hex(MemoryMap.INPUT_START - address)));
        require((align & (align - 1)) == 0, Reason.MALFORMED_SEGMENT, at + 48, "p_align", align, "0 or a power of two");
        if (fileSize == 0) {
            // Linkers leave any file offset in segments that are only zeros.
            return new Segment(at, address, memorySize, 0, 0, (file.u32(at + 4) & PF_X) != 0);
        }
        require(file.contains(offset, fileSize), Reason.TRUNCATED, at + 8, "p_offset", offset,
                "0x%x bytes inside the file of 0x%x bytes".formatted(fileSize, file.length()));
        long modulus = align < 0 ? LOADER_PAGE : Math.min(Math.max(align, 1), LOADER_PAGE);
        require((offset - address) % modulus == 0, Reason.MALFORMED_SEGMENT, at + 8, "p_offset", offset,
                "p_vaddr = %s modulo %s".formatted(hex(address), hex(modulus)));
        return new Segment(
                at, address, memorySize, (int) offset, (int) fileSize, (file.u32(at + 4) & PF_X) != 0);
    }

    /** Sorts the segments and checks what no segment shows alone. */
    private void checkTogether(int table, List<Segment> segments) throws InvalidProgramException {
        require(!segments.isEmpty(), Reason.PROGRAM_HEADERS, table, "p_type", 0, "at least one PT_LOAD with content");
        segments.sort(Comparator.comparingLong(Segment::address));
        long end = 0;
        long fileBytes = 0;
        for (Segment segment : segments) {
            int at = segment.headerOffset();
            require(segment.address() >= end, Reason.SEGMENT_OVERLAP, at + 16, "p_vaddr", segment.address(),
                    "at least %s, the end of the segment before it".formatted(hex(end)));
            end = segment.end();
            // Without this, many segments that map the same file bytes would make a small file a large program.
            fileBytes += segment.fileSize();
            require(fileBytes <= file.length(), Reason.MALFORMED_SEGMENT, at + 32, "p_filesz", segment.fileSize(),
                    "segments that together need no more bytes than the file has");
        }
    }

    private static void require(boolean ok, Reason reason, int offset, String field, long found, String expected)
            throws InvalidProgramException {
        if (!ok) {
            throw invalid(reason, offset, field, hex(found), expected);
        }
    }

    private static InvalidProgramException invalid(
            Reason reason, long offset, String field, String found, String expected) {
        return new InvalidProgramException(reason, offset, field, found, expected);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
