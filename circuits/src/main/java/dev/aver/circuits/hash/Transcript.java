package dev.aver.circuits.hash;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.nio.charset.StandardCharsets;

/**
 * What prover and verifier have agreed on so far, as a sponge: everything that was said is absorbed, and every
 * challenge is squeezed out of all of it (docs/protocol.md, section 6). A challenge that did not depend on something
 * could be had before choosing that something.
 *
 * <p>What is absorbed carries no type and no length: two sequences may differ only in where an item ends. So whoever
 * uses a transcript absorbs a list's length before the list, unless what was absorbed earlier determines it.
 *
 * <p>Elements are in Montgomery form. Mutable, not safe for use by several threads at once.
 */
public abstract sealed class Transcript permits Poseidon2Transcript, Blake3Transcript {
    /** The largest number of bits that one element yields as an index: more would be too far from uniform. */
    public static final int MAX_INDEX_BITS = KoalaBear.TWO_ADICITY;

    Transcript() {}

    /** Absorbs an element of K. Output that was not yet squeezed is lost. */
    public abstract void absorb(int element);

    /** The next element of K, which depends on everything absorbed so far. */
    public abstract int squeeze();

    /** A transcript of its own in the same state. */
    public abstract Transcript copy();

    /** Absorbs an element of E: its coordinates, that of 1 first. */
    public final void absorb(E6 element) {
        absorb(element.c0());
        absorb(element.c1());
        absorb(element.c2());
        absorb(element.c3());
        absorb(element.c4());
        absorb(element.c5());
    }

    /** Absorbs {@code count} elements of K from {@code elements[from]}. */
    public final void absorb(int[] elements, int from, int count) {
        for (int i = 0; i < count; i++) absorb(elements[from + i]);
    }

    /**
     * Absorbs a number: one element.
     *
     * @param number in [0, p)
     */
    public final void absorbNumber(int number) {
        absorb(KoalaBear.of(number));
    }

    /** Absorbs bytes: their number, then two to an element, the first being the lower; a last odd one stands alone. */
    public final void absorbBytes(byte[] bytes) {
        absorbNumber(bytes.length);
        for (int i = 0; i < bytes.length; i += 2) {
            int high = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
            absorbNumber((bytes[i] & 0xff) | (high << 8));
        }
    }

    /** Absorbs a string: its bytes in UTF-8. */
    public final void absorbString(String string) {
        absorbBytes(string.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Absorbs the digest at {@code digests[at]}.
     *
     * @param suite the suite whose digest it is; it need not be the transcript's
     */
    public final void absorbDigest(HashSuite suite, int[] digests, int at) {
        int[] elements = suite.elements(digests, at);
        absorb(elements, 0, elements.length);
    }

    /** Absorbs a cap, or any sequence of digests one after the other, without their number. */
    public final void absorbDigests(HashSuite suite, int[] digests) {
        assert digests.length % suite.digestLength() == 0 : digests.length;
        for (int at = 0; at < digests.length; at += suite.digestLength()) absorbDigest(suite, digests, at);
    }

    /** A challenge in E: six squeezed elements, the coordinate of 1 first. */
    public final E6 challenge() {
        return new E6(squeeze(), squeeze(), squeeze(), squeeze(), squeeze(), squeeze());
    }

    /**
     * A challenge in [0, 2^bits): the low bits of one squeezed element's canonical form. p − 1 is a multiple of 2^24,
     * so one value only is likelier than the others, by 1/p.
     *
     * @param bits at most {@link #MAX_INDEX_BITS}
     */
    public final int index(int bits) {
        assert 0 <= bits && bits <= MAX_INDEX_BITS : bits;
        return KoalaBear.canonical(squeeze()) & ((1 << bits) - 1);
    }

    /**
     * Absorbs a nonce and says whether it proves work: whether the index of {@code bits} bits after it is 0.
     *
     * @param bits at most {@link #MAX_INDEX_BITS}
     */
    public final boolean provesWork(int nonce, int bits) {
        absorb(nonce);
        return index(bits) == 0;
    }
}
