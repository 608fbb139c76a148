package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.add;
import static dev.aver.circuits.field.KoalaBear.mul;
import static dev.aver.circuits.field.KoalaBear.sub;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;

/**
 * One fold ({@link Backend#fold}), as one halving after the other: from f(y) = even(y^2) + y·odd(y^2) the first makes
 * even + β·odd, the second the same with β^2, and so on, which in the end has β^j before f_j. The values at y and −y,
 * which are neighbours, give the parts at y^2: (f(y) + f(−y)) / 2 and (f(y) − f(−y)) / 2y.
 */
final class Folding {
    /** Groups folded by one task. */
    private static final int TASK = 512;

    private final int logSize;
    private final int arityLog;

    /** β^(2^i) / 2 for each halving i, coordinates together. */
    private final int[] factors;

    private final int[] inverses;

    Folding(Ntt ntt, int logSize, int arityLog, E6 beta) {
        this.logSize = logSize;
        this.arityLog = arityLog;
        factors = new int[E6.DEGREE * arityLog];
        E6 factor = beta;
        for (int i = 0; i < arityLog; i++) {
            factor.times(KoalaBear.halve(KoalaBear.ONE)).write(factors, E6.DEGREE * i, 1);
            factor = factor.squared();
        }
        inverses = ntt.inverseRoots(logSize - 1);
    }

    int[] fold(Parallel parallel, Buffers buffers, int[] codeword) {
        assert codeword.length >= E6.DEGREE << logSize : codeword.length;
        int groupLength = E6.DEGREE << arityLog;
        int[] folded = buffers.take(E6.DEGREE << (logSize - arityLog));
        int groups = 1 << (logSize - arityLog);
        int task = Math.min(TASK, groups);
        parallel.run(groups / task, () -> new int[groupLength + E6.DEGREE], (number, group) -> {
            for (int i = number * task; i < (number + 1) * task; i++) {
                System.arraycopy(codeword, i * groupLength, group, 0, groupLength);
                for (int halving = 0; halving < arityLog; halving++) {
                    int pairs = 1 << (arityLog - halving - 1);
                    for (int pair = 0; pair < pairs; pair++) halve(group, pair, inverses[i * pairs + pair], halving);
                }
                System.arraycopy(group, 0, folded, E6.DEGREE * i, E6.DEGREE);
            }
        });
        return folded;
    }

    /**
     * Replaces element {@code pair} by what elements 2·pair and 2·pair + 1 become. The last six places are used too.
     */
    private void halve(int[] group, int pair, int inverse, int halving) {
        int at = 2 * E6.DEGREE * pair;
        int difference = group.length - E6.DEGREE;
        for (int k = 0; k < E6.DEGREE; k++) {
            group[difference + k] = mul(sub(group[at + k], group[at + E6.DEGREE + k]), inverse);
        }
        Sums.multiply(group, difference, factors, E6.DEGREE * halving, group, difference);
        for (int k = 0; k < E6.DEGREE; k++) {
            int even = KoalaBear.halve(add(group[at + k], group[at + E6.DEGREE + k]));
            group[E6.DEGREE * pair + k] = add(even, group[difference + k]);
        }
    }
}
