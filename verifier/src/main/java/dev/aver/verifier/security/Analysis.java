package dev.aver.verifier.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proof's rounds in one regime; the same one throughout, since a proof is near or far in one sense only.
 *
 * @param regime with its one m, if it has one
 * @param rounds in the protocol's order, the hash last
 */
public record Analysis(Regime regime, List<Round> rounds) {
    /** Copies the list. */
    public Analysis {
        rounds = List.copyOf(rounds);
    }

    /** In the unique decoding regime. */
    static Analysis uniqueDecoding(ProofFigures figures) {
        Regime regime = Regime.UniqueDecoding.of(figures);
        if (!regime.admits(figures)) throw new IllegalArgumentException("tables too low for the number of openings");
        return new Analysis(regime, Rounds.of(figures, regime));
    }

    /** In the Johnson regime with this m, if its preconditions hold. */
    static Optional<Analysis> johnson(ProofFigures figures, int m) {
        return Regime.Johnson.of(figures, m)
                .filter(regime -> regime.admits(figures))
                .map(regime -> new Analysis(regime, Rounds.of(figures, regime)));
    }

    /**
     * In the Johnson regime with the m that gives the most bits; empty if none is possible. With m, the bits of the
     * queries rise and those of all other rounds fall, so the best m is where they cross, or the one before.
     */
    static Optional<Analysis> bestJohnson(ProofFigures figures) {
        int before = 0;
        int crossed = Regime.Johnson.MAX_M + 1;
        while (crossed - before > 1) {
            int m = (before + crossed) >>> 1;
            if (crosses(figures, m)) crossed = m;
            else before = m;
        }
        return Stream.of(before, crossed)
                .filter(m -> m >= 1 && m <= Regime.Johnson.MAX_M)
                .flatMap(m -> johnson(figures, m).stream())
                .max(Comparator.comparingDouble(Analysis::statisticalBits));
    }

    // Too small an m has no positive radius; too large a one has no list bound or violates the other precondition.
    private static boolean crosses(ProofFigures figures, int m) {
        if (Regime.Johnson.agreement(figures, m) >= 1) return false;
        return johnson(figures, m)
                .map(analysis -> analysis.bits(Round.QUERIES) >= analysis.statisticalBits(Round.QUERIES))
                .orElse(true);
    }

    /** The round with the fewest bits. */
    public Round binding() {
        return rounds.stream().min(Comparator.comparingDouble(Round::bits)).orElseThrow();
    }

    /** The bits of that round, rounded down. */
    public int bits() {
        return binding().wholeBits();
    }

    /** A heading, then one line for each round. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d bits (%s binds); theta = %.6f, L = %.1f",
                regime.title(),
                bits(),
                binding().name(),
                regime.radius(),
                regime.listSize()));
        rounds.forEach(round -> lines.add(round.toString()));
        return lines;
    }

    private double bits(String name) {
        return rounds.stream()
                .filter(round -> round.name().equals(name))
                .mapToDouble(Round::bits)
                .min()
                .orElseThrow();
    }

    // Without the hash, which is the same for all m and would make ties of what are none.
    private double statisticalBits(String... without) {
        return rounds.stream()
                .filter(round ->
                        !round.name().equals(Round.HASH) && !List.of(without).contains(round.name()))
                .mapToDouble(Round::bits)
                .min()
                .orElseThrow();
    }
}
