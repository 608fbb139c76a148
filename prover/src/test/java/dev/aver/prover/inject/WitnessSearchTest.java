package dev.aver.prover.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.prover.inject.Starts.Run;
import dev.aver.prover.inject.Starts.Start;
import dev.aver.prover.trace.LookupKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks for witnesses, and for rows that are accepted and should not be. */
final class WitnessSearchTest {
    private final Starts starts = new Starts();

    /** The search fails if it comes across a row that nothing stops and that would do harm. */
    @Test
    void noForgeryIsAccepted() {
        Map<String, Integer> found = new ConcurrentHashMap<>();
        starts.rows.entrySet().parallelStream().forEach(rows -> {
            Map<String, Witness> of = new TreeMap<>();
            search(rows.getValue(), of, 1, new Random(rows.getKey().hashCode()));
            found.put(rows.getKey(), of.size());
        });
        assertThat(found.values().stream().mapToInt(Integer::intValue).sum())
                .as("forgeries that one check alone stops: %s", found)
                .isGreaterThan(50);
    }

    /**
     * Looks for witnesses of checks that have none, and writes all to where {@code aver.out} says: by default the
     * resource that {@link NeededChecksTest} reads. More {@code aver.attempts} or another {@code aver.seed} find
     * others.
     */
    @Test
    @Tag("long")
    void findsWitnesses() throws IOException {
        Map<String, Map<String, Witness>> known = new ConcurrentHashMap<>(Witness.all());
        int attempts = Integer.getInteger("aver.attempts", 200);
        int seed = Integer.getInteger("aver.seed", 0);
        starts.rows.entrySet().parallelStream().forEach(rows -> {
            Map<String, Witness> of = known.computeIfAbsent(rows.getKey(), key -> new TreeMap<>());
            search(
                    rows.getValue(),
                    of,
                    attempts,
                    new Random(31L * seed + rows.getKey().hashCode()));
        });
        List<String> lines = new ArrayList<>();
        new TreeMap<>(known).values().forEach(of -> of.values().forEach(witness -> lines.add(witness.toString())));
        Files.write(
                Path.of(System.getProperty("aver.out", "src/test/resources/dev/aver/prover/inject/witnesses.txt")),
                lines);
    }

    /** Looks for a witness for each check that has none. */
    private static void search(List<Start> rows, Map<String, Witness> known, int attempts, Random random) {
        List<Start> order = new ArrayList<>(rows);
        Collections.shuffle(order, random);
        List<Start> padding = order.stream().filter(Start::padding).toList();
        Map<Run, WitnessSearch> searches = new HashMap<>();
        ForgedRow any = new ForgedRow(
                order.getFirst().trace().air(),
                new LookupKeys(order.getFirst().run().table()));
        for (Hint hint : Hint.all()) if (hint.table().equals(any.air.name())) follow(hint, order, known);
        int at = 0;
        for (int check : any.real()) {
            for (int i = 0;
                    i < attempts
                            && !known.containsKey(any.name(check))
                            && Redundant.reason(any.air.name(), any.name(check)) == null;
                    i++) {
                // What an idle row may not do, a row of padding may do least of all.
                boolean idle = any.name(check).startsWith("an idle ");
                Start start = idle && i % 4 < 3 ? padding.get(at++ % padding.size()) : order.get(at++ % order.size());
                WitnessSearch search = searches.computeIfAbsent(
                        start.run(),
                        run -> new WitnessSearch(
                                new ForgedRow(any.air, new LookupKeys(run.table())),
                                run.table(),
                                run.semantics(),
                                random));
                search.start(start.trace(), start.row());
                Map<String, Integer> cells =
                        search.find(check, i % 2 == 1, i % 8 < 6, 4 * i < Math.max(attempts, 100) ? 20 : 60);
                if (cells != null)
                    known.put(
                            any.name(check),
                            new Witness(
                                    any.air.name(), any.name(check), start.run().name(), start.row(), cells));
            }
        }
    }

    /** Does what a hint says, to the first honest row from which that leads to a witness. */
    private static void follow(Hint hint, List<Start> rows, Map<String, Witness> known) {
        for (Start start : rows) {
            ForgedRow row = new ForgedRow(
                    start.trace().air(), new LookupKeys(start.run().table()));
            row.load(start.trace(), start.row());
            int[] honest = IntStream.range(0, row.air.width()).map(row::get).toArray();
            NamedRow cells = new NamedRow(row);
            boolean fits = hint.where().equals(Hint.PADDING) ? start.padding() : cells.get(hint.where()) != 0;
            if (!fits) continue;
            hint.forge().accept(cells);
            List<String> violated = row.violated().stream().mapToObj(row::name).toList();
            boolean alone = violated.size() == 1 && violated.getFirst().startsWith(hint.check());
            if (!alone || !start.run().semantics().effect(row).isHarmful()) continue;
            String check = violated.getFirst();
            Map<String, Integer> changes = Witness.changes(row, honest);
            known.putIfAbsent(
                    check, new Witness(hint.table(), check, start.run().name(), start.row(), changes));
            return;
        }
        throw new AssertionError("leads nowhere: " + hint);
    }
}
