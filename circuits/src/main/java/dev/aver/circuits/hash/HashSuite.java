package dev.aver.circuits.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hash that a proof's commitments use: how a row becomes a leaf, how two nodes become one, and how a row of a
 * shorter matrix enters a tree. The three are functions of their own: no output of one is an output of another, except
 * by a collision. So is the fourth, the {@link Transcript} that a proof's challenges come from.
 *
 * <p>A digest is {@link #digestLength} ints in an array, whose meaning is the suite's. Rows are elements of K in
 * Montgomery form. Immutable.
 */
public sealed interface HashSuite permits Poseidon2Suite, Blake3Suite {
    /** Made for proofs about proofs: everything hashed is field elements. */
    HashSuite POSEIDON2 = new Poseidon2Suite();

    /** Rests on a conventional hash. */
    HashSuite BLAKE3 = new Blake3Suite();

    /** The suite of this name, if there is one. */
    static Optional<HashSuite> named(String name) {
        if (name.equals(POSEIDON2.name())) return Optional.of(POSEIDON2);
        if (name.equals(BLAKE3.name())) return Optional.of(BLAKE3);
        return Optional.empty();
    }

    /** A suite's digests that lie one after the other, one by one. */
    static List<int[]> split(HashSuite suite, int[] digests) {
        List<int[]> each = new ArrayList<>();
        int length = suite.digestLength();
        for (int at = 0; at < digests.length; at += length) each.add(Arrays.copyOfRange(digests, at, at + length));
        return each;
    }

    /** The name that transcripts and receipts carry; it stands for everything here, to the constants. */
    String name();

    /** The number of ints of a digest. */
    int digestLength();

    /**
     * A collision takes about 2^this evaluations, if the hash has no weakness: the cap on what a security report may
     * claim.
     */
    int collisionBits();

    /**
     * The digest of a row: {@code length} elements, at least one, from {@code row[offset]}. Rows of different lengths
     * never have the same encoding.
     */
    void leaf(int[] row, int offset, int length, int[] digest, int at);

    /** The node above two nodes. The arrays may be the same, and the places may overlap. */
    void node(int[] left, int leftAt, int[] right, int rightAt, int[] digest, int at);

    /**
     * The node at the level of a shorter matrix: {@code node}, which is above two nodes, with the {@link #leaf} digest
     * of that matrix's row bound to it. The arrays may be the same, and the places may overlap.
     */
    void inject(int[] node, int nodeAt, int[] row, int rowAt, int[] digest, int at);

    /** The digest's bytes on every wire: {@code 4 · digestLength()}, each int as a canonical number, little-endian. */
    byte[] encode(int[] digest, int at);

    /**
     * Reads what {@link #encode} wrote, from {@code bytes[from]}.
     *
     * @return whether the bytes are an encoding; if not, the digest's content is undefined
     */
    boolean decode(byte[] bytes, int from, int[] digest, int at);

    /** The digest as elements of K, which is how transcripts absorb it; different digests give different elements. */
    int[] elements(int[] digest, int at);

    /** A transcript that has absorbed nothing. */
    Transcript transcript();
}
