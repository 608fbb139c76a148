package dev.aver.prover.backend.simd;

import static dev.aver.circuits.hash.Blake3.DIGEST_WORDS;
import static dev.aver.prover.backend.simd.Blake3Kernel.STATES;

import dev.aver.circuits.hash.Blake3;
import dev.aver.circuits.hash.Blake3Suite;
import java.util.Arrays;

/** {@link Blake3Suite} in lanes. */
final class Blake3Lanes implements LaneHash {
    static final int BLOCK_WORDS = 16;
    private static final int CHUNK_WORDS = 256;

    static final int CHUNK_START = 1;
    static final int CHUNK_END = 1 << 1;
    static final int PARENT = 1 << 2;
    static final int ROOT = 1 << 3;

    /** What every function of the suite has set: its key is derived from a context. */
    static final int MODE = 1 << 6;

    private static final int[] LEAF = Blake3Suite.LEAF.key();
    private static final int[] NODE = Blake3Suite.NODE.key();
    private static final int[] INJECTION = Blake3Suite.INJECTION.key();

    private final Blake3Kernel kernel = new Blake3Kernel();
    private final int[] block = new int[BLOCK_WORDS * STATES];

    /** Chaining values of the subtrees that wait for the one to their right, and of the current one. */
    private int[] chaining = new int[2 * DIGEST_WORDS * STATES];

    @Override
    public int lanes() {
        return STATES;
    }

    @Override
    public void leaves(Rows rows, int row, int[] digests) {
        subtree(rows, row, 0, rows.width(), ROOT, 0);
        writeDigests(digests, row * DIGEST_WORDS);
    }

    @Override
    public void nodes(int[] below, int node, int[] nodes) {
        read(below, 2 * node * DIGEST_WORDS, 2 * DIGEST_WORDS, 2 * DIGEST_WORDS, 0);
        pair(NODE, nodes, node);
    }

    @Override
    public void inject(int[] rows, int node, int[] nodes) {
        read(nodes, node * DIGEST_WORDS, DIGEST_WORDS, DIGEST_WORDS, 0);
        read(rows, node * DIGEST_WORDS, DIGEST_WORDS, DIGEST_WORDS, DIGEST_WORDS);
        pair(INJECTION, nodes, node);
    }

    private void pair(int[] key, int[] nodes, int node) {
        start(key, 0);
        int flags = MODE | CHUNK_START | CHUNK_END | ROOT;
        kernel.compress(chaining, 0, block, 0, 4 * BLOCK_WORDS, flags);
        writeDigests(nodes, node * DIGEST_WORDS);
    }

    /**
     * The chaining values of the elements from {@code from} to {@code to} of each row, as number {@code depth}: see
     * {@link Blake3}.
     */
    private void subtree(Rows rows, int row, int from, int to, int root, int depth) {
        int at = depth * DIGEST_WORDS * STATES;
        if (to - from <= CHUNK_WORDS) {
            chunk(rows, row, from, to, root, at);
            return;
        }
        int right = at + DIGEST_WORDS * STATES;
        if (chaining.length < right + DIGEST_WORDS * STATES) chaining = Arrays.copyOf(chaining, 2 * chaining.length);
        int middle = from + Integer.highestOneBit(to - from - 1);
        subtree(rows, row, from, middle, 0, depth);
        subtree(rows, row, middle, to, 0, depth + 1);
        System.arraycopy(chaining, at, block, 0, BLOCK_WORDS * STATES);
        start(LEAF, at);
        kernel.compress(chaining, at, block, 0, 4 * BLOCK_WORDS, MODE | PARENT | root);
    }

    private void chunk(Rows rows, int row, int from, int to, int root, int at) {
        start(LEAF, at);
        for (int done = from; done < to; done += BLOCK_WORDS) {
            int taken = Math.min(BLOCK_WORDS, to - done);
            for (int i = 0; i < taken; i++) rows.read(done + i, row, STATES, block, i * STATES);
            VectorField.canonical(block, taken * STATES);
            Arrays.fill(block, taken * STATES, block.length, 0);
            int start = done == from ? CHUNK_START : 0;
            int end = done + taken == to ? CHUNK_END | root : 0;
            kernel.compress(chaining, at, block, from / CHUNK_WORDS, 4 * taken, MODE | start | end);
        }
    }

    private void start(int[] key, int at) {
        for (int i = 0; i < DIGEST_WORDS; i++) {
            Arrays.fill(chaining, at + i * STATES, at + (i + 1) * STATES, key[i]);
        }
    }

    /** Word {@code first + i} of block s becomes {@code from[at + s * stride + i]}, for i below {@code count}. */
    private void read(int[] from, int at, int stride, int count, int first) {
        for (int i = 0; i < count; i++) {
            int source = at + i;
            for (int s = 0; s < STATES; s++, source += stride) block[(first + i) * STATES + s] = from[source];
        }
    }

    private void writeDigests(int[] digests, int at) {
        for (int i = 0; i < DIGEST_WORDS; i++) {
            for (int s = 0; s < STATES; s++) digests[at + s * DIGEST_WORDS + i] = chaining[i * STATES + s];
        }
    }
}
