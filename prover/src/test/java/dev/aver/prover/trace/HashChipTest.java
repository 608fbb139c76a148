package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class HashChipTest {
    private static final HashChip CHIP = new HashChip();

    private static Trace trace(Permutations permutations) {
        Trace trace = new Trace(CHIP.air, Trace.logHeightFor(permutations.size()));
        new HashTrace(CHIP).fill(permutations, trace);
        return trace;
    }

    private static int[] state(Random random) {
        return random.ints(24, 0, KoalaBear.P).toArray();
    }

    private static String text(String bus, int[] input, int[] output, int from, int to) {
        int[] tuple = Arrays.copyOf(input, 24 + to - from);
        System.arraycopy(output, from, tuple, 24, to - from);
        return bus
                + Arrays.toString(Arrays.stream(tuple).map(KoalaBear::canonical).toArray());
    }

    /** What the table says is what {@link Poseidon2#permute(int[])} computes, on random states and on extreme ones. */
    @Test
    void saysWhatThePermutationGives() {
        Random random = new Random(6);
        Permutations permutations = new Permutations(1);
        Map<String, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            int[] input = state(random);
            if (i < 4) Arrays.fill(input, new int[] {0, KoalaBear.ONE, KoalaBear.P - 1, 1}[i]);
            int[] output = input.clone();
            Poseidon2.KOALABEAR_24.permute(output);
            boolean digest = i % 3 == 0;
            int[] given = input.clone();
            permutations.permute(given, digest);
            assertThat(given).isEqualTo(output);
            expected.put(
                    digest ? text("DIGEST", input, output, 0, 9) : text("SPONGE", input, output, 12, 24),
                    KoalaBear.ONE);
        }
        Trace trace = trace(permutations);
        assertThat(trace.logHeight()).isEqualTo(7);
        assertThat(TraceChecker.checkAlone(trace, ForgedMemory.keys())).isEmpty();
        assertThat(TraceChecker.permutationMessages(trace)).isEqualTo(expected);
    }

    @Test
    void stepsEndWithTheResult() {
        Random random = new Random(7);
        Poseidon2 permutation = Poseidon2.KOALABEAR_24;
        for (int i = 0; i < 100; i++) {
            int[] expected = state(random);
            int[] state = expected.clone();
            int[] steps = new int[3 + permutation.steps()];
            permutation.permute(expected);
            permutation.permute(state, steps, 3);
            assertThat(state).isEqualTo(expected);
            assertThat(Arrays.copyOfRange(steps, steps.length - 24, steps.length))
                    .isEqualTo(expected);
            assertThat(Arrays.stream(steps)).allMatch(KoalaBear::isCanonical);
        }
    }

    /** One row for each use, and one that is silent. */
    @Test
    void noCellCanBeChanged() {
        Random random = new Random(8);
        Permutations permutations = new Permutations(2);
        permutations.permute(state(random), false);
        permutations.permute(state(random), true);
        List<String> columns = CHIP.air.columns();
        // Constraints are the same in all rows; the selectors are tried in each.
        BiPredicate<String, Integer> skipped =
                (column, row) -> !column.startsWith("is") && columns.indexOf(column) % 3 != row;
        ChipAttack.everyCellCounts(trace(permutations), ForgedMemory.keys(), 3, skipped, 9);
    }

    /** Selectors decide what a row says; both at once, or other numbers, would say it more than once. */
    @Test
    void aRowSpeaksOnce() {
        Random random = new Random(10);
        Permutations permutations = new Permutations(1);
        permutations.permute(state(random), false);
        Trace trace = trace(permutations);
        trace.set(CHIP.digest, 0, 1);
        ChipAttack.rejects(trace, ForgedMemory.keys(), "at most one selector");
        trace.set(CHIP.sponge, 0, 0);
        trace.set(CHIP.digest, 0, 2);
        ChipAttack.rejects(trace, ForgedMemory.keys(), "is digest is 0 or 1");
    }

    /** A row of zeros would give zeros, if constants could be switched off. */
    @Test
    void zerosAreNoPermutation() {
        Trace trace = new Trace(CHIP.air, 6);
        ChipAttack.rejects(trace, ForgedMemory.keys(), "is what the permutation makes of it");
    }
}
