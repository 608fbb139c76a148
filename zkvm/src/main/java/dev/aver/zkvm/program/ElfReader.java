package dev.aver.zkvm.program;

import dev.aver.zkvm.program.InvalidProgramException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads and checks what the machine needs of an ELF file: the header and the loadable segments. Section headers,
 * physical addresses, OS ABI and memory permissions other than "executable" are not looked at. Field names, offsets and
 * values are those of the System V gABI, chapters 4 and 5, and of the RISC-V ELF psABI, chapter 8.
 */
final class ElfReader {
    static final int HEADER_SIZE = 64;
    static final int PROGRAM_HEADER_SIZE = 56;

    static final Field E_ENTRY = new Field("e_entry", 24, 8);
    private static final Field EI_CLASS = new Field("EI_CLASS", 4, 1);
    private static final Field EI_DATA = new Field("EI_DATA", 5, 1);
    private static final Field EI_VERSION = new Field("EI_VERSION", 6, 1);
    private static final Field E_TYPE = new Field("e_type", 16, 2);
    private static final Field E_MACHINE = new Field("e_machine", 18, 2);
    private static final Field E_VERSION = new Field("e_version", 20, 4);
    private static final Field E_PHOFF = new Field("e_phoff", 32, 8);
    private static final Field E_FLAGS = new Field("e_flags", 48, 4);
    private static final Field E_EHSIZE = new Field("e_ehsize", 52, 2);
    private static final Field E_PHENTSIZE = new Field("e_phentsize", 54, 2);
    private static final Field E_PHNUM = new Field("e_phnum", 56, 2);

    private static final Field P_TYPE = new Field("p_type", 0, 4);
    private static final Field P_FLAGS = new Field("p_flags", 4, 4);
    private static final Field P_OFFSET = new Field("p_offset", 8, 8);
    private static final Field P_VADDR = new Field("p_vaddr", 16, 8);
    private static final Field P_FILESZ = new Field("p_filesz", 32, 8);
    private static final Field P_MEMSZ = new Field("p_memsz", 40, 8);
    private static final Field P_ALIGN = new Field("p_align", 48, 8);

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

    /** A field by its name, offset in its header and size in bytes. */
    record Field(String name, int offset, int size) {}

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
        if (file.length() < 4 || file.u32(0) != 0x464c457f) {
            throw new InvalidProgramException(Reason.NOT_ELF, 0, "e_ident", "other bytes", "the magic 7f 45 4c 46");
        }
        if (file.length() < HEADER_SIZE) {
            throw new InvalidProgramException(
                    Reason.TRUNCATED, file.length(), "ELF header", "the end of the file", "a header of 64 bytes");
        }
        require(get(EI_CLASS) == 2, Reason.WRONG_CLASS, EI_CLASS, "2 (ELF64)");
        require(get(EI_DATA) == 1, Reason.WRONG_BYTE_ORDER, EI_DATA, "1 (little-endian)");
        require(get(EI_VERSION) == 1, Reason.MALFORMED_HEADER, EI_VERSION, "1");
    }

    private void checkHeader() throws InvalidProgramException {
        require(get(E_MACHINE) == EM_RISCV, Reason.WRONG_MACHINE, E_MACHINE, "0xf3 (RISC-V)");
        Reason wrongType = switch ((int) get(E_TYPE)) {
            case ET_REL -> Reason.NOT_LINKED;
            case ET_DYN -> Reason.POSITION_INDEPENDENT;
            default -> Reason.NOT_EXECUTABLE;
        };
        require(get(E_TYPE) == ET_EXEC, wrongType, E_TYPE, "2 (ET_EXEC)");
        require(get(E_VERSION) == 1, Reason.MALFORMED_HEADER, E_VERSION, "1");
        long flags = get(E_FLAGS);
        require((flags & FLAG_FLOAT_ABI) == 0, Reason.UNSUPPORTED_ABI, E_FLAGS, "the soft-float ABI (bits 1, 2 clear)");
        require((flags & FLAG_RVE) == 0, Reason.UNSUPPORTED_ABI, E_FLAGS, "32 registers (bit 3 clear)");
        require((flags & ~FLAGS_ACCEPTED) == 0, Reason.UNSUPPORTED_ABI, E_FLAGS, "no flags but RVC (1), TSO (0x10)");
        require(get(E_EHSIZE) == HEADER_SIZE, Reason.MALFORMED_HEADER, E_EHSIZE, "0x40");
    }

    private Layout readSegments() throws InvalidProgramException {
        int count = (int) get(E_PHNUM);
        require(count > 0, Reason.PROGRAM_HEADERS, E_PHNUM, "at least one program header");
        require(count < PN_XNUM, Reason.PROGRAM_HEADERS, E_PHNUM, "fewer than 0xffff program headers");
        require(get(E_PHENTSIZE) == PROGRAM_HEADER_SIZE, Reason.MALFORMED_HEADER, E_PHENTSIZE, "0x38");
        int size = count * PROGRAM_HEADER_SIZE;
        require(file.contains(get(E_PHOFF), size), Reason.TRUNCATED, E_PHOFF, inFile(size));

        int table = (int) get(E_PHOFF);
        List<Segment> segments = new ArrayList<>();
        for (int at = table; at < table + size; at += PROGRAM_HEADER_SIZE) {
            long type = get(at, P_TYPE);
            require(type != PT_INTERP && type != PT_DYNAMIC, Reason.DYNAMIC, at, P_TYPE, "no PT_DYNAMIC or PT_INTERP");
            if (type == PT_LOAD && (get(at, P_FILESZ) | get(at, P_MEMSZ)) != 0) {
                segments.add(readSegment(at));
            }
        }
        require(!segments.isEmpty(), Reason.PROGRAM_HEADERS, table, P_TYPE, "a PT_LOAD that is not empty");
        segments.sort(Comparator.comparingLong(Segment::address));
        checkTogether(segments);
        return new Layout(get(E_ENTRY), table, size, List.copyOf(segments));
    }

    private Segment readSegment(int at) throws InvalidProgramException {
        long offset = get(at, P_OFFSET);
        long address = get(at, P_VADDR);
        long fileSize = get(at, P_FILESZ);
        long memorySize = get(at, P_MEMSZ);
        long align = get(at, P_ALIGN);
        boolean executable = (get(at, P_FLAGS) & PF_X) != 0;

        boolean fits = Long.compareUnsigned(fileSize, memorySize) <= 0;
        require(fits, Reason.MALFORMED_SEGMENT, at, P_FILESZ, "at most p_memsz, " + hex(memorySize));
        boolean starts = address >= MemoryMap.PROGRAM_START && address < MemoryMap.INPUT_START;
        require(starts, Reason.SEGMENT_PLACE, at, P_VADDR, "an address in the program half");
        long room = MemoryMap.INPUT_START - address;
        boolean ends = memorySize > 0 && memorySize <= room;
        require(ends, Reason.SEGMENT_PLACE, at, P_MEMSZ, hex(room) + " at most, to the end of the program half");
        require((align & (align - 1)) == 0, Reason.MALFORMED_SEGMENT, at, P_ALIGN, "0 or a power of two");
        if (fileSize == 0) {
            // Linkers leave any file offset in segments that are only zeros.
            return new Segment(at, address, memorySize, 0, 0, executable);
        }
        require(file.contains(offset, fileSize), Reason.TRUNCATED, at, P_OFFSET, inFile(fileSize));
        long modulus = Math.clamp(align, 1, LOADER_PAGE);
        boolean congruent = (offset - address) % modulus == 0;
        require(congruent, Reason.MALFORMED_SEGMENT, at, P_OFFSET, "p_vaddr modulo " + hex(modulus));
        return new Segment(at, address, memorySize, (int) offset, (int) fileSize, executable);
    }

    /** Checks what no segment shows alone. */
    private void checkTogether(List<Segment> sorted) throws InvalidProgramException {
        long end = 0;
        long fileBytes = 0;
        for (Segment segment : sorted) {
            int at = segment.headerOffset();
            String expected = hex(end) + " at least, the end of the segment before it";
            require(segment.address() >= end, Reason.SEGMENT_OVERLAP, at, P_VADDR, expected);
            end = segment.end();
            // Without this, many segments that map the same file bytes would make a small file a large program.
            fileBytes += segment.fileSize();
            boolean distinct = fileBytes <= file.length();
            require(distinct, Reason.MALFORMED_SEGMENT, at, P_FILESZ, "no more bytes in all segments than in the file");
        }
    }

    private String inFile(long size) {
        return hex(size) + " bytes from there inside the file of " + hex(file.length());
    }

    private long get(Field field) {
        return get(0, field);
    }

    private long get(int header, Field field) {
        int at = header + field.offset;
        return switch (field.size) {
            case 1 -> file.u8(at);
            case 2 -> file.u16(at);
            case 4 -> file.u32(at);
            default -> file.u64(at);
        };
    }

    private void require(boolean ok, Reason reason, Field field, String expected) throws InvalidProgramException {
        require(ok, reason, 0, field, expected);
    }

    private void require(boolean ok, Reason reason, int header, Field field, String expected)
            throws InvalidProgramException {
        if (!ok) {
            throw new InvalidProgramException(
                    reason, header + field.offset, field.name, hex(get(header, field)), expected);
        }
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
