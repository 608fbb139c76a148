package dev.aver.prover.backend;

import java.util.Arrays;

/**
 * Where arrays that are large and soon no longer needed come from and go to. What is taken may be longer than asked
 * for, and holds whatever was left in it.
 */
public interface Buffers {
    /** New arrays each time, as long as asked for and zero. */
    Buffers FRESH = new Buffers() {
        @Override
        public int[] take(int length) {
            return new int[length];
        }

        @Override
        public int[] zeros(int length) {
            return new int[length];
        }

        @Override
        public void give(int[] array) {}
    };

    /** An array of at least {@code length} elements, whatever they are. */
    int[] take(int length);

    /** An array whose first {@code length} elements are zero. */
    default int[] zeros(int length) {
        int[] array = take(length);
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    /** Takes back an array that was taken here, once: whoever gives it must not use it any more. */
    void give(int[] array);
}
