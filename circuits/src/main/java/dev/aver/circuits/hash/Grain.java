package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;

/**
 * The generator of Poseidon2's round constants: the Grain LFSR in self-shrinking mode, as specified in L. Grassi, D.
 * Khovratovich, C. Rechberger, A. Roy, M. Schofnegger, <i>Poseidon: A New Hash Function for Zero-Knowledge Proof
 * Systems</i> (ePrint 2019/458, appendix on generating parameters), which <i>Poseidon2</i> (ePrint 2023/323) takes
 * over.
 *
 * <p>Seeded by the instance's numbers and nothing else, so nobody can have chosen the constants, and two instances that
 * differ in any number share none.
 */
final class Grain {
    private static final int STATE_BITS = 80;
    private static final int[] TAPS = {0, 13, 23, 38, 51, 62};
    private static final int ELEMENT_BITS = 31;

    /** The register as a ring: {@code position} is where its bit 0 is. */
    private final boolean[] state = new boolean[STATE_BITS];

    private int position;

    /** The generator for the instance over K with S-box x^3 and these numbers. */
    Grain(int width, int fullRounds, int partialRounds) {
        seed(1, 2); // a prime field
        seed(0, 4); // the S-box is a power x^d with d positive
        seed(ELEMENT_BITS, 12);
        seed(width, 12);
        seed(fullRounds, 10);
        seed(partialRounds, 10);
        seed(-1, 30);
        for (int i = 0; i < 160; i++) clock();
    }

    /** The next constant, uniform in K. */
    int next() {
        while (true) {
            int candidate = 0;
            for (int i = 0; i < ELEMENT_BITS; i++) candidate = candidate << 1 | (bit() ? 1 : 0);
            if (KoalaBear.isCanonical(candidate)) return KoalaBear.of(candidate);
        }
    }

    /** Appends the low {@code bits} of {@code value} to the seed, the highest first. */
    private void seed(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            state[position] = ((value >> i) & 1) != 0;
            position = (position + 1) % STATE_BITS;
        }
    }

    /** Self-shrinking: of each pair of bits the first says whether the second counts. */
    private boolean bit() {
        while (true) {
            boolean counts = clock();
            boolean bit = clock();
            if (counts) return bit;
        }
    }

    private boolean clock() {
        boolean bit = false;
        for (int tap : TAPS) bit ^= state[(position + tap) % STATE_BITS];
        state[position] = bit;
        position = (position + 1) % STATE_BITS;
        return bit;
    }
}
