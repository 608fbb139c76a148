package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;

/** What every chip's test does: a valid trace is accepted, and no cell of it can be changed unseen. */
final class ChipAttack {
    private ChipAttack() {}

    /** The trace of a chip's first rows, at most {@code most}. */
    static Trace trace(ChipTrace chip, Chip kind, Recording recording, int segment, int most) {
        return trace(chip, kind, recording, segment, 0, most);
    }

    /** The trace of at most {@code most} of a chip's rows, from {@code first}. */
    static Trace trace(ChipTrace chip, Chip kind, Recording recording, int segment, int first, int most) {
        SegmentRecord record = recording.segments().get(segment);
        EventTable events = record.table(kind);
        int rows = Math.min(most, events.size() - first);
        assertThat(rows).as("rows of %s", kind).isPositive();
        Trace trace = new Trace(chip.air(), Trace.logHeightFor(rows));
        chip.fill(events, first, rows, recording.program(), trace);
        return trace;
    }

    /** The trace's constraints hold and its queries have keys. */
    static void accepts(Trace trace, LookupKeys keys) {
        assertThat(TraceChecker.checkAlone(trace, keys)).isEmpty();
    }

    /** A forged trace is rejected, and {@code because} is part of a complaint. */
    static void rejects(Trace trace, LookupKeys keys, String because) {
        assertThat(TraceChecker.checkAlone(trace, keys))
                .anySatisfy(complaint -> assertThat(complaint).contains(because));
    }

    /**
     * Changes single cells of the first {@code rows} rows, by 1 and to a random element, and expects each change to
     * break a constraint or a lookup, or to change what the table says to others, who then do not agree.
     *
     * @param free which cells, by column name and row, may be anything by design
     */
    static void everyCellCounts(Trace trace, LookupKeys keys, int rows, BiPredicate<String, Integer> free, long seed) {
        Random random = new Random(seed);
        Map<String, Integer> said = TraceChecker.permutationMessages(trace);
        List<String> unseen = new ArrayList<>();
        int height = 1 << trace.logHeight();
        for (int column = 0; column < trace.air().width(); column++) {
            String name = trace.air().columns().get(column);
            for (int row = 0; row < rows; row++) {
                if (free.test(name, row)) continue;
                int at = column * height + row;
                int value = trace.main()[at];
                int[] others = {KoalaBear.add(value, KoalaBear.ONE), random.nextInt(KoalaBear.P)};
                for (int other : others) {
                    if (other == value) continue;
                    trace.main()[at] = other;
                    boolean seen = !TraceChecker.checkAlone(trace, keys).isEmpty()
                            || !TraceChecker.permutationMessages(trace).equals(said);
                    if (!seen) unseen.add(name + "@" + row + " = " + KoalaBear.canonical(other));
                }
                trace.main()[at] = value;
            }
        }
        assertThat(unseen).as("changes that nobody sees, seed %d", seed).isEmpty();
    }
}
