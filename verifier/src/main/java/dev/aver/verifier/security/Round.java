package dev.aver.verifier.security;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One round of the protocol and what a prover gains in it.
 *
 * @param name of the round
 * @param bits −log2 of the chance that a false statement looks true from here on, for one try, or of the cost of a
 *     collision; never above the truth
 * @param charge writes the error bound with this proof's numbers, |E| being the number of challenges. Finding the best
 *     regime and number of queries takes hundreds of analyses, of which one is printed
 * @param theorem where the bound is from
 */
public record Round(String name, double bits, Supplier<String> charge, String theorem) {
    /** The name of the round that depends on the number of queries. */
    public static final String QUERIES = "queries";

    /** The name of the round that stands for the hash's collisions. */
    public static final String HASH = "hash";

    /** The bits, rounded down: what may be claimed. */
    public int wholeBits() {
        return (int) Math.floor(bits);
    }

    /** One line: bits rounded down to hundredths, name, charge and theorem. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%8s  %-18s  %s  [%s]", hundredths(bits), name, charge.get(), theorem);
    }

    /** A number rounded down to hundredths. */
    static String hundredths(double bits) {
        return String.format(Locale.ROOT, "%.2f", Math.floor(bits * 100) / 100);
    }
}
