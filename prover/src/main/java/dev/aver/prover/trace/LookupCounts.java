package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChunkEvaluator.ROWS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.PlainRowArithmetic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often the keys of each lookup bus are asked for, found by evaluating every query on every row: so no filler
 * counts, and none can forget to. Not thread-safe.
 */
public final class LookupCounts {
    private final LookupKeys keys;
    private final Map<Bus, int[]> counts = new EnumMap<>(Bus.class);

    /** Nothing counted yet. */
    public LookupCounts(LookupKeys keys, int programRows) {
        this.keys = keys;
        counts.put(Bus.PROGRAM, new int[programRows]);
        counts.put(Bus.RANGE, new int[1 << BitsTable.LOG_HEIGHT]);
        counts.put(Bus.BITS, new int[1 << BitsTable.LOG_HEIGHT]);
        counts.put(Bus.BYTES, new int[1 << BytesTable.LOG_HEIGHT]);
        counts.put(Bus.BYTE_PAIR, new int[1 << BytesTable.LOG_HEIGHT]);
    }

    /** How often each row of the answering table is asked for on this bus. */
    public int[] of(Bus bus) {
        int[] found = counts.get(bus);
        if (found == null) throw new IllegalArgumentException("not a lookup bus: " + bus);
        return found;
    }

    /**
     * Counts a table's queries. Those for which there is no key are not counted: the bus then does not balance, and no
     * proof of the table will verify.
     */
    public void add(Trace trace) {
        Air air = trace.air();
        List<Message> queries = air.messages().stream()
                .filter(message -> message.bus().kind() == Bus.Kind.LOOKUP)
                .toList();
        List<Expr> expressions = new ArrayList<>();
        for (Message query : queries) {
            expressions.add(query.multiplicity());
            expressions.addAll(query.tuple());
        }
        if (queries.isEmpty()) return;
        ChunkEvaluator evaluator = new ChunkEvaluator(expressions, new PlainRowArithmetic());
        int height = 1 << trace.logHeight();
        int[] next = new int[ROWS];
        int[] key = new int[Bus.WIDEST];
        for (int from = 0; from < height; from += ROWS) {
            for (int i = 0; i < ROWS; i++) next[i] = (from + i + 1) & (height - 1);
            evaluator.evaluate(trace.main(), trace.preprocessed(), trace.logHeight(), from, next);
            int place = 0;
            for (Message query : queries) {
                count(evaluator, query.bus(), place, key);
                place += 1 + query.bus().width();
            }
        }
    }

    /** Adds what others counted. */
    void addAll(LookupCounts others) {
        counts.forEach((bus, asked) -> {
            int[] more = others.of(bus);
            for (int i = 0; i < asked.length; i++) asked[i] += more[i];
        });
    }

    private void count(ChunkEvaluator evaluator, Bus bus, int place, int[] key) {
        int[] asked = of(bus);
        int[] multiplicity = evaluator.value(place);
        int width = bus == Bus.PROGRAM ? 1 : bus.width();
        for (int i = 0; i < ROWS; i++) {
            if (multiplicity[i] == 0) continue;
            for (int j = 0; j < width; j++)
                key[j] = KoalaBear.canonical(evaluator.value(place + 1 + j)[i]);
            // The program's key is its row; whether the other columns agree is what the proof shows.
            int row = bus == Bus.PROGRAM ? key[0] : keys.find(bus, key, 0);
            if (row >= 0 && row < asked.length) asked[row]++;
        }
    }
}
