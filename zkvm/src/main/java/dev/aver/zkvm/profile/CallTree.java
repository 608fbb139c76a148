package dev.aver.zkvm.profile;

import java.util.Arrays;

/**
 * A tree of call paths with a weight at each node, in flat arrays. Node 0 is the root, which stands for no function; a
 * parent's number is always below its children's. Its size is bounded: paths that would need more nodes than
 * {@link #MAX_NODES} are counted in the node they would branch off from.
 */
final class CallTree {
    static final int MAX_NODES = 1 << 18;

    private int[] parents = new int[256];
    private int[] keys = new int[256];
    private long[] weights = new long[256];
    private int count = 1;
    private boolean truncated;

    /** Open addressing, node numbers; 0 is empty, since the root is no one's child. */
    private int[] slots = new int[1024];

    /** The node below {@code parent} for what {@code key} stands for, made when it is new. */
    int child(int parent, int key) {
        int slot = slot(parent, key);
        if (slots[slot] != 0) {
            return slots[slot];
        }
        if (count == MAX_NODES) {
            truncated = true;
            // The root carries no weight, so what would start there counts in the first path.
            return Math.max(parent, 1);
        }
        if (count == parents.length) {
            grow();
            slot = slot(parent, key);
        }
        parents[count] = parent;
        keys[count] = key;
        slots[slot] = count;
        return count++;
    }

    /** Where the child is, or the free slot where it belongs. */
    private int slot(int parent, int key) {
        int mask = slots.length - 1;
        int hash = ((parent * 0x9E3779B1) ^ key) * 0x85EBCA6B;
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] != 0 && (parents[slots[slot]] != parent || keys[slots[slot]] != key)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        parents = Arrays.copyOf(parents, 2 * count);
        keys = Arrays.copyOf(keys, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
        slots = new int[8 * count];
        for (int node = 1; node < count; node++) {
            slots[slot(parents[node], keys[node])] = node;
        }
    }

    void add(int node, long weight) {
        weights[node] += weight;
    }

    int parent(int node) {
        return parents[node];
    }

    int count() {
        return count;
    }

    /** Whether some paths were counted in a shorter one. */
    boolean truncated() {
        return truncated;
    }

    int[] parents() {
        return Arrays.copyOf(parents, count);
    }

    int[] keys() {
        return Arrays.copyOf(keys, count);
    }

    long[] weights() {
        return Arrays.copyOf(weights, count);
    }
}
