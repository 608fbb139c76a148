package dev.aver.verifier.security;

import java.util.Optional;

/**
 * How close to the code a committed word may be for the analysis to hold on to it, and what that costs. Words within
 * the radius θ of the code count as near. Two theorems make this work, both proven: the code has few codewords near one
 * word, and a random combination of words is near only if they all are, on the same places.
 *
 * <p>The code is that of the tallest table, of rate ρ = N/n. Shorter tables have the same rate; lifted to the largest
 * domain by x → x^(n/n_h), their codewords are codewords of the tallest one's.
 *
 * <p>A column is opened by quotients with one point each, which shows it to be a polynomial of degree ≤ N, not below N.
 * So columns are counted in the code of dimension N + 1.
 */
public sealed interface Regime {
    /** 1 − θ: the fraction of places at which a near word agrees with the code. */
    double agreement();

    /** L: at most so many codewords, taken over all columns jointly, are near one word. */
    double listSize();

    /**
     * The number of challenges r for which f + r·g may be near although f and g are not near on the same places, for
     * words of length n. For powers of one challenge, multiply by the highest power.
     */
    double badChallenges(double n);

    /** The regime's name, for people. */
    String title();

    /** The source of {@link #badChallenges}. */
    String theorem();

    /** θ, the radius. */
    default double radius() {
        return 1 - agreement();
    }

    /**
     * Whether two opened values of one column belong to one polynomial: N + c is below (1 − θ)·n, with c points per
     * column, at every height. The lowest table is the worst case.
     */
    default boolean admits(ProofFigures figures) {
        double lowest = Math.scalb(1.0, figures.logLowestRows());
        double domain = Math.scalb(1.0, figures.logLowestRows() + figures.logBlowup());
        return radius() > 0 && lowest + figures.pointsPerColumn() < agreement() * domain;
    }

    /**
     * Unique decoding: θ is half the distance, at most one codeword is near.
     *
     * @param agreement 1 − θ = (1 + (N + 1)/n) / 2
     */
    record UniqueDecoding(double agreement) implements Regime {
        static UniqueDecoding of(ProofFigures figures) {
            return new UniqueDecoding((1 + raisedRate(figures)) / 2);
        }

        @Override
        public double listSize() {
            return 1;
        }

        @Override
        public double badChallenges(double n) {
            return radius() * n + 1;
        }

        @Override
        public String title() {
            return "unique decoding regime";
        }

        @Override
        public String theorem() {
            return "BCHKS25 (ePrint 2025/2055) Corollary 1.4";
        }
    }

    /**
     * The list decoding regime up to Johnson's bound, θ = 1 − √ρ·(1 + 1/(2m)).
     *
     * @param m the multiplicity of the interpolation: a larger one means fewer queries, longer lists, and more bad
     *     challenges
     * @param rate ρ
     * @param agreement 1 − θ
     * @param listSize (m′ + ½)/√ρ′, for the rate ρ′ = (N + 1)/n and the least m′ whose radius at ρ′ reaches θ
     */
    record Johnson(int m, double rate, double agreement, double listSize) implements Regime {
        /**
         * Multiplicities above are not tried. Each m is a proof of its own, so leaving some out only claims less: at
         * rate 1/2, less than 0.15 % of the queries' bits.
         */
        static final int MAX_M = 1000;

        /** The regime with this m, if its radius is positive and Johnson's bound for N + 1 reaches it. */
        static Optional<Johnson> of(ProofFigures figures, int m) {
            double rate = Math.scalb(1.0, -figures.logBlowup());
            double raised = raisedRate(figures);
            double agreement = agreement(figures, m);
            // What is left for 1/(2m′). The guard keeps rounding from choosing an m′ that is too small by one.
            double excess = agreement / Math.sqrt(raised) - 1;
            if (agreement >= 1 || excess < 1e-6) return Optional.empty();
            double listM = Math.ceil(0.5 / excess + 1e-6);
            return Optional.of(new Johnson(m, rate, agreement, (listM + 0.5) / Math.sqrt(raised)));
        }

        /** √ρ·(1 + 1/(2m)), 1 and more if m is too small. */
        static double agreement(ProofFigures figures, int m) {
            return Math.sqrt(Math.scalb(1.0, -figures.logBlowup())) * (1 + 0.5 / m);
        }

        @Override
        public double badChallenges(double n) {
            double h = m + 0.5;
            double root = Math.sqrt(rate);
            return (2 * h * h * h * h * h + 3 * h * radius() * rate) * n / (3 * rate * root) + h / root;
        }

        @Override
        public String title() {
            return "Johnson regime, m = " + m;
        }

        @Override
        public String theorem() {
            return "BCHKS25 (ePrint 2025/2055) Theorem 4.2";
        }
    }

    private static double raisedRate(ProofFigures figures) {
        return (Math.scalb(1.0, figures.logRows()) + 1) / Math.scalb(1.0, figures.logDomain());
    }
}
