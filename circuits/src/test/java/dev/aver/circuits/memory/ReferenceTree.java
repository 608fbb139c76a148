package dev.aver.circuits.memory;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2;
import java.util.Arrays;
import java.util.Map;

/** The memory tree as docs/protocol.md defines it, over a map of all pages that are not zero: slow, and obvious. */
final class ReferenceTree {
    private ReferenceTree() {}

    /** The digest of 64 words. */
    static int[] digest(long[] words) {
        int[] elements = new int[22 * 12];
        for (int i = 0; i < 256; i++) elements[i] = KoalaBear.of((int) (words[i / 4] >>> (16 * (i % 4))) & 0xffff);
        int[] state = new int[24];
        state[18] = KoalaBear.of(5);
        for (int block = 0; block < 22; block++) {
            System.arraycopy(elements, 12 * block, state, 0, 12);
            Poseidon2.KOALABEAR_24.permute(state);
        }
        return Arrays.copyOf(state, 9);
    }

    /** The digest of the subtree at a node, of pages in [index · 2^(24 − level), (index + 1) · 2^(24 − level)). */
    static int[] node(Map<Integer, long[]> pages, int level, int index, int[][] zeros) {
        int from = index << (24 - level);
        int to = from + (1 << (24 - level));
        if (pages.keySet().stream().noneMatch(page -> page >= from && page < to)) return zeros[level];
        if (level == 24) return digest(pages.get(index));
        int[] digest = new int[9];
        HashSuite.POSEIDON2.node(
                node(pages, level + 1, 2 * index, zeros),
                0,
                node(pages, level + 1, 2 * index + 1, zeros),
                0,
                digest,
                0);
        return digest;
    }

    /** The digests of subtrees of zeros, by level. */
    static int[][] zeros() {
        int[][] zeros = new int[25][9];
        zeros[24] = digest(new long[64]);
        for (int level = 23; level >= 0; level--) {
            HashSuite.POSEIDON2.node(zeros[level + 1], 0, zeros[level + 1], 0, zeros[level], 0);
        }
        return zeros;
    }
}
