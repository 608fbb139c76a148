package dev.aver.cli.prove;

import dev.aver.circuits.hash.HashSuite;
import java.util.Locale;

/** What the proof's commitments hash with, as named on the command line. */
enum HashName {
    /** Made for proofs about proofs. */
    POSEIDON2,
    /** Rests on a conventional hash, and is faster. */
    BLAKE3;

    HashSuite suite() {
        return switch (this) {
            case POSEIDON2 -> HashSuite.POSEIDON2;
            case BLAKE3 -> HashSuite.BLAKE3;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
