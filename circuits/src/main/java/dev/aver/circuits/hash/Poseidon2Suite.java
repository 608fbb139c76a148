package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * The suite {@code poseidon2-koalabear-24}: {@link Poseidon2#KOALABEAR_24} as a sponge for rows and a compression
 * function for nodes. Digests are nine elements of K in Montgomery form: 278.9 bits, so a collision takes 2^139
 * permutations.
 *
 * <p>Elements 18 to 23 of a state are fixed wherever a hash begins, and hold a tag and a length:
 *
 * <pre>
 *             0 … 8    9 … 14   15 … 17   18              19      20 … 23
 * leaf        first 15 of row   0  0  0   LEAF_TAG        length  0  0  0  0
 * node        left     right …            NODE_TAG        0       0  0  0  0
 * injection   node     row …              INJECTION_TAG   0       0  0  0  0
 * transcript  first 15 items    0  0  0   TRANSCRIPT_TAG  0       0  0  0  0
 * </pre>
 *
 * <p>Truncating a permutation without adding its input back is one-way only because these six elements are fixed:
 * whoever runs it backwards from a digest and fifteen elements of choice has to hit them by chance. So nothing here
 * lets a caller choose them.
 */
public final class Poseidon2Suite implements HashSuite {
    /** Elements of a row taken in by one permutation. */
    public static final int RATE = 15;

    /** Elements of a digest, and of the sponge's capacity, elements 15 to 23 of a state. */
    public static final int DIGEST = 9;

    /** Where a state begins with its tag. */
    public static final int TAG_AT = 18;

    /** Where a sponge's state begins with the row's length, in elements. */
    public static final int LENGTH_AT = 19;

    /** The tag of a row's sponge, as all tags a small integer. */
    public static final int LEAF_TAG = 1;

    /** The tag of a node. */
    public static final int NODE_TAG = 2;

    /** The tag of a node that a shorter matrix's row is bound to. */
    public static final int INJECTION_TAG = 3;

    /** The tag of a transcript's sponge. */
    public static final int TRANSCRIPT_TAG = 4;

    /** The tag of a page of memory, which has a sponge of its own shape. */
    public static final int PAGE_TAG = 5;

    /** The tag of an image id. */
    public static final int IMAGE_TAG = 6;

    private static final Poseidon2 PERMUTATION = Poseidon2.KOALABEAR_24;

    Poseidon2Suite() {}

    @Override
    public String name() {
        return "poseidon2-koalabear-24";
    }

    @Override
    public int digestLength() {
        return DIGEST;
    }

    @Override
    public int collisionBits() {
        return 139;
    }

    /** {@link Poseidon2Sponge} with {@link #LEAF_TAG}. */
    @Override
    public void leaf(int[] row, int offset, int length, int[] digest, int at) {
        Poseidon2Sponge.digest(LEAF_TAG, row, offset, length, digest, at);
    }

    @Override
    public void node(int[] left, int leftAt, int[] right, int rightAt, int[] digest, int at) {
        compress(NODE_TAG, left, leftAt, right, rightAt, digest, at);
    }

    @Override
    public void inject(int[] node, int nodeAt, int[] row, int rowAt, int[] digest, int at) {
        compress(INJECTION_TAG, node, nodeAt, row, rowAt, digest, at);
    }

    @Override
    public byte[] encode(int[] digest, int at) {
        byte[] bytes = new byte[4 * DIGEST];
        for (int i = 0; i < DIGEST; i++) Words.put(KoalaBear.canonical(digest[at + i]), bytes, 4 * i);
        return bytes;
    }

    @Override
    public boolean decode(byte[] bytes, int from, int[] digest, int at) {
        for (int i = 0; i < DIGEST; i++) {
            int word = Words.get(bytes, from + 4 * i);
            if (!KoalaBear.isCanonical(word)) return false;
            digest[at + i] = KoalaBear.of(word);
        }
        return true;
    }

    @Override
    public int[] elements(int[] digest, int at) {
        return Arrays.copyOfRange(digest, at, at + DIGEST);
    }

    @Override
    public Transcript transcript() {
        return new Poseidon2Transcript();
    }

    private static void compress(int tag, int[] first, int firstAt, int[] second, int secondAt, int[] digest, int at) {
        int[] state = Poseidon2Sponge.start(tag);
        System.arraycopy(first, firstAt, state, 0, DIGEST);
        System.arraycopy(second, secondAt, state, DIGEST, DIGEST);
        PERMUTATION.permute(state);
        System.arraycopy(state, 0, digest, at, DIGEST);
    }

    @Override
    public String toString() {
        return name();
    }
}
