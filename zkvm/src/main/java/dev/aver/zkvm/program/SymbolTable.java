package dev.aver.zkvm.program;

import static java.util.Comparator.comparingLong;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Function names by address, for people: traps, profiles, listings. Names stand as they are in the file (no demangling)
 * and contain no control characters. One name per address. Immutable; empty for stripped programs.
 */
public final class SymbolTable {
    /** The table of a program without symbols. */
    public static final SymbolTable EMPTY = new SymbolTable(List.of());

    private final List<Symbol> functions;

    private SymbolTable(List<Symbol> functions) {
        this.functions = functions;
    }

    /**
     * A function.
     *
     * @param name not empty
     * @param address its first byte
     * @param size bytes it extends over, at least 1
     */
    public record Symbol(String name, long address, long size) {}

    /** The table of these functions, whose addresses differ. */
    static SymbolTable of(List<Symbol> functions) {
        return functions.isEmpty()
                ? EMPTY
                : new SymbolTable(functions.stream()
                        .sorted(comparingLong(Symbol::address))
                        .toList());
    }

    /** All functions, by ascending address. */
    public List<Symbol> functions() {
        return functions;
    }

    /**
     * The function that contains an address, {@code null} if none does. Where functions are nested it is the one that
     * starts last, and behind its end none.
     */
    public @Nullable Symbol at(long address) {
        int low = 0;
        int high = functions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (functions.get(middle).address() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return null;
        }
        Symbol symbol = functions.get(low - 1);
        return address - symbol.address() < symbol.size() ? symbol : null;
    }

    /** {@code name} or {@code name+0x1c} in a function, {@code 0x10074} elsewhere. */
    public String describe(long address) {
        Symbol symbol = at(address);
        if (symbol == null) {
            return ElfReader.hex(address);
        }
        long offset = address - symbol.address();
        return offset == 0 ? symbol.name() : symbol.name() + "+" + ElfReader.hex(offset);
    }

    @Override
    public String toString() {
        return "SymbolTable[" + functions.size() + " functions]";
    }
}
