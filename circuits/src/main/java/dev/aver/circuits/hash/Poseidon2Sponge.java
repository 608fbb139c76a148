package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * Digests of lists of elements, with a tag that says what the list is: lists with different tags, or of different
 * lengths, never have the same encoding. Digests are those of {@link HashSuite#POSEIDON2}, whose leaf is this with
 * {@link Poseidon2Suite#LEAF_TAG}.
 *
 * <p>A sponge in overwrite mode (G. Bertoni, J. Daemen, M. Peeters, G. Van Assche, <i>Duplexing the sponge</i>, ePrint
 * 2011/499, section 6.2): each block of 15 replaces elements 0 to 14, the last one filled with zeros, and the state is
 * permuted. The first state holds the tag and the length, which is what keeps lists that differ by trailing zeros
 * apart.
 */
public final class Poseidon2Sponge {
    private Poseidon2Sponge() {}

    /** The digest of a list: at least one element, all in Montgomery form. */
    public static int[] digest(int tag, int... elements) {
        int[] digest = new int[Poseidon2Suite.DIGEST];
        digest(tag, elements, 0, elements.length, digest, 0);
        return digest;
    }

    /** Writes the digest of {@code length} elements from {@code elements[offset]} to {@code digest[at]}. */
    public static void digest(int tag, int[] elements, int offset, int length, int[] digest, int at) {
        assert length > 0 : length;
        int[] state = start(tag);
        state[Poseidon2Suite.LENGTH_AT] = KoalaBear.of(length);
        for (int done = 0; done < length; done += Poseidon2Suite.RATE) {
            int taken = Math.min(Poseidon2Suite.RATE, length - done);
            System.arraycopy(elements, offset + done, state, 0, taken);
            Arrays.fill(state, taken, Poseidon2Suite.RATE, 0);
            Poseidon2.KOALABEAR_24.permute(state);
        }
        System.arraycopy(state, 0, digest, at, Poseidon2Suite.DIGEST);
    }

    /** The state that a hash with this tag begins with, before anything else is written: zero but for the tag. */
    public static int[] start(int tag) {
        int[] state = new int[Poseidon2.WIDTH];
        state[Poseidon2Suite.TAG_AT] = KoalaBear.of(tag);
        return state;
    }
}
