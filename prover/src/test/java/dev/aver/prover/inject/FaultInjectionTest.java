package dev.aver.prover.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.prover.inject.Campaign.Outcome;
import dev.aver.prover.inject.Campaign.Stop;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.zkvm.isa.Chip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A recorder that makes one mistake, or lies about one instruction, and goes on from there: no trace of it is accepted.
 * Everything behind the fault fits, so what stops it is what the fault itself violates.
 */
final class FaultInjectionTest {
    /** At least so many programs, so that each operation meets many values. */
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
        inject(1, 20_000);
    }

    @Test
    @Tag("long")
    void noFaultIsAcceptedInTheLongRun() throws Exception {
        inject(1_000, 1_000_000);
    }

    /**
     * Without some constraint or lookup of each instruction chip, a fault would be accepted: the faults are real ones.
     */
    @Test
    void everyChipStopsFaultsThatNothingElseStops() throws Exception {
        ConstraintCoverage coverage = new ConstraintCoverage();
        for (long seed = 1; seed <= 4; seed++) {
            new Campaign(seed, RandomPrograms.of(seed)).cover(coverage, 60);
        }
        for (Chip chip : SegmentTraces.instructionChips()) {
            String table = SegmentTraces.air(chip).name();
            assertThat(coverage.needed(table).cardinality()).as(table).isPositive();
        }
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
                    int turn =
                            (int) ((slow ? number / 8 : number) % fault.chips().size());
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
