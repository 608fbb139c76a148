package dev.aver.circuits.image;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.zkvm.program.Program;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a claim names its program by. It follows from the ELF file alone, and changes exactly when something changes
 * that the machine can see.
 *
 * @param digest 9 elements in Montgomery form; not to be modified
 */
public record ImageId(int[] digest) {
    /** Length of the encoding: the canonical elements, 4 bytes each. */
    public static final int BYTES = 4 * Poseidon2Suite.DIGEST;

    /** @throws IllegalArgumentException if there are not 9 elements */
    public ImageId {
        if (digest.length != Poseidon2Suite.DIGEST) throw new IllegalArgumentException("not a digest");
    }

    /** The id of a program. */
    public static ImageId of(Program program) {
        return Image.of(program).id();
    }

    /** Reads what {@link #bytes} gives; empty if these bytes are not an id. */
    public static Optional<ImageId> of(byte[] bytes) {
        int[] digest = new int[Poseidon2Suite.DIGEST];
        boolean valid = bytes.length == BYTES && HashSuite.POSEIDON2.decode(bytes, 0, digest, 0);
        return valid ? Optional.of(new ImageId(digest)) : Optional.empty();
    }

    /** Reads what {@link #toString} gives, in upper or lower case; empty if this text is not an id. */
    public static Optional<ImageId> parse(String text) {
        boolean hex = text.length() == 2 * BYTES && text.chars().allMatch(HexFormat::isHexDigit);
        return hex ? of(HexFormat.of().parseHex(text)) : Optional.empty();
    }

    /** The 36 bytes of its canonical elements, little-endian. */
    public byte[] bytes() {
        return HashSuite.POSEIDON2.encode(digest, 0);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageId(int[] elements) && Arrays.equals(digest, elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }
}
