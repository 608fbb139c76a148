package dev.aver.zkvm.program;

import dev.aver.zkvm.program.InvalidProgramException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A loaded program in canonical form: what the machine sees. It does not depend on symbols, section headers, debug
 * information, the order of segments, physical addresses, or how bytes are divided among segments. Immutable.
 *
 * <p>Accepted are static, little-endian ELF64 executables for RISC-V with the soft-float ABI whose PT_LOAD segments
 * lie, without overlap, in [{@link MemoryMap#PROGRAM_START}, {@link MemoryMap#INPUT_START}). Every byte of an
 * executable segment (PF_X), zero-filled ones included, can be fetched; everything can be read and written, but stores
 * never change what is fetched. PT_DYNAMIC and PT_INTERP are refused, all other program headers ignored. Symbols are
 * optional, and malformed ones are left out: the machine does not see them. Loading needs memory in proportion to the
 * file's size, whatever the file says.
 *
 * <p>Two programs are equal if the machine cannot tell them apart; symbols do not count.
 */
public final class Program {
    /** Largest file in bytes: 256 MiB. */
    public static final int MAX_FILE = 256 << 20;

    private final long entry;
    private final CodeRange code;
    private final MemoryImage image;
    private final SymbolTable symbols;

    private Program(long entry, CodeRange code, MemoryImage image, SymbolTable symbols) {
        this.entry = entry;
        this.code = code;
        this.image = image;
        this.symbols = symbols;
    }

    /**
     * Loads an ELF file.
     *
     * @throws IOException if the file cannot be read
     * @throws InvalidProgramException if it is not a program for this machine, or larger than {@link #MAX_FILE}
     */
    public static Program fromElf(Path file) throws IOException, InvalidProgramException {
        checkSize(Files.size(file));
        try (InputStream in = Files.newInputStream(file)) {
            // Bounded once more: pipes and devices have no size, and files grow.
            return fromElf(in.readNBytes(MAX_FILE + 1));
        }
    }

    /**
     * Loads the bytes of an ELF file.
     *
     * @throws InvalidProgramException if it is not a program for this machine, or larger than {@link #MAX_FILE}
     */
    public static Program fromElf(byte[] file) throws InvalidProgramException {
        checkSize(file.length);
        ElfBytes elf = new ElfBytes(file);
        ElfReader.Layout layout = ElfReader.read(elf);
        MemoryImage image = MemoryImage.of(elf, layout);
        CodeRange code = CodeRange.of(layout, image);
        checkEntry(layout.entry(), code);
        return new Program(layout.entry(), code, image, ElfSymbols.read(elf, code));
    }

    /**
     * The loadable segments of an ELF file, by address, for listings: the machine does not see how bytes are divided
     * among them.
     *
     * @throws InvalidProgramException as {@link #fromElf(byte[])} does for what concerns headers and segments
     */
    public static List<Segment> segments(byte[] file) throws InvalidProgramException {
        checkSize(file.length);
        return ElfReader.read(new ElfBytes(file)).segments();
    }

    private static void checkSize(long size) throws InvalidProgramException {
        if (size > MAX_FILE) {
            throw new InvalidProgramException(
                    Reason.TOO_LARGE, MAX_FILE, "file", size + " bytes or more", "at most " + MAX_FILE + " bytes");
        }
    }

    private static void checkEntry(long entry, CodeRange code) throws InvalidProgramException {
        if ((entry & 1) != 0 || !code.executable(entry)) {
            throw new InvalidProgramException(
                    Reason.BAD_ENTRY,
                    ElfReader.E_ENTRY.offset(),
                    ElfReader.E_ENTRY.name(),
                    ElfReader.hex(entry),
                    "an even address with code, from 0x%x to 0x%x".formatted(code.base(), code.end()));
        }
    }

    /** Address of the first instruction: even and executable. */
    public long entry() {
        return entry;
    }

    /** The executable bytes. */
    public CodeRange code() {
        return code;
    }

    /** Initial content of the program half. */
    public MemoryImage image() {
        return image;
    }

    /** Functions by address; may be empty. */
    public SymbolTable symbols() {
        return symbols;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Program program
                && entry == program.entry
                && code.coversSame(program.code)
                && image.equals(program.image);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(entry) + code.coverHash()) + image.hashCode();
    }

    @Override
    public String toString() {
        return "Program[entry=0x%x, %s, %s, %s]".formatted(entry, code, image, symbols);
    }
}
