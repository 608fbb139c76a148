package dev.aver.zkvm.profile;

import dev.aver.zkvm.machine.Memory;
import java.nio.charset.StandardCharsets;

/** Reads the names of regions from the guest's memory, which may hold anything. */
final class RegionName {
    /** Longest name in bytes; longer ones are cut. */
    static final int MAX_LENGTH = 64;

    private static final String UNNAMED = "(unnamed region)";

    private RegionName() {}

    /** The NUL-terminated string at an address, made printable: never empty, no control characters. */
    static String read(Memory memory, long address) {
        byte[] bytes = new byte[MAX_LENGTH];
        int length = 0;
        if (memory.peek(address, bytes, 0, MAX_LENGTH)) {
            while (length < MAX_LENGTH && bytes[length] != 0) {
                length++;
            }
        } else {
            // Near the end of what is mapped, the name may still end before it.
            while (length < MAX_LENGTH && memory.peek(address + length, bytes, length, 1) && bytes[length] != 0) {
                length++;
            }
        }
        String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
        StringBuilder printable = new StringBuilder();
        name.codePoints().map(point -> isPrintable(point) ? point : '\uFFFD').forEach(printable::appendCodePoint);
        return printable.isEmpty() ? UNNAMED : printable.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
