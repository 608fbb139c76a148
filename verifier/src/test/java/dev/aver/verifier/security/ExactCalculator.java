package dev.aver.verifier.security;

import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.security.ProofFigures.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The second calculator, written from the papers' formulas and not from the first: decimal numbers of 60 digits, errors
 * instead of bits, and a decision, "are there b bits?", instead of a search for the best m. It reads the figures'
 * components only.
 */
final class ExactCalculator {
    private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);
    private static final int MAX_M = 1000;

    private final ProofFigures figures;
    private final BigInteger q;
    private final long rows;
    private final long domain;
    private final int points;

    ExactCalculator(ProofFigures figures) {
        this.figures = figures;
        q = figures.basePrime().pow(figures.extensionDegree());
        int highest = 0;
        int most = 1;
        for (OpenedMatrix matrix : figures.opened()) {
            highest = Math.max(highest, matrix.logHeight());
            if (matrix.next()) most = 2;
        }
        rows = 1L << highest;
        domain = rows << figures.logBlowup();
        points = most;
    }

    /** Whether every round has an error of at most 2^−bits, in one regime and with one m. */
    boolean has(int bits) {
        if (bits > 139 || bits > figures.suite().collisionBits()) return false;
        if (small(uniqueDecodingErrors(), bits)) return true;
        // The least m that the queries allow is the best for all others.
        int least = MAX_M + 1;
        int none = 0;
        while (least - none > 1) {
            int m = (least + none) / 2;
            if (queryError(johnsonAgreement(m)).compareTo(power(bits)) <= 0) least = m;
            else none = m;
        }
        return least <= MAX_M && listM(least) != 0 && johnsonValid(least) && small(johnsonErrors(least), bits);
    }

    Map<String, BigDecimal> uniqueDecodingErrors() {
        // Words of agreement more than (n + N + 1)/(2n) with polynomials of degree N are so with one.
        BigDecimal agreement = quotient(domain + rows + 1, 2 * domain);
        BigDecimal wrong = BigDecimal.ONE.subtract(agreement).multiply(decimal(domain));
        return errors(agreement, BigDecimal.ONE, wrong.add(BigDecimal.ONE));
    }

    Map<String, BigDecimal> johnsonErrors(int m) {
        BigDecimal rate = quotient(rows, domain);
        BigDecimal root = rate.sqrt(DIGITS);
        BigDecimal agreement = johnsonAgreement(m);
        BigDecimal theta = BigDecimal.ONE.subtract(agreement);
        BigDecimal half = decimal(m).add(new BigDecimal("0.5"));
        BigDecimal list = decimal(listM(m))
                .add(new BigDecimal("0.5"))
                .divide(quotient(rows + 1, domain).sqrt(DIGITS), DIGITS);
        // (2 h^5 / 3 ρ^1.5 + h θ / √ρ) n + h/√ρ: the paper's first fraction in two.
        BigDecimal steep = half.pow(5).multiply(decimal(2)).divide(decimal(3).multiply(root.pow(3)), DIGITS);
        BigDecimal flat = half.multiply(theta).divide(root, DIGITS);
        BigDecimal bad = steep.add(flat).multiply(decimal(domain)).add(half.divide(root, DIGITS));
        return errors(agreement, list, bad);
    }

    private Map<String, BigDecimal> errors(BigDecimal agreement, BigDecimal list, BigDecimal bad) {
        Map<String, BigDecimal> errors = new LinkedHashMap<>();
        long openings = 0;
        for (OpenedMatrix matrix : figures.opened()) openings += matrix.next() ? 2L * matrix.width() : matrix.width();
        long messages = figures.verifierMessages();
        long constraints = 0;
        for (Table table : figures.tables()) {
            messages += (long) table.messages() << table.logHeight();
            constraints += table.constraints() + 1;
        }
        if (messages > 0) {
            errors.put("buses", list.multiply(decimal(messages)).multiply(decimal(figures.widestPayload() + 2L)));
        }
        errors.put("constraints", list.multiply(decimal(constraints)));
        errors.put("opening batch", bad.multiply(decimal(openings - 1)));
        int at = Long.numberOfTrailingZeros(domain);
        for (int fold : figures.foldLogs()) {
            int to = at - fold;
            boolean enters = figures.opened().stream().anyMatch(t -> t.logHeight() + figures.logBlowup() == to);
            errors.put("fold 2^" + at + " to 2^" + to, bad.multiply(decimal((1L << fold) - (enters ? 0 : 1))));
            at = to;
        }
        errors.replaceAll((name, count) -> count.divide(new BigDecimal(q), DIGITS));

        long degree = Math.max(
                figures.constraintDegree() * (rows + points - 1) + rows - 1,
                (figures.quotientPieces() + 1) * rows + points - 1);
        BigDecimal outside = new BigDecimal(q.subtract(BigInteger.valueOf(rows + domain)));
        errors.put("out of domain", list.multiply(decimal(degree)).divide(outside, DIGITS));
        errors.put("queries", queryError(agreement));
        return errors;
    }

    // The chance of each index is at most ⌈p/n⌉/p for p mod n of the indices, and ⌊p/n⌋/p < 1/n for the others.
    private BigDecimal queryError(BigDecimal agreement) {
        BigDecimal p = new BigDecimal(figures.basePrime());
        BigDecimal uneven = new BigDecimal(figures.basePrime().mod(BigInteger.valueOf(domain))).divide(p, DIGITS);
        BigInteger nonces = figures.basePrime()
                .add(BigInteger.ONE.shiftLeft(figures.grindingBits()))
                .subtract(BigInteger.ONE)
                .shiftRight(figures.grindingBits());
        BigDecimal work = new BigDecimal(nonces).divide(p, DIGITS);
        return agreement.add(uneven).pow(figures.queries(), DIGITS).multiply(work);
    }

    private BigDecimal johnsonAgreement(int m) {
        BigDecimal stretch = BigDecimal.ONE.add(quotient(1, 2L * m));
        return quotient(rows, domain).sqrt(DIGITS).multiply(stretch);
    }

    private boolean johnsonValid(int m) {
        BigDecimal agreement = johnsonAgreement(m);
        return agreement.compareTo(BigDecimal.ONE) < 0
                && figures.opened().stream()
                        .mapToLong(table -> 1L << table.logHeight())
                        .allMatch(height -> agreement
                                        .multiply(decimal(height << figures.logBlowup()))
                                        .compareTo(decimal(height + points))
                                > 0);
    }

    // The least k with √((N+1)/n)·(1 + 1/2k) ≤ √(N/n)·(1 + 1/2m), squared and cleared; 0 if there is none.
    private long listM(int m) {
        if (square(1, 2L * m, rows + 1).compareTo(square(2L * m + 1, 1, rows)) >= 0) return 0;
        return IntStream.rangeClosed(m, 1_000_000)
                .filter(k -> square(2L * k + 1, 2L * m, rows + 1).compareTo(square(2L * m + 1, 2L * k, rows)) <= 0)
                .findFirst()
                .orElse(0);
    }

    private static BigInteger square(long a, long b, long factor) {
        return BigInteger.valueOf(a * b).pow(2).multiply(BigInteger.valueOf(factor));
    }

    private static boolean small(Map<String, BigDecimal> errors, int bits) {
        return errors.values().stream().allMatch(error -> error.compareTo(power(bits)) <= 0);
    }

    private static BigDecimal power(int bits) {
        return BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(bits)), DIGITS);
    }

    private static BigDecimal decimal(long number) {
        return BigDecimal.valueOf(number);
    }

    private static BigDecimal quotient(long above, long below) {
        return decimal(above).divide(decimal(below), DIGITS);
    }

    /** −log2 of an error, to about 14 digits. */
    static double bits(BigDecimal error) {
        BigDecimal inverse = new BigDecimal(BigInteger.ONE.shiftLeft(200)).divide(error, DIGITS);
        BigInteger whole = inverse.toBigInteger();
        int shift = Math.max(0, whole.bitLength() - 52);
        return Math.log(whole.shiftRight(shift).doubleValue()) / Math.log(2) + shift - 200;
    }
}
