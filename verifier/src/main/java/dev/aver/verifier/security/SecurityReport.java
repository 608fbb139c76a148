package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The provable security of one proof: for every round, the chance of cheating in it by a proven theorem, in two
 * regimes; the least bits over the rounds, in the better regime. Nothing conjectured is counted.
 *
 * <p>The minimum over rounds, not the sum, is what Fiat and Shamir's transformation of a round-by-round sound protocol
 * gives: a prover who makes T hash evaluations succeeds with chance about T · 2^−bits.
 *
 * @param figures what it was computed from
 * @param uniqueDecoding the unique decoding regime
 * @param johnson the Johnson regime with its best m; empty only where its preconditions hold for no m
 */
public record SecurityReport(ProofFigures figures, Analysis uniqueDecoding, Optional<Analysis> johnson) {
    /** What program table, image id and memory roots hash with, whatever the proof's suite. */
    public static final HashSuite IDENTITIES = HashSuite.POSEIDON2;

    /**
     * The report on a proof.
     *
     * @throws IllegalArgumentException if the field is smaller than the domain
     */
    public static SecurityReport of(ProofFigures figures) {
        return new SecurityReport(figures, Analysis.uniqueDecoding(figures), Analysis.bestJohnson(figures));
    }

    /** The regime in which the proof has more bits. */
    public Analysis best() {
        return johnson.filter(analysis ->
                        analysis.binding().bits() >= uniqueDecoding.binding().bits())
                .orElse(uniqueDecoding);
    }

    /** The provable bits, rounded down. */
    public int bits() {
        return best().bits();
    }

    /** The round that has no more than them. */
    public Round binding() {
        return best().binding();
    }

    /** One line: bits, regime, binding round. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%d provable bits (%s; %s binds with %s)",
                bits(),
                best().regime().title(),
                binding().name(),
                Round.hundredths(binding().bits()));
    }

    /** The whole report, for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        lines.add(String.format(
                Locale.ROOT,
                "  %d tables of 2^%d to 2^%d rows (N = 2^%d), rate 1/%d (n = 2^%d), %d openings, %d constraints of degree %d",
                figures.tables().size(),
                figures.logLowestRows(),
                figures.logRows(),
                figures.logRows(),
                1 << figures.logBlowup(),
                figures.logDomain(),
                figures.openings(),
                figures.constraints(),
                figures.constraintDegree()));
        lines.add(String.format(
                Locale.ROOT,
                "  |E| = %s^%d = 2^%s; %d queries, %d bits of work",
                figures.basePrime(),
                figures.extensionDegree(),
                Round.hundredths(Log2.of(figures.fieldSize())),
                figures.queries(),
                figures.grindingBits()));
        johnson.ifPresent(analysis -> analysis.lines().forEach(line -> lines.add("  " + line)));
        uniqueDecoding.lines().forEach(line -> lines.add("  " + line));
        lines.add(
                "  Statistical: every round but the work in \"queries\" and \"hash\", given that the hash is a random oracle.");
        lines.add("  Commitments and transcript rest on " + figures.suite().name()
                + "; program table, image id and memory roots on " + IDENTITIES.name() + ".");
        lines.add("  The least round counts. Conjectures about proximity beyond Johnson's bound are not used.");
        return lines;
    }

    /** {@link #lines}, joined. */
    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
