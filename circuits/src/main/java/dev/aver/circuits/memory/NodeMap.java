package dev.aver.circuits.memory;

import dev.aver.circuits.hash.Poseidon2Suite;

/** Digests by node number: a hash table with open addressing in two flat arrays, at most half full. */
final class NodeMap {
    private static final int DIGEST = Poseidon2Suite.DIGEST;

    /** The node in a slot, 0 where there is none: no node has that number. */
    private int[] numbers = new int[1 << 10];

    private int[] digests = new int[numbers.length * DIGEST];
    private int size;

    /** Copies a node's digest to {@code to[at]}, if it has one here. */
    boolean get(int number, int[] to, int at) {
        int slot = slot(number);
        if (numbers[slot] == 0) return false;
        System.arraycopy(digests, slot * DIGEST, to, at, DIGEST);
        return true;
    }

    /** Sets a node's digest to that at {@code from[at]}. */
    void put(int number, int[] from, int at) {
        int slot = slot(number);
        if (numbers[slot] == 0) {
            if (2 * ++size > numbers.length) {
                grow();
                slot = slot(number);
            }
            numbers[slot] = number;
        }
        System.arraycopy(from, at, digests, slot * DIGEST, DIGEST);
    }

    /** Where the node is, or where it belongs if it is not here. */
    private int slot(int number) {
        int mask = numbers.length - 1;
        // Neighbours in the tree differ in low bits only: the multiplication spreads them.
        int slot = (number * 0x9e3779b9) >>> Integer.numberOfLeadingZeros(mask);
        while (numbers[slot] != 0 && numbers[slot] != number) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        int[] oldNumbers = numbers;
        int[] oldDigests = digests;
        numbers = new int[2 * oldNumbers.length];
        digests = new int[Math.multiplyExact(numbers.length, DIGEST)];
        for (int old = 0; old < oldNumbers.length; old++) {
            if (oldNumbers[old] == 0) continue;
            int slot = slot(oldNumbers[old]);
            numbers[slot] = oldNumbers[old];
            System.arraycopy(oldDigests, old * DIGEST, digests, slot * DIGEST, DIGEST);
        }
    }
}
