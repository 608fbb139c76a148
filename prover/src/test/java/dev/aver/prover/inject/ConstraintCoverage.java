package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Which constraints and lookups of the instruction chips something is stopped by that nothing else stops: were one of
 * them left out of its table, that would be accepted.
 */
final class ConstraintCoverage {
    /** How it is known that something is needed. */
    enum How {
        /** A fault, run to the end, would be accepted without it. */
        FAULT,
        /** A row with another witness, which tells others the same, would be accepted without it. */
        WITNESS,
        /** A row that tells others something else would be accepted without it. */
        ROW,
        /** Nothing showed it. */
        UNKNOWN
    }

    private final Map<String, Map<How, BitSet>> alone = new TreeMap<>();
    private final Map<String, AirCheck> checks = new TreeMap<>();

    /** A fault or a forged row violates just this, and all else is as it should be. */
    void add(AirCheck check, How how, BitSet violated) {
        checks.putIfAbsent(check.air().name(), check);
        alone.computeIfAbsent(check.air().name(), name -> new EnumMap<>(How.class))
                .computeIfAbsent(how, key -> new BitSet())
                .or(violated);
    }

    /**
     * Forges rows of a table in up to three cells: a forgery that violates one thing only shows that this is needed.
     */
    void forge(Judge judge, Trace trace, int rows, Random random, int forgeries) {
        AirCheck check = judge.check(trace.air());
        add(check, How.UNKNOWN, new BitSet());
        for (int i = 0; i < forgeries; i++) {
            int row = random.nextInt(rows);
            check.evaluate(trace, row);
            long said = check.balance(Judge.SHARED);
            int width = trace.air().width();
            int[] were = new int[width];
            for (int c = 0; c < width; c++) were[c] = trace.main()[(c << trace.logHeight()) + row];
            for (int j = random.nextInt(3); j >= 0; j--) {
                int cell = random.nextInt(width);
                trace.main()[(cell << trace.logHeight()) + row] = other(trace, were[cell], row, random);
            }
            check.evaluate(trace, row);
            BitSet violated = judge.violations(check);
            // A cheating prover makes the rest fit: it keeps one violation and mends the others, cell by cell.
            int kept = violated.nextSetBit(random.nextInt(check.violable()));
            for (int step = 0;
                    kept >= 0 && step < 24 && violated.cardinality() > 1 && violated.cardinality() < 6;
                    step++) {
                violated = mend(judge, check, trace, row, violated, kept, random);
            }
            check.evaluate(trace, row);
            if (violated.cardinality() == 1)
                add(check, check.balance(Judge.SHARED) == said ? How.WITNESS : How.ROW, violated);
            for (int c = 0; c < width; c++) trace.main()[(c << trace.logHeight()) + row] = were[c];
        }
    }

    /** Changes one cell so that a constraint holds that does not, if no more is violated then; returns what is. */
    private static BitSet mend(
            Judge judge, AirCheck check, Trace trace, int row, BitSet violated, int kept, Random random) {
        int cell = (random.nextInt(trace.air().width()) << trace.logHeight()) + row;
        int was = trace.main()[cell];
        for (int bit = violated.nextSetBit(0); bit >= 0; bit = violated.nextSetBit(bit + 1)) {
            if (bit == kept || bit >= trace.air().constraints().size()) continue;
            check.evaluate(trace, row);
            int at = check.value(bit);
            trace.main()[cell] = KoalaBear.add(was, KoalaBear.ONE);
            check.evaluate(trace, row);
            int slope = KoalaBear.sub(check.value(bit), at);
            if (slope != 0) {
                trace.main()[cell] = KoalaBear.sub(was, KoalaBear.mul(at, KoalaBear.inverse(slope)));
                check.evaluate(trace, row);
                BitSet now = judge.violations(check);
                if (now.get(kept) && now.cardinality() <= violated.cardinality()) return now;
            }
            trace.main()[cell] = was;
        }
        return violated;
    }

    private static int other(Trace trace, int value, int row, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> KoalaBear.add(value, KoalaBear.ONE);
            case 1 -> KoalaBear.sub(value, KoalaBear.ONE);
            case 2 -> KoalaBear.sub(KoalaBear.ONE, value);
            case 3 -> random.nextInt(KoalaBear.P);
            case 4 -> trace.main()[(random.nextInt(trace.air().width()) << trace.logHeight()) + row];
            default -> KoalaBear.of(random.nextInt(1 << 16));
        };
    }

    /** The constraints and lookups of each table, by the first reason why they are needed. */
    Map<String, Map<How, List<String>>> reasons() {
        Map<String, Map<How, List<String>>> reasons = new TreeMap<>();
        checks.forEach((name, check) -> {
            Map<How, List<String>> of = new EnumMap<>(How.class);
            for (How how : How.values()) of.put(how, new ArrayList<>());
            for (int bit = 0; bit < check.violable(); bit++) {
                if (check.isCheck(bit)) of.get(how(name, bit)).add(check.name(bit));
            }
            reasons.put(name, of);
        });
        return reasons;
    }

    private How how(String table, int bit) {
        for (How how : How.values()) {
            BitSet bits = alone.get(table).get(how);
            if (bits != null && bits.get(bit)) return how;
        }
        return How.UNKNOWN;
    }
}
