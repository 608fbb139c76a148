package dev.aver.cli.prove;

import dev.aver.circuits.hash.HashSuite;
import java.util.Locale;

/** What the proof's commitments hash with, as named on the command line. */
enum HashName {
    /** Made for proofs about proofs. */
    POSEIDON2(HashSuite.POSEIDON2),
    /** Rests on a conventional hash, and is faster. */
    BLAKE3(HashSuite.BLAKE3);

    private final HashSuite suite;

    HashName(HashSuite suite) {
        this.suite = suite;
    }

    HashSuite suite() {
        return suite;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
