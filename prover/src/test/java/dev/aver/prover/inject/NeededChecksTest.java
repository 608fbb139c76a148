package dev.aver.prover.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.prover.inject.Starts.Run;
import dev.aver.prover.inject.Starts.Start;
import dev.aver.prover.trace.LookupKeys;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each constraint and each query of the tables of instructions, of the halt and of the refreshes stops a row that
 * nothing else stops: an honest row with a few cells changed, of which a verifier without this one check would accept
 * something false. {@link WitnessSearchTest} finds them; here each is tried.
 *
 * <p>Checks that stop nothing alone are {@linkplain Redundant listed} with the reason.
 */
final class NeededChecksTest {
    private final Starts starts = new Starts();
    private final Map<Run, Semantics> semantics = new HashMap<>();
    private final Map<String, ForgedRow> rows = new HashMap<>();
    private final Map<String, Map<String, Witness>> witnesses = Witness.all();

    @Test
    void everyCheckStopsARowThatNothingElseStops() {
        Map<String, String> wrong = new TreeMap<>();
        starts.rows.forEach((table, rows) -> {
            Map<String, Witness> of = witnesses.getOrDefault(table, Map.of());
            ForgedRow any = row(rows.getFirst());
            for (int check : any.real()) {
                String name = any.name(check);
                boolean redundant = Redundant.reason(table, name) != null;
                if (!of.containsKey(name)) {
                    if (!redundant) wrong.put(table + ": " + name, "no witness");
                } else {
                    String complaint = redundant ? "is not redundant" : complaint(of.get(name), check);
                    if (!complaint.isEmpty()) wrong.put(table + ": " + name, complaint);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** A check that is gone or has another name takes its witness or its reason with it. */
    @Test
    void whatIsNamedExists() {
        TreeSet<String> names = new TreeSet<>();
        starts.rows.forEach((table, rows) -> {
            ForgedRow any = row(rows.getFirst());
            for (int check : any.real()) names.add(table + ": " + any.name(check));
        });
        TreeSet<String> named = new TreeSet<>(Redundant.all());
        witnesses.forEach((table, of) -> of.keySet().forEach(check -> named.add(table + ": " + check)));
        named.removeAll(names);
        assertThat(named).as("no checks").isEmpty();
    }

    /** Every message counts in some honest row: without it, no run with such a row would have a proof. */
    @Test
    void everyMessageCounts() {
        starts.rows.forEach((table, rows) -> {
            BitSet silent = new BitSet();
            silent.set(0, row(rows.getFirst()).messages);
            for (Start start : rows) {
                if (silent.isEmpty()) break;
                ForgedRow row = row(start);
                for (int m = 0; m < row.messages; m++) if (row.count(m) != 0) silent.clear(m);
            }
            assertThat(silent.stream().boxed().toList()).as("silent messages of " + table).isEmpty();
        });
    }

    private String complaint(Witness witness, int check) {
        Start start = starts.find(witness.table(), witness.program(), witness.row());
        ForgedRow row = row(start);
        witness.apply(row);
        BitSet violated = (BitSet) row.violated().clone();
        List<String> others =
                violated.stream().filter(other -> other != check).mapToObj(row::name).toList();
        if (!others.isEmpty()) return "stopped by others too: " + others;
        boolean stopped = violated.get(check) && (check < row.constraints || row.count(check - row.constraints) == 1);
        if (!stopped) return "not stopped";
        Effect effect = semantics.computeIfAbsent(start.run(), Run::semantics).effect(row);
        return effect.isHarmful() ? "" : "does no harm: " + effect;
    }

    private ForgedRow row(Start start) {
        ForgedRow row = rows.computeIfAbsent(
                start.trace().air().name() + start.run().name(),
                key -> new ForgedRow(start.trace().air(), new LookupKeys(start.run().table())));
        row.load(start.trace(), start.row());
        return row;
    }
}
