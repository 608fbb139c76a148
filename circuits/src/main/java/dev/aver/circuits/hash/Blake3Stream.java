package dev.aver.circuits.hash;

import static dev.aver.circuits.hash.Blake3.BLOCK_WORDS;
import static dev.aver.circuits.hash.Blake3.CHUNK_END;
import static dev.aver.circuits.hash.Blake3.CHUNK_START;
import static dev.aver.circuits.hash.Blake3.DIGEST_WORDS;
import static dev.aver.circuits.hash.Blake3.ROOT;

import java.util.Arrays;

/**
 * What a {@link Blake3} function has made of its input so far, when that comes word by word. A digest then costs what
 * came since the last whole block, not the whole input; whoever needs the digests of many inputs that differ in their
 * last word finds here what they have in common.
 *
 * <p>Mutable, not safe for use by several threads at once.
 */
public final class Blake3Stream {
    private static final int CHUNK_BLOCKS = 16;

    private final Blake3 function;

    /** The chaining value of the current chunk's blocks before {@link #block}. */
    private final int[] chaining;

    /** The current block. Not compressed before there is a next word: a last block is compressed in another way. */
    private final int[] block;

    /** The words of {@link #block} that are taken. */
    private int place;

    /** The number of the current block in its chunk. */
    private int blockNumber;

    /** The number of the current chunk. */
    private int chunk;

    /**
     * The chaining values of the largest complete trees over the chunks before the current one, the leftmost first: one
     * for each bit that is set in that chunk's number.
     */
    private int[] trees;

    /** The hash of nothing. */
    Blake3Stream(Blake3 function) {
        this.function = function;
        chaining = function.key.clone();
        block = new int[BLOCK_WORDS];
        trees = new int[0];
    }

    /** A hash of its own of the same input. */
    Blake3Stream(Blake3Stream other) {
        function = other.function;
        chaining = other.chaining.clone();
        block = other.block.clone();
        place = other.place;
        blockNumber = other.blockNumber;
        chunk = other.chunk;
        trees = other.trees.clone();
    }

    /** Begins again, with nothing. */
    void clear() {
        startChunk();
        place = 0;
        chunk = 0;
        trees = new int[0];
    }

    /** Takes in a word: four bytes, the lowest first. */
    void add(int word) {
        makeRoom();
        block[place++] = word;
    }

    /** Compresses the current block if it is full, which is right only if there is a next word. */
    void makeRoom() {
        if (place < BLOCK_WORDS) return;
        boolean last = blockNumber == CHUNK_BLOCKS - 1;
        int flags = last ? flags() : flags() & ~CHUNK_END;
        Blake3.compress(chaining, 0, block, chunk, 4 * BLOCK_WORDS, flags);
        place = 0;
        blockNumber++;
        if (last) endChunk();
    }

    /** Writes the digest of all words so far to {@code digest[at]}. */
    void digest(int[] digest, int at) {
        Arrays.fill(block, place, BLOCK_WORDS, 0);
        System.arraycopy(chaining, 0, digest, at, DIGEST_WORDS);
        Blake3.compress(digest, at, block, chunk, 4 * place, flags() | (trees.length == 0 ? ROOT : 0));
        for (int tree = trees.length - DIGEST_WORDS; tree >= 0; tree -= DIGEST_WORDS) {
            join(trees, tree, digest, at, tree == 0 ? ROOT : 0);
        }
    }

    /** The function's key: eight words. */
    public int[] key() {
        return function.key();
    }

    /** The eight words that the next compression starts from. */
    public int[] chaining() {
        return chaining.clone();
    }

    /** The 16 words of the current block, those that are not taken being 0. */
    public int[] block() {
        int[] words = block.clone();
        Arrays.fill(words, place, BLOCK_WORDS, 0);
        return words;
    }

    /** Where in {@link #block} the next word goes. */
    public int place() {
        return place;
    }

    /** The number of the current chunk, which its compressions take as their counter. */
    public int chunk() {
        return chunk;
    }

    /** The flags of the current block's compression if it is its chunk's last, but for the one that says it is all. */
    public int flags() {
        return function.mode | (blockNumber == 0 ? CHUNK_START : 0) | CHUNK_END;
    }

    /**
     * The chaining values of the trees that lie to the left of the current chunk, eight words each, the leftmost first:
     * nodes over them and what is to their right are computed from the last to the first, which is the root.
     */
    public int[] trees() {
        return trees.clone();
    }

    /** Puts the current chunk, and all trees that it completes, among the trees. */
    private void endChunk() {
        int kept = trees.length;
        for (int number = chunk; (number & 1) == 1; number >>= 1) {
            kept -= DIGEST_WORDS;
            join(trees, kept, chaining, 0, 0);
        }
        trees = Arrays.copyOf(trees, kept + DIGEST_WORDS);
        System.arraycopy(chaining, 0, trees, kept, DIGEST_WORDS);
        chunk++;
        startChunk();
    }

    private void startChunk() {
        System.arraycopy(function.key, 0, chaining, 0, DIGEST_WORDS);
        blockNumber = 0;
    }

    /**
     * Replaces the chaining value at {@code right[at]} by that of the node over the one at {@code left[leftAt]} and it.
     */
    private void join(int[] left, int leftAt, int[] right, int at, int root) {
        int[] children = new int[2 * DIGEST_WORDS];
        System.arraycopy(left, leftAt, children, 0, DIGEST_WORDS);
        System.arraycopy(right, at, children, DIGEST_WORDS, DIGEST_WORDS);
        function.node(children, root, right, at);
    }
}
