package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.Trace;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which constraints and lookups of the instruction chips something is stopped by that nothing else stops: were one of
 * them left out of its table, that would be accepted.
 */
final class ConstraintCoverage {
    private final Map<String, BitSet> alone = new TreeMap<>();
    private final Map<String, AirCheck> checks = new TreeMap<>();

    /** A fault or a forged row violates just this, and all else is as it should be. */
    void add(AirCheck check, BitSet violated) {
        checks.putIfAbsent(check.air().name(), check);
        alone.computeIfAbsent(check.air().name(), name -> new BitSet()).or(violated);
    }

    /**
     * Forges the witness of rows of a table in up to three cells: a forgery that leaves what the row says to others
     * alone and violates one thing only shows that this is needed.
     */
    void forge(Judge judge, Trace trace, int rows, Random random, int forgeries) {
        AirCheck check = judge.check(trace.air());
        add(check, new BitSet());
        for (int i = 0; i < forgeries; i++) {
            int row = random.nextInt(rows);
            check.evaluate(trace, row);
            long said = check.balance(Judge.SHARED);
            int[] cells = new int[1 + random.nextInt(3)];
            int[] were = new int[cells.length];
            for (int j = 0; j < cells.length; j++) {
                cells[j] = (random.nextInt(trace.air().width()) << trace.logHeight()) + row;
                were[j] = trace.main()[cells[j]];
                trace.main()[cells[j]] = other(trace, were[j], row, random);
            }
            check.evaluate(trace, row);
            BitSet violated = judge.violations(check);
            if (violated.cardinality() == 1 && check.balance(Judge.SHARED) == said) add(check, violated);
            for (int j = cells.length - 1; j >= 0; j--) trace.main()[cells[j]] = were[j];
        }
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

    /** What nothing was stopped by alone: constraints, and lookups. */
    Map<String, List<String>> unnoticed() {
        Map<String, List<String>> unnoticed = new TreeMap<>();
        checks.forEach((name, check) -> {
            TreeSet<String> names = new TreeSet<>();
            for (int bit = 0; bit < check.violable(); bit++) {
                if (check.isCheck(bit) && !alone.get(name).get(bit)) names.add(check.name(bit));
            }
            unnoticed.put(name, List.copyOf(names));
        });
        return unnoticed;
    }
}
