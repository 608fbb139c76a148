package dev.aver.zkvm.program;

import dev.aver.zkvm.program.SymbolTable.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads function symbols from an ELF file's section headers. All of it is optional: a table or a symbol that makes no
 * sense is left out, because the machine does not see it and a program must not be refused for it. Work and memory are
 * bounded by the file's size: names may share bytes of the string table, so their total length has a budget.
 */
final class ElfSymbols {
    /** Symbols kept at most. */
    static final int MAX_SYMBOLS = 1 << 20;
    /** Longest name in bytes; a longer one is left out. */
    static final int MAX_NAME = 4096;

    private static final int SECTION_HEADER_SIZE = 64;
    private static final int SYMBOL_SIZE = 24;

    private static final int SHT_SYMTAB = 2;
    private static final int SHT_STRTAB = 3;
    private static final int SHN_UNDEF = 0;
    private static final int SHN_ABS = 0xfff1;
    private static final int STT_NOTYPE = 0;
    private static final int STT_FUNC = 2;
    private static final int STB_LOCAL = 0;

    private final ElfBytes file;
    private final CodeRange code;
    private int nameBudget;

    private ElfSymbols(ElfBytes file, CodeRange code) {
        this.file = file;
        this.code = code;
        this.nameBudget = file.length();
    }

    /** The functions of the file's first symbol table. */
    static SymbolTable read(ElfBytes file, CodeRange code) {
        return new ElfSymbols(file, code).read();
    }

    /** Where a section's bytes are; inside the file. */
    private record Section(int type, int offset, int size, long link, long entrySize) {}

    /** A symbol as the file has it: size 0 if unknown. Lower ranks name an address rather than higher ones. */
    private record Candidate(String name, long address, long size, int rank) {}

    private SymbolTable read() {
        int count = sectionCount();
        for (int i = 0; i < count; i++) {
            Optional<Section> symbols = section(i, count).filter(s -> s.type == SHT_SYMTAB);
            if (symbols.isPresent()) {
                return section(symbols.get().link, count)
                        .filter(names -> names.type == SHT_STRTAB && symbols.get().entrySize == SYMBOL_SIZE)
                        .map(names -> SymbolTable.of(resolve(candidates(symbols.get(), names))))
                        .orElse(SymbolTable.EMPTY);
            }
        }
        return SymbolTable.EMPTY;
    }

    private int sectionCount() {
        int count = file.u16(60);
        boolean present =
                file.u16(58) == SECTION_HEADER_SIZE && file.contains(file.u64(40), (long) count * SECTION_HEADER_SIZE);
        return present ? count : 0;
    }

    private Optional<Section> section(long index, int count) {
        if (index >= count) {
            return Optional.empty();
        }
        int at = (int) file.u64(40) + (int) index * SECTION_HEADER_SIZE;
        long offset = file.u64(at + 24);
        long size = file.u64(at + 32);
        return file.contains(offset, size)
                ? Optional.of(new Section(
                        (int) file.u32(at + 4), (int) offset, (int) size, file.u32(at + 40), file.u64(at + 56)))
                : Optional.empty();
    }

    private List<Candidate> candidates(Section symbols, Section names) {
        List<Candidate> candidates = new ArrayList<>();
        int end = symbols.offset + symbols.size;
        for (int at = symbols.offset; end - at >= SYMBOL_SIZE && candidates.size() < MAX_SYMBOLS; at += SYMBOL_SIZE) {
            int type = file.u8(at + 4) & 0xf;
            int binding = file.u8(at + 4) >>> 4;
            int section = file.u16(at + 6);
            long address = file.u64(at + 8);
            // Labels of assembly code have no type; local ones are jump targets, absolute ones are the linker script's
            // numbers, and those that start with $ are mapping symbols ($x, $d).
            boolean label = type == STT_NOTYPE && binding != STB_LOCAL && section != SHN_ABS;
            if (section == SHN_UNDEF || !(type == STT_FUNC || label) || !code.executable(address)) {
                continue;
            }
            String name = name(names, file.u32(at));
            if (!name.isEmpty() && !(label && name.startsWith("$"))) {
                // A library's malloc reads better than its alias __malloc_malloc.
                boolean reserved = name.startsWith("_");
                int rank =
                        (label ? 8 : 0) + (reserved ? 4 : 0) + (binding == STB_LOCAL ? 2 : 0) + (binding > 1 ? 1 : 0);
                candidates.add(new Candidate(name, address, Math.max(file.u64(at + 16), 0), rank));
            }
        }
        return candidates;
    }

    /** The name at an offset of the string table; empty if it is malformed or the budget is spent. */
    private String name(Section names, long offset) {
        if (offset >= names.size) {
            return "";
        }
        int start = names.offset + (int) offset;
        int limit = Math.min(Math.min(names.size - (int) offset, MAX_NAME), nameBudget);
        int length = 0;
        while (length < limit && file.u8(start + length) != 0) {
            length++;
        }
        nameBudget -= length;
        if (length == limit) {
            return "";
        }
        byte[] bytes = new byte[length];
        file.copy(start, bytes, 0, length);
        String name = new String(bytes, StandardCharsets.UTF_8);
        // Names are printed on terminals: none may carry an escape sequence.
        return name.chars().anyMatch(Character::isISOControl) ? "" : name;
    }

    /** One symbol per address, each with an extent: an unknown size reaches to the next symbol or the code's end. */
    private List<Symbol> resolve(List<Candidate> candidates) {
        candidates.sort(Comparator.comparingLong(Candidate::address)
                .thenComparing(c -> c.size == 0)
                .thenComparingInt(Candidate::rank)
                .thenComparing(Candidate::name));
        List<Candidate> chosen = new ArrayList<>();
        long covered = 0;
        for (Candidate c : candidates) {
            boolean alias = !chosen.isEmpty() && chosen.getLast().address == c.address;
            boolean inside = c.size == 0 && c.address < covered;
            if (!alias && !inside) {
                chosen.add(c);
                covered = Math.max(covered, c.address + Math.min(c.size, code.end() - c.address));
            }
        }
        List<Symbol> symbols = new ArrayList<>(chosen.size());
        for (int i = 0; i < chosen.size(); i++) {
            Candidate c = chosen.get(i);
            long room = code.end() - c.address;
            long toNext = i + 1 < chosen.size() ? chosen.get(i + 1).address - c.address : room;
            symbols.add(new Symbol(c.name, c.address, c.size == 0 ? toNext : Math.min(c.size, room)));
        }
        return symbols;
    }
}
