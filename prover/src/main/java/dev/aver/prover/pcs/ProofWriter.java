package dev.aver.prover.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import java.util.Arrays;

/**
 * A proof's bytes in order, as {@link dev.aver.verifier.algebra.ProofReader} reads them: elements of K as canonical
 * numbers in four bytes, little-endian, elements of E as six of them, digests as their suite encodes them. Nothing says
 * what follows or how long it is.
 */
public final class ProofWriter {
    private byte[] bytes;
    private int length;

    /** An empty proof. */
    public ProofWriter() {
        this(1 << 12);
    }

    /** An empty proof, with room for so many bytes before it has to grow. */
    public ProofWriter(int expected) {
        bytes = new byte[expected];
    }

    /** Writes an element of K. */
    public void base(int element) {
        reserve(4);
        int canonical = KoalaBear.canonical(element);
        for (int i = 0; i < 4; i++) bytes[length++] = (byte) (canonical >>> (8 * i));
    }

    /** Writes {@code count} elements of K from {@code elements[from]}. */
    public void row(int[] elements, int from, int count) {
        for (int i = 0; i < count; i++) base(elements[from + i]);
    }

    /** Writes an element of E. */
    public void element(E6 element) {
        base(element.c0());
        base(element.c1());
        base(element.c2());
        base(element.c3());
        base(element.c4());
        base(element.c5());
    }

    /** Writes digests of a suite that lie one after the other. */
    public void digests(HashSuite suite, int[] digests) {
        for (int at = 0; at < digests.length; at += suite.digestLength()) bytes(suite.encode(digests, at));
    }

    /** What was written so far; not to be changed, and nothing more is to be written. */
    public byte[] toByteArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** Makes room; a proof that does not fit an array is a mistake, and fails as one. */
    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length)
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
    }
}
