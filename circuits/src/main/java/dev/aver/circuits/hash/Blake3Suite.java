package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;

/**
 * The suite {@code blake3}: rows and nodes hashed by {@link Blake3}, each of the three functions under a context of its
 * own. An element of K is its canonical number in four bytes, little-endian. Digests are 32 bytes as eight words, so a
 * collision takes 2^128 evaluations. A node is one compression.
 */
public final class Blake3Suite implements HashSuite {
    /** What hashes rows. */
    public static final Blake3 LEAF = Blake3.forContext("Aver 2026-11-22 commitment leaf");

    /** What hashes two nodes. */
    public static final Blake3 NODE = Blake3.forContext("Aver 2026-11-22 commitment node");

    /** What hashes a node and the digest of a row. */
    public static final Blake3 INJECTION = Blake3.forContext("Aver 2026-11-22 commitment injection");

    Blake3Suite() {}

    @Override
    public String name() {
        return "blake3";
    }

    @Override
    public int digestLength() {
        return Blake3.DIGEST_WORDS;
    }

    @Override
    public int collisionBits() {
        return 128;
    }

    @Override
    public void leaf(int[] row, int offset, int length, int[] digest, int at) {
        assert length > 0 : length;
        int[] words = new int[length];
        for (int i = 0; i < length; i++) words[i] = KoalaBear.canonical(row[offset + i]);
        LEAF.hash(words, 4 * length, digest, at);
    }

    @Override
    public void node(int[] left, int leftAt, int[] right, int rightAt, int[] digest, int at) {
        pair(NODE, left, leftAt, right, rightAt, digest, at);
    }

    @Override
    public void inject(int[] node, int nodeAt, int[] row, int rowAt, int[] digest, int at) {
        pair(INJECTION, node, nodeAt, row, rowAt, digest, at);
    }

    @Override
    public byte[] encode(int[] digest, int at) {
        byte[] bytes = new byte[4 * Blake3.DIGEST_WORDS];
        for (int i = 0; i < Blake3.DIGEST_WORDS; i++) Words.put(digest[at + i], bytes, 4 * i);
        return bytes;
    }

    @Override
    public boolean decode(byte[] bytes, int from, int[] digest, int at) {
        for (int i = 0; i < Blake3.DIGEST_WORDS; i++) digest[at + i] = Words.get(bytes, from + 4 * i);
        return true;
    }

    /** Each word as two halves of 16 bits, the lower first: a whole one may be p or above. */
    @Override
    public int[] elements(int[] digest, int at) {
        int[] elements = new int[2 * Blake3.DIGEST_WORDS];
        for (int i = 0; i < Blake3.DIGEST_WORDS; i++) {
            elements[2 * i] = KoalaBear.of(digest[at + i] & 0xffff);
            elements[2 * i + 1] = KoalaBear.of(digest[at + i] >>> 16);
        }
        return elements;
    }

    @Override
    public Transcript transcript() {
        return new Blake3Transcript();
    }

    private static void pair(Blake3 hash, int[] first, int firstAt, int[] second, int secondAt, int[] digest, int at) {
        int[] words = new int[2 * Blake3.DIGEST_WORDS];
        System.arraycopy(first, firstAt, words, 0, Blake3.DIGEST_WORDS);
        System.arraycopy(second, secondAt, words, Blake3.DIGEST_WORDS, Blake3.DIGEST_WORDS);
        hash.hash(words, 4 * words.length, digest, at);
    }

    @Override
    public String toString() {
        return name();
    }
}
