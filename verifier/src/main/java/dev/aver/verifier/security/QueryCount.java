package dev.aver.verifier.security;

import java.util.OptionalInt;

/** Parameters as a function of the security wanted: how many queries a proof needs. */
public final class QueryCount {
    private QueryCount() {}

    /**
     * The fewest queries with which {@link SecurityReport} says at least {@code targetBits} of this proof.
     *
     * @param figures the proof; its own number of queries does not matter
     * @param targetBits for example 128
     * @return empty if another round has fewer bits than that, however many queries there are (up to
     *     {@link ProofFigures#MAX_QUERIES})
     */
    public static OptionalInt fewestFor(ProofFigures figures, int targetBits) {
        int enough = ProofFigures.MAX_QUERIES;
        if (!suffices(figures, enough, targetBits)) return OptionalInt.empty();
        int tooFew = 0;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) >>> 1;
            if (suffices(figures, middle, targetBits)) enough = middle;
            else tooFew = middle;
        }
        return OptionalInt.of(enough);
    }

    // More queries never mean fewer bits: only one round depends on them, and grows.
    private static boolean suffices(ProofFigures figures, int queries, int targetBits) {
        return SecurityReport.of(figures.withQueries(queries)).bits() >= targetBits;
    }
}
