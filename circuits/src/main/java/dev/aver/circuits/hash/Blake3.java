package dev.aver.circuits.hash;

import java.nio.charset.StandardCharsets;

/**
 * BLAKE3 with outputs of 32 bytes (J. O'Connor, J.-P. Aumasson, S. Neves, Z. Wilcox-O'Hearn, <i>BLAKE3: one function,
 * fast everywhere</i>, 2020): the hash mode, and the mode that derives a function of its own from a context string.
 *
 * <p>Its input is an array of 32-bit words that stand for their bytes in little-endian order, which is how field
 * elements lie in memory. Immutable.
 */
public final class Blake3 {
    /** Words of an output. */
    public static final int DIGEST_WORDS = 8;

    static final int BLOCK_WORDS = 16;

    static final int CHUNK_START = 1;
    static final int CHUNK_END = 1 << 1;
    static final int ROOT = 1 << 3;

    private static final int PARENT = 1 << 2;
    private static final int CHUNK_BYTES = 1024;
    private static final int DERIVE_KEY_CONTEXT = 1 << 5;
    private static final int DERIVE_KEY_MATERIAL = 1 << 6;

    /** SHA-256's initial state, the key of those who have none. */
    private static final int[] IV = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    /** Which message word each round takes where: a fixed permutation, applied once more in every round. */
    private static final int[][] SCHEDULE = schedule();

    /** What every chunk and every node starts from. */
    final int[] key;

    /** The flags that every compression has. */
    final int mode;

    private Blake3(int[] key, int mode) {
        this.key = key;
        this.mode = mode;
    }

    /** The plain hash. */
    public static Blake3 plain() {
        return new Blake3(IV, 0);
    }

    /** The function for a context: different contexts give unrelated functions (section 2.3, key derivation). */
    public static Blake3 forContext(String context) {
        byte[] bytes = context.getBytes(StandardCharsets.UTF_8);
        int[] key = new int[DIGEST_WORDS];
        new Blake3(IV, DERIVE_KEY_CONTEXT).hash(words(bytes), bytes.length, key, 0);
        return new Blake3(key, DERIVE_KEY_MATERIAL);
    }

    /** The eight words that every chunk and every node starts from. */
    public int[] key() {
        return key.clone();
    }

    /** The 32 bytes that {@code input} hashes to. */
    public byte[] hash(byte[] input) {
        int[] digest = new int[DIGEST_WORDS];
        hash(words(input), input.length, digest, 0);
        byte[] bytes = new byte[4 * DIGEST_WORDS];
        for (int i = 0; i < DIGEST_WORDS; i++) Words.put(digest[i], bytes, 4 * i);
        return bytes;
    }

    /**
     * Hashes the first {@code byteLength} bytes of {@code words} into the eight words from {@code digest[at]}.
     *
     * @param words if the length is no multiple of four, the last word's bytes beyond it are 0
     */
    public void hash(int[] words, int byteLength, int[] digest, int at) {
        subtree(words, 0, byteLength, 0, ROOT, digest, at);
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[(bytes.length + 3) / 4];
        for (int i = 0; i < bytes.length; i++) words[i / 4] |= (bytes[i] & 0xff) << (8 * (i % 4));
        return words;
    }

    /**
     * The chaining value of the chunks from number {@code chunk} on, which hold {@code bytes} bytes from word
     * {@code from}: of one chunk, or of the node over two subtrees, the left one being the largest complete tree that
     * leaves the right one something (section 2.1).
     */
    private void subtree(int[] words, int from, int bytes, int chunk, int root, int[] out, int at) {
        if (bytes <= CHUNK_BYTES) {
            chunk(words, from, bytes, chunk, root, out, at);
            return;
        }
        int left = Integer.highestOneBit(bytes - 1);
        int[] children = new int[2 * DIGEST_WORDS];
        subtree(words, from, left, chunk, 0, children, 0);
        subtree(words, from + left / 4, bytes - left, chunk + left / CHUNK_BYTES, 0, children, DIGEST_WORDS);
        node(children, root, out, at);
    }

    /** The chaining value of the node over two children, whose own are next to each other, to {@code out[at]}. */
    void node(int[] children, int root, int[] out, int at) {
        System.arraycopy(key, 0, out, at, DIGEST_WORDS);
        compress(out, at, children, 0, 4 * BLOCK_WORDS, mode | PARENT | root);
    }

    private void chunk(int[] words, int from, int bytes, int chunk, int root, int[] out, int at) {
        System.arraycopy(key, 0, out, at, DIGEST_WORDS);
        int[] block = new int[BLOCK_WORDS];
        int blocks = Math.max(1, (bytes + 63) / 64);
        for (int i = 0; i < blocks; i++) {
            int length = Math.min(64, bytes - 64 * i);
            int taken = (length + 3) / 4;
            System.arraycopy(words, from + BLOCK_WORDS * i, block, 0, taken);
            for (int word = taken; word < BLOCK_WORDS; word++) block[word] = 0;
            int start = i == 0 ? CHUNK_START : 0;
            int end = i == blocks - 1 ? CHUNK_END | root : 0;
            compress(out, at, block, chunk, length, mode | start | end);
        }
    }

    /**
     * The compression function, cut to eight words, from and to the chaining value at {@code chaining[at]} (section
     * 2.2).
     */
    static void compress(int[] chaining, int at, int[] block, int counter, int length, int flags) {
        int[] v = new int[16];
        System.arraycopy(chaining, at, v, 0, 8);
        System.arraycopy(IV, 0, v, 8, 4);
        v[12] = counter; // its upper half, v[13], is 0: an array has less than 2^32 chunks
        v[14] = length;
        v[15] = flags;
        for (int[] order : SCHEDULE) {
            mix(v, 0, 4, 8, 12, block[order[0]], block[order[1]]);
            mix(v, 1, 5, 9, 13, block[order[2]], block[order[3]]);
            mix(v, 2, 6, 10, 14, block[order[4]], block[order[5]]);
            mix(v, 3, 7, 11, 15, block[order[6]], block[order[7]]);
            mix(v, 0, 5, 10, 15, block[order[8]], block[order[9]]);
            mix(v, 1, 6, 11, 12, block[order[10]], block[order[11]]);
            mix(v, 2, 7, 8, 13, block[order[12]], block[order[13]]);
            mix(v, 3, 4, 9, 14, block[order[14]], block[order[15]]);
        }
        for (int i = 0; i < 8; i++) chaining[at + i] = v[i] ^ v[i + 8];
    }

    private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
        v[a] += v[b] + x;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
    }

    private static int[][] schedule() {
        int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
        int[][] schedule = new int[7][BLOCK_WORDS];
        for (int i = 0; i < BLOCK_WORDS; i++) schedule[0][i] = i;
        for (int round = 1; round < schedule.length; round++) {
            for (int i = 0; i < BLOCK_WORDS; i++) schedule[round][i] = schedule[round - 1][permutation[i]];
        }
        return schedule;
    }
}
