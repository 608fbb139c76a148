package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.security.ProofFigures.Fold;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The rounds of the protocol in their order, each charged in one regime. Every bound is over the choice of that round's
 * challenge, for whatever was committed before, and holds for the number of challenges |E|.
 */
final class Rounds {
    private final ProofFigures figures;
    private final Regime regime;
    private final double logField;
    private final List<Round> rounds = new ArrayList<>();

    private Rounds(ProofFigures figures, Regime regime) {
        this.figures = figures;
        this.regime = regime;
        this.logField = Log2.of(figures.fieldSize());
    }

    static List<Round> of(ProofFigures figures, Regime regime) {
        Rounds rounds = new Rounds(figures, regime);
        rounds.buses();
        rounds.constraints();
        rounds.outOfDomain();
        rounds.openings();
        figures.folds().forEach(rounds::fold);
        rounds.queries();
        rounds.hash();
        return List.copyOf(rounds.rounds);
    }

    /**
     * α, β. The cleared sum of all fractions has degree ≤ M·(W + 1) in them; each of M denominators vanishes with
     * chance 1/|E|, which would free its fraction. Main columns are committed, so each of L candidates counts.
     */
    private void buses() {
        double messages = figures.messages();
        if (messages == 0) return;
        add(
                "buses",
                logField - Log2.of(regime.listSize()) - Log2.of(messages) - Log2.of(figures.widestPayload() + 2.0),
                () -> String.format(
                        Locale.ROOT, "L * %.0f messages * (%d + 2) / |E|", messages, figures.widestPayload()),
                "LogUp, Haboeck, ePrint 2022/1530; Schwartz-Zippel");
    }

    /**
     * Powers of the constraint challenge within a table, powers of γ across tables: total degree below the sum of both.
     */
    private void constraints() {
        long count = Math.addExact(figures.constraints(), figures.tables().size());
        add(
                "constraints",
                logField - Log2.of(regime.listSize()) - Log2.of((double) count),
                () -> String.format(
                        Locale.ROOT,
                        "L * (%d constraints + %d tables) / |E|",
                        figures.constraints(),
                        figures.tables().size()),
                "Haboeck, ePrint 2022/1216, Theorem 8 (ALI)");
    }

    /**
     * ζ. The first degree is the theorem's; the second is that of the quotient as it is committed, pieces of N rows
     * joined by X^N, times X^N − 1, and is larger when there are many pieces.
     */
    private void outOfDomain() {
        BigInteger rows = BigInteger.ONE.shiftLeft(figures.logRows());
        BigInteger open = rows.add(BigInteger.valueOf(figures.pointsPerColumn() - 1));
        BigInteger constraints = BigInteger.valueOf(figures.constraintDegree())
                .multiply(open)
                .add(rows)
                .subtract(BigInteger.ONE);
        BigInteger quotient =
                BigInteger.valueOf(figures.quotientPieces()).multiply(rows).add(open);
        BigInteger degree = constraints.max(quotient);
        BigInteger points = figures.fieldSize().subtract(rows).subtract(BigInteger.ONE.shiftLeft(figures.logDomain()));
        if (points.signum() <= 0) throw new IllegalArgumentException("the domain fills the field");
        add(
                "out of domain",
                Log2.of(points) - Log2.of(regime.listSize()) - Log2.of(degree),
                () -> "L * " + degree + " / (|E| - N - n)",
                "Haboeck, ePrint 2022/1216, Theorem 8 (DEEP)");
    }

    /**
     * λ. Each height has a run of powers of its own; the sum over heights of (openings − 1)·bad(n_h) is at most what is
     * charged, all openings at the largest domain.
     */
    private void openings() {
        long powers = figures.openings() - 1;
        combination("opening batch", powers, () -> "(" + figures.openings() + " openings - 1)");
    }

    /**
     * β_i. 2^k parts are combined by powers up to 2^k − 1, and an entering codeword takes the next power. Charged on
     * the largest domain, not the folded one: that also covers the weighted form of the theorem.
     */
    private void fold(Fold fold) {
        long arity = 1L << (fold.logFrom() - fold.logTo());
        combination(
                "fold 2^" + fold.logFrom() + " to 2^" + fold.logTo(),
                fold.entering() ? arity : arity - 1,
                () -> fold.entering() ? "(" + arity + " parts + 1 entering - 1)" : "(" + arity + " parts - 1)");
    }

    private void combination(String name, long powers, Supplier<String> text) {
        double bad = regime.badChallenges(Math.scalb(1.0, figures.logDomain()));
        add(
                name,
                logField - Log2.of((double) powers) - Log2.of(bad),
                () -> String.format(Locale.ROOT, "%s * 2^%.2f bad on a line / |E|", text.get(), Log2.of(bad)),
                regime.theorem());
    }

    /**
     * A query misses with chance 1 − θ. An index is the low bits of an element of K, and 2^bits does not divide p: the
     * excess, at most (p mod n)/p, is added. Likewise the proof of work has a chance slightly above 2^−bits.
     */
    private void queries() {
        BigInteger p = figures.basePrime();
        BigInteger domain = BigInteger.ONE.shiftLeft(figures.logDomain());
        double bias = p.mod(domain).doubleValue() / p.doubleValue();
        BigInteger lucky =
                p.subtract(BigInteger.ONE).shiftRight(figures.grindingBits()).add(BigInteger.ONE);
        add(
                Round.QUERIES,
                -figures.queries() * Log2.of(regime.agreement() + bias) + Log2.of(p) - Log2.of(lucky),
                () -> String.format(
                        Locale.ROOT,
                        "(1 - theta)^%d * 2^-%d (work), theta = %.6f",
                        figures.queries(),
                        figures.grindingBits(),
                        regime.radius()),
                "FRI round by round, BGKTTZ23, ePrint 2023/1071");
    }

    /**
     * Commitments and transcript hash with the suite, program and memory always with {@link SecurityReport#IDENTITIES}.
     */
    private void hash() {
        HashSuite suite = figures.suite();
        HashSuite identities = SecurityReport.IDENTITIES;
        rounds.add(new Round(
                Round.HASH,
                Math.min(suite.collisionBits(), identities.collisionBits()),
                () -> suite.equals(identities)
                        ? "collisions of " + suite.name()
                        : "collisions of " + suite.name() + " or " + identities.name(),
                "birthday bound; BCS16, ePrint 2016/116"));
    }

    private void add(String name, double bits, Supplier<String> charge, String theorem) {
        rounds.add(new Round(name, bits - Log2.SLACK, charge, theorem));
    }
}
