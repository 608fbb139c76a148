package dev.aver.verifier;

import dev.aver.circuits.hash.HashSuite;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The root of the input half of memory as a run finds it: the input with its length, and five words of salt. With salt
 * that nobody knows it hides even an input that is easy to guess; with zeros for salt anyone can compute it from the
 * input.
 *
 * @param elements 9, in Montgomery form; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record InputDigest(int[] elements) {
    /** Length of the encoding. */
    public static final int BYTES = 36;

    /** @throws IllegalArgumentException if there are not 9 elements */
    public InputDigest {
        if (4 * elements.length != BYTES) throw new IllegalArgumentException("not a digest");
    }

    /** Reads what {@link #toString} gives; empty if this text is not a digest. */
    public static Optional<InputDigest> parse(String text) {
        if (text.length() != 2 * BYTES || !text.chars().allMatch(HexFormat::isHexDigit)) return Optional.empty();
        int[] elements = new int[BYTES / 4];
        boolean valid = HashSuite.POSEIDON2.decode(HexFormat.of().parseHex(text), 0, elements, 0);
        return valid ? Optional.of(new InputDigest(elements)) : Optional.empty();
    }

    /** The canonical elements, 4 bytes each, in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(HashSuite.POSEIDON2.encode(elements, 0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputDigest(int[] others) && Arrays.equals(elements, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }
}
