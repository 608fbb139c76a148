package dev.aver.zkvm.profile;

/**
 * Makes Rust's symbols readable: {@code _ZN4core3fmt5write17h73f0a1b53b590d61E} is {@code core::fmt::write}. This is
 * the compiler's "legacy" mangling, its default on stable releases; other names stand as they are.
 */
public final class RustName {
    private static final String PREFIX = "_ZN";
    /** The last part: "17h" and 16 hexadecimal digits, which tells Rust from C++. */
    private static final int HASH = 17;

    private static final String[][] ESCAPES = {
        {"$SP$", "@"},
        {"$BP$", "*"},
        {"$RF$", "&"},
        {"$LT$", "<"},
        {"$GT$", ">"},
        {"$LP$", "("},
        {"$RP$", ")"},
        {"$C$", ","},
        {"..", "::"}
    };

    private RustName() {}

    /** The readable form of a symbol, or the symbol itself. */
    public static String readable(String symbol) {
        if (!symbol.startsWith(PREFIX)) {
            return symbol;
        }
        StringBuilder path = new StringBuilder();
        int at = PREFIX.length();
        while (true) {
            int digits = at;
            int length = 0;
            while (at < symbol.length() && at - digits < 4 && Character.digit(symbol.charAt(at), 10) >= 0) {
                length = 10 * length + Character.digit(symbol.charAt(at++), 10);
            }
            if (length == 0 || length > symbol.length() - at) {
                return symbol;
            }
            String part = symbol.substring(at, at + length);
            at += length;
            if (isHash(part) && (symbol.startsWith("E", at))) {
                return path.isEmpty() ? symbol : path.toString();
            }
            path.append(path.isEmpty() ? "" : "::").append(unescaped(part));
        }
    }

    private static boolean isHash(String part) {
        return part.length() == HASH
                && part.charAt(0) == 'h'
                && part.chars().skip(1).allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static String unescaped(String part) {
        // An identifier cannot start with '$', so an underscore stands before the first escape.
        String text = part.startsWith("_$") ? part.substring(1) : part;
        for (String[] escape : ESCAPES) {
            text = text.replace(escape[0], escape[1]);
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.startsWith("$u", at) ? text.indexOf('$', at + 2) : -1;
            int point = end < 0 ? -1 : hex(text, at + 2, end);
            if (point >= ' ' && point < 0x7f) {
                result.appendCodePoint(point);
                at = end + 1;
            } else {
                result.append(text.charAt(at++));
            }
        }
        return result.toString();
    }

    /** The number in [from, to), −1 if it is not one of at most six hexadecimal digits. */
    private static int hex(String text, int from, int to) {
        int value = to - from > 6 || to == from ? -1 : 0;
        for (int i = from; i < to && value >= 0; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            value = digit < 0 ? -1 : value << 4 | digit;
        }
        return value;
    }
}
