package dev.aver.verifier.pcs;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;

/**
 * What a proof's commitments and low-degree test are made with. How many bits of security that gives depends on the
 * proof as well, and is not said here.
 *
 * @param suite what the transcript and the prover's own commitments hash with
 * @param logBlowup the logarithm of 1/rate: codewords are 2^logBlowup times as long as traces; 1 to 6
 * @param queries the number of places at which the low-degree test looks; 1 to 1024
 * @param grindingBits the work before the queries: this many bits of a hash are zero; at most 24
 * @param capLog the logarithm of the number of digests that each of a proof's own commitments is; those known before it
 *     have caps of their own
 * @param finalLog the logarithm of the number of coefficients of the last polynomial, which is sent; at most that of
 *     the smallest trace, and {@code finalLog + logBlowup} is at least {@code capLog}, so that every tree has a cap
 * @param arityLog the logarithm of the largest number of values that one folding makes into one; 1 to 3
 */
public record Parameters(
        HashSuite suite, int logBlowup, int queries, int grindingBits, int capLog, int finalLog, int arityLog) {
    /** The logarithm of the smallest height of a trace. */
    public static final int MIN_LOG_HEIGHT = 6;

    /** @throws IllegalArgumentException if a number is outside its range */
    public Parameters {
        check("logBlowup", logBlowup, 1, 6);
        check("queries", queries, 1, 1024);
        check("grindingBits", grindingBits, 0, Transcript.MAX_INDEX_BITS);
        check("finalLog", finalLog, 0, MIN_LOG_HEIGHT);
        check("capLog", capLog, 0, finalLog + logBlowup);
        check("arityLog", arityLog, 1, 3);
    }

    /** The logarithm of the largest height of a trace: its codeword has to fit the largest domain. */
    public int maxLogHeight() {
        return KoalaBear.TWO_ADICITY - logBlowup;
    }

    /** The logarithm of the length of the codeword at which folding ends. */
    public int finalLogSize() {
        return finalLog + logBlowup;
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", outside " + min + " to " + max);
        }
    }
}
