package dev.aver.zkvm.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles a static RISC-V ELF64 executable: header, program headers, the segments' bytes in the order given, then, if
 * there are symbols, their tables and section headers. Nothing is checked, so that tests can build what must be
 * refused; {@link #set} overwrites any field afterwards.
 *
 * <pre>{@code
 * byte[] elf = new ElfBuilder().code(0x10000, 0x00000513, 0x05d00893, 0x00000073).data(0x20000, bytes).build();
 * }</pre>
 */
public final class ElfBuilder {
    /** Permission bits of a segment. */
    public static final int X = 1;

    /** Permission bits of a segment. */
    public static final int W = 2;

    /** Permission bits of a segment. */
    public static final int R = 4;

    /** Program header type of a loadable segment. */
    public static final int PT_LOAD = 1;

    /** File offset of e_entry. */
    public static final int E_ENTRY = 24;

    /** File offset of e_phoff. */
    public static final int E_PHOFF = 32;

    /** File offset of e_shoff. */
    public static final int E_SHOFF = 40;

    /** File offset of e_flags. */
    public static final int E_FLAGS = 48;

    /** File offset of e_phnum. */
    public static final int E_PHNUM = 56;

    /** File offset of the first program header: where {@link #build} puts it. */
    public static final int PROGRAM_HEADERS = 64;

    /** Bytes of a program header. */
    public static final int PROGRAM_HEADER_SIZE = 56;

    /** Offset in a program header of p_offset. */
    public static final int P_OFFSET = 8;

    /** Offset in a program header of p_vaddr. */
    public static final int P_VADDR = 16;

    /** Offset in a program header of p_paddr. */
    public static final int P_PADDR = 24;

    /** Offset in a program header of p_filesz. */
    public static final int P_FILESZ = 32;

    /** Offset in a program header of p_memsz. */
    public static final int P_MEMSZ = 40;

    /** Offset in a program header of p_align. */
    public static final int P_ALIGN = 48;

    private record Part(int type, int flags, long address, byte[] content, long memorySize, boolean withHeaders) {}

    private record SymbolEntry(String name, int info, int section, long address, long size) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<SymbolEntry> symbols = new ArrayList<>();
    private long entry = -1;
    private int flags = 1;

    /** Sets the entry; without it, the first executable segment's address. */
    public ElfBuilder entry(long address) {
        entry = address;
        return this;
    }

    /** Sets e_flags; without it, 1 (RVC). */
    public ElfBuilder flags(int value) {
        flags = value;
        return this;
    }

    /** Adds a readable, executable segment of 4-byte instructions. */
    public ElfBuilder code(long address, int... instructions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * instructions.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int instruction : instructions) {
            bytes.putInt(instruction);
        }
        return segment(address, R | X, bytes(bytes), bytes.capacity());
    }

    /** Adds a readable, writable segment. */
    public ElfBuilder data(long address, byte... content) {
        return segment(address, R | W, content, content.length);
    }

    /** Adds a readable, writable segment of zeros that takes no room in the file. */
    public ElfBuilder zeros(long address, long size) {
        return segment(address, R | W, new byte[0], size);
    }

    /** Adds a PT_LOAD. */
    public ElfBuilder segment(long address, int permissions, byte[] content, long memorySize) {
        return header(PT_LOAD, permissions, address, content, memorySize);
    }

    /** Adds a program header of any type, with content. */
    public ElfBuilder header(int type, int permissions, long address, byte[] content, long memorySize) {
        parts.add(new Part(type, permissions, address, content.clone(), memorySize, false));
        return this;
    }

    /**
     * Adds an executable PT_LOAD that maps the file from its start, headers included, like GNU ld's default script
     * does; must be the first part. The content stands at {@code address} + the headers' size.
     */
    public ElfBuilder codeWithHeaders(long address, byte[] content) {
        parts.add(new Part(PT_LOAD, R | X, address, content.clone(), -1, true));
        return this;
    }

    /** Adds a global function symbol. */
    public ElfBuilder function(String name, long address, long size) {
        return symbol(name, 1, 2, 1, address, size);
    }

    /**
     * Adds a symbol.
     *
     * @param binding 0 local, 1 global, 2 weak
     * @param type 0 none, 1 object, 2 function
     * @param section 0 undefined, 0xfff1 absolute
     */
    public ElfBuilder symbol(String name, int binding, int type, int section, long address, long size) {
        symbols.add(new SymbolEntry(name, binding << 4 | type, section, address, size));
        return this;
    }

    /** Bytes of the header and {@code count} program headers. */
    public static int headersSize(int count) {
        return PROGRAM_HEADERS + count * PROGRAM_HEADER_SIZE;
    }

    /** File offset of a field of the i-th program header. */
    public static int programHeader(int i, int field) {
        return PROGRAM_HEADERS + i * PROGRAM_HEADER_SIZE + field;
    }

    /** A copy of a file with {@code size} bytes (1 … 8) at an offset replaced by a little-endian value. */
    public static byte[] set(byte[] file, int offset, int size, long value) {
        byte[] copy = file.clone();
        for (int i = 0; i < size; i++) {
            copy[offset + i] = (byte) (value >>> (8 * i));
        }
        return copy;
    }

    /** The file. */
    public byte[] build() {
        int headers = headersSize(parts.size());
        ByteBuffer table = buffer(parts.size() * PROGRAM_HEADER_SIZE);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Part part : parts) {
            // Offset and address agree modulo 8, which is the alignment that the header promises.
            int padding = part.withHeaders ? 0 : (int) (part.address - headers - body.size() & 7);
            body.writeBytes(new byte[padding]);
            int offset = part.withHeaders ? 0 : headers + body.size();
            long size = part.withHeaders ? headers + part.content.length : part.content.length;
            table.putInt(part.type).putInt(part.flags).putLong(offset).putLong(part.address);
            table.putLong(part.address).putLong(size).putLong(part.withHeaders ? size : part.memorySize);
            table.putLong(8);
            body.writeBytes(part.content);
        }
        byte[] sections = symbols.isEmpty() ? new byte[0] : sections(headers + body.size());
        ByteBuffer file = buffer(headers + body.size() + sections.length);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 243).putInt(1).putLong(entryAddress());
        file.putLong(PROGRAM_HEADERS);
        file.putLong(symbols.isEmpty() ? 0 : file.capacity() - 3 * 64);
        file.putInt(flags).putShort((short) 64);
        file.putShort((short) PROGRAM_HEADER_SIZE).putShort((short) parts.size());
        file.putShort((short) 64).putShort((short) (symbols.isEmpty() ? 0 : 3)).putShort((short) 0);
        file.put(bytes(table)).put(body.toByteArray()).put(sections);
        return bytes(file);
    }

    private long entryAddress() {
        return entry != -1
                ? entry
                : parts.stream()
                        .filter(part -> (part.flags & X) != 0)
                        .findFirst()
                        .map(part -> part.withHeaders ? part.address + headersSize(parts.size()) : part.address)
                        .orElse(0L);
    }

    /** Symbol table, string table, and section headers: null, .symtab, .strtab. */
    private byte[] sections(int offset) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        ByteBuffer table = buffer(24 * (symbols.size() + 1)).position(24);
        for (SymbolEntry symbol : symbols) {
            table.putInt(names.size()).put((byte) symbol.info).put((byte) 0).putShort((short) symbol.section);
            table.putLong(symbol.address).putLong(symbol.size);
            names.writeBytes(symbol.name.getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        ByteBuffer result = buffer(table.capacity() + names.size() + 3 * 64);
        result.put(bytes(table)).put(names.toByteArray());
        int headers = result.position();
        section(result.position(headers + 64), 2, offset, table.capacity(), 2, 24);
        section(result.position(headers + 128), 3, offset + table.capacity(), names.size(), 0, 0);
        return bytes(result);
    }

    private static void section(ByteBuffer target, int type, int offset, int size, int link, int entrySize) {
        target.putInt(0).putInt(type).putLong(0).putLong(0).putLong(offset).putLong(size);
        target.putInt(link).putInt(0).putLong(1).putLong(entrySize);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
