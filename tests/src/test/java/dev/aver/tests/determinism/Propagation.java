package dev.aver.tests.determinism;

import dev.aver.tests.determinism.RowSystem.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which atoms of a row its inputs determine, as far as digits show: most of what the solver would find out, in no time.
 *
 * <p>Two rows with the same inputs both satisfy a statement Σ cᵢ·aᵢ + (something that is determined) = 0 modulo p. So
 * their differences satisfy Σ cᵢ·Δᵢ = 0, over the integers if Σ |cᵢ|·wᵢ &lt; p, where wᵢ, the width of aᵢ's range,
 * bounds |Δᵢ|. If each |cᵢ| is larger than the sum of all smaller |cⱼ|·wⱼ, then every Δᵢ is 0: like digits of a number.
 * Bits of which one at most is 1 make one digit together, a multiple of their coefficients' greatest common divisor.
 */
final class Propagation {
    private static final BigInteger P = BigInteger.valueOf(Poly.P);
    private static final long INVERSE_256 =
            BigInteger.valueOf(256).modInverse(P).longValueExact();

    private final RowSystem row;
    private final List<Set<Integer>> exclusive = new ArrayList<>();

    /** The atoms that are determined. */
    final Set<Integer> determined = new HashSet<>();

    Propagation(RowSystem row) {
        this.row = row;
        for (List<Poly> statement : row.statements) {
            if (statement.size() == 1) exclusiveBits(statement.getFirst());
        }
        for (int atom = 0; atom < row.names.size(); atom++) {
            Range range = row.ranges.get(atom);
            if (range.low().equals(range.high())) determined.add(atom);
        }
        row.inputs.forEach(this::determine);
        propagate();
    }

    /** Adds atoms that are determined for another reason. */
    Propagation and(Collection<Integer> atoms) {
        determined.addAll(atoms);
        propagate();
        return this;
    }

    private void propagate() {
        int before;
        do {
            before = determined.size();
            for (RowSystem.Read read : row.reads) {
                if (read.key().stream().allMatch(this::isDetermined))
                    read.given().forEach(this::determine);
            }
            for (RowSystem.Function function : row.functions) {
                if (function.from().stream().allMatch(this::isDetermined)) determine(function.to());
            }
            for (RowSystem.Bits bits : row.bits) if (isDetermined(bits.k())) determine(bits.power());
            for (List<Poly> statement : row.statements) {
                if (statement.size() == 1) determine(statement.getFirst());
            }
        } while (determined.size() > before);
    }

    /** Whether a polynomial is one of determined atoms. */
    boolean isDetermined(Poly poly) {
        return poly.terms().keySet().stream().allMatch(determined::containsAll);
    }

    /** Finds bits of which one at most is 1: their sum is another bit, or is 1 with another bit. */
    private void exclusiveBits(Poly poly) {
        Set<Integer> plus = new TreeSet<>();
        Set<Integer> minus = new TreeSet<>();
        for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
            if (term.getKey().isEmpty()) continue;
            int atom = term.getKey().getFirst();
            boolean bit = term.getKey().size() == 1 && row.ranges.get(atom).isBit() && Math.abs(term.getValue()) == 1;
            if (!bit) return;
            (term.getValue() == 1 ? plus : minus).add(atom);
        }
        long constant = poly.constantTerm();
        if (constant == 0 ? minus.size() == 1 : constant == -1 && minus.isEmpty()) exclusive.add(plus);
        if (constant == 0 ? plus.size() == 1 : constant == 1 && plus.isEmpty()) exclusive.add(minus);
    }

    /** Atoms whose weighted sum is one digit: a multiple of {@code weight}, at most {@code width} from another one. */
    private record Digit(Map<Integer, BigInteger> atoms, BigInteger weight, BigInteger width) {
        /** Whether the digit's value tells those of its atoms. */
        boolean tells() {
            return new HashSet<>(atoms.values()).size() == atoms.size();
        }
    }

    /** A polynomial's value is determined: so its digits are. */
    private void determine(Poly poly) {
        Poly down = poly;
        Poly up = poly;
        for (int i = 0; i < 8; i++) {
            determineDigits(down);
            determineDigits(up);
            down = down.scale(INVERSE_256);
            up = up.scale(256);
        }
    }

    private void determineDigits(Poly poly) {
        Map<Integer, BigInteger> open = new HashMap<>();
        boolean positive = true;
        boolean negative = true;
        for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
            positive &= term.getValue() > 0;
            negative &= term.getValue() < 0;
            if (determined.containsAll(term.getKey())) continue;
            if (term.getKey().size() > 1) return;
            open.put(term.getKey().getFirst(), BigInteger.valueOf(term.getValue()));
        }
        // One unknown is determined whatever its coefficient, which has an inverse modulo p.
        if (open.size() == 1) determined.addAll(open.keySet());
        // A sum of nothing negative is 0 only if everything is.
        boolean natural = open.keySet().stream()
                .allMatch(atom -> row.ranges.get(atom).low().signum() >= 0);
        boolean oneSided = natural && (positive || negative) && poly.constantTerm() == 0;
        if (oneSided
                && open.size() == poly.terms().size()
                && row.range(poly).absolute().compareTo(P) < 0) {
            determined.addAll(open.keySet());
        }
        List<Digit> digits = digits(open);
        digits.sort(Comparator.comparing(Digit::weight));
        BigInteger sum = BigInteger.ZERO;
        for (Digit digit : digits) {
            if (digit.weight.compareTo(sum) <= 0) return;
            sum = sum.add(digit.width);
        }
        if (sum.compareTo(P) < 0) {
            digits.stream().filter(Digit::tells).forEach(digit -> determined.addAll(digit.atoms.keySet()));
        }
    }

    private List<Digit> digits(Map<Integer, BigInteger> open) {
        List<Digit> digits = new ArrayList<>();
        Set<Integer> left = new TreeSet<>(open.keySet());
        for (Set<Integer> bits : exclusive) {
            Map<Integer, BigInteger> together = new HashMap<>();
            BigInteger divisor = BigInteger.ZERO;
            BigInteger least = BigInteger.ZERO;
            BigInteger most = BigInteger.ZERO;
            for (int bit : bits) {
                if (!left.contains(bit)) continue;
                BigInteger coefficient = open.get(bit);
                together.put(bit, coefficient);
                divisor = divisor.gcd(coefficient);
                least = least.min(coefficient);
                most = most.max(coefficient);
            }
            if (together.size() < 2) continue;
            left.removeAll(together.keySet());
            digits.add(new Digit(together, divisor, most.subtract(least)));
        }
        for (int atom : left) {
            Range range = row.ranges.get(atom);
            BigInteger weight = open.get(atom).abs();
            BigInteger width = range.high().subtract(range.low());
            digits.add(new Digit(Map.of(atom, weight), weight, weight.multiply(width)));
        }
        return digits;
    }
}
