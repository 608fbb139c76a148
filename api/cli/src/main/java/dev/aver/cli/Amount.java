package dev.aver.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line: digits, an optional suffix k, m, g or t, and nothing else. */
public sealed interface Amount extends ITypeConverter<Long> {
    /** Bytes: suffixes are powers of 1024. */
    final class Bytes implements Amount {
        @Override
        public Long convert(String text) {
            return Amount.parse(text, 1024, "a number of bytes such as 65536, 64k, 16m or 1g");
        }
    }

    /** Counts: suffixes are powers of 1000. */
    final class Count implements Amount {
        @Override
        public Long convert(String text) {
            return Amount.parse(text, 1000, "a number such as 2000000 or 2m");
        }
    }

    private static long parse(String text, long unit, String expected) {
        int digits = text.length();
        long scale = 1;
        if (digits > 0) {
            int suffix = "kmgt".indexOf(Character.toLowerCase(text.charAt(digits - 1)));
            if (suffix >= 0) {
                digits--;
                for (int i = 0; i <= suffix; i++) {
                    scale *= unit;
                }
            }
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE / scale - digit) / 10) {
                throw new TypeConversionException("'" + text + "' is not " + expected);
            }
            value = 10 * value + digit;
        }
        if (digits == 0) {
            throw new TypeConversionException("'" + text + "' is not " + expected);
        }
        return value * scale;
    }
}
