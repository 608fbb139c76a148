package dev.aver.prover.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.prover.inject.Campaign.Outcome;
import dev.aver.prover.inject.Campaign.Stop;
import dev.aver.zkvm.isa.Chip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FaultInjectionTest {
    private static final int PROGRAMS = 16;

    @Test
    void honestRecordsAreAccepted() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(new Campaign(seed, RandomPrograms.of(seed)).honestComplaints())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void noFaultIsAccepted() throws Exception {
        inject(1, Integer.getInteger("faults", 20_000));
    }

    @Test
    @Tag("long")
    void noFaultIsAcceptedInTheLongRun() throws Exception {
        inject(1_000, 1_000_000);
    }

    @Test
    void everyConstraintStopsSomethingThatNothingElseStops() throws Exception {
        ConstraintCoverage coverage = new ConstraintCoverage();
        for (long seed = 1; seed <= Integer.getInteger("covering", 4); seed++) {
            new Campaign(seed, RandomPrograms.of(seed)).cover(coverage, Integer.getInteger("forgeries", 20_000), 60);
        }
        coverage.reasons().forEach((name, reasons) -> reasons.forEach((how, list) -> list.forEach(what -> System.out.println(how + " " + what))));
    }

    /** Injects so many faults that have an effect, with kinds and chips taking turns. */
    private static void inject(long firstSeed, int faults) throws Exception {
        Map<Fault, Map<Chip, Integer>> counts = new EnumMap<>(Fault.class);
        Map<String, Integer> stops = new TreeMap<>();
        int programs = Math.max(PROGRAMS, faults / 4_000);
        List<String> accepted = new ArrayList<>();
        int counted = 0;
        int unfilled = 0;
        for (long seed = firstSeed; seed < firstSeed + programs; seed++) {
            Campaign campaign = new Campaign(seed, RandomPrograms.of(seed));
            int share = faults * (int) (seed - firstSeed + 1) / programs;
            // A different place to start, so that few faults in each program still reach all chips.
            for (long number = 7 * seed; counted < share; number++) {
                for (Fault fault : Fault.values()) {
                    // These take the trace checker every time.
                    boolean slow = fault == Fault.PAGE_START;
                    if (slow && number % 8 != 0) continue;
                    int turn = (int) ((slow ? number / 8 : number) % fault.chips().size());
                    Chip chip = List.copyOf(fault.chips()).get(turn);
                    Outcome outcome = campaign.inject(fault, chip, number * Fault.values().length + fault.ordinal());
                    stops.merge(fault + " " + outcome.stop(), 1, Integer::sum);
                    if (outcome.stop() == Stop.IMPOSSIBLE || outcome.stop() == Stop.NO_EFFECT) continue;
                    if (outcome.stop() == Stop.NOTHING)
                        accepted.add(fault + " " + chip + " seed " + seed + " " + number);
                    if (outcome.stop() == Stop.FILLER) unfilled++;
                    counts.computeIfAbsent(fault, f -> new EnumMap<>(Chip.class))
                            .merge(chip, 1, Integer::sum);
                    counted++;
                }
            }
        }
        System.out.printf(
                "%d faults in programs of seeds %d to %d%n%s%n", counted, firstSeed, firstSeed + programs - 1, stops);
        assertThat(accepted)
                .as("accepted: fault, chip, seed of the program, number")
                .isEmpty();
        assertThat(unfilled).as("faults that only a filler stopped").isLessThan(counted / 20);
        for (Fault fault : Fault.values()) {
            assertThat(counts.get(fault)).as("faults injected: %s", fault).containsOnlyKeys(fault.chips());
        }
    }
}
