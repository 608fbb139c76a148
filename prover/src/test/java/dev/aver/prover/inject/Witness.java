package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A row that one check of its table stops, and nothing else: an honest row with some cells changed.
 *
 * @param table the table
 * @param check the check, as {@link ForgedRow#name} has it
 * @param program the program's name in {@link Starts}
 * @param row the honest row's place in its table
 * @param cells what the changed cells hold, by column; canonical
 */
record Witness(String table, String check, String program, int row, Map<String, Integer> cells) {
    private static final String RESOURCE = "witnesses.txt";

    /** The opposite of {@link #toString}. */
    private static Witness parse(String line) {
        String[] parts = line.split(" \\| ", -1);
        Map<String, Integer> cells = new TreeMap<>();
        for (String cell : parts[4].split("; ", -1)) {
            int at = cell.lastIndexOf('=');
            cells.put(cell.substring(0, at), Integer.parseInt(cell.substring(at + 1)));
        }
        return new Witness(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]), cells);
    }

    @Override
    public String toString() {
        String values = cells.entrySet().stream()
                .map(cell -> cell.getKey() + "=" + cell.getValue())
                .collect(Collectors.joining("; "));
        return String.join(" | ", table, check, program, Integer.toString(row), values);
    }

    /** All that were found, by table and check. */
    static Map<String, Map<String, Witness>> all() {
        Map<String, Map<String, Witness>> all = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Witness.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            for (String line : (Iterable<String>) reader.lines()::iterator) {
                Witness witness = parse(line);
                all.computeIfAbsent(witness.table, key -> new TreeMap<>()).put(witness.check, witness);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Writes its cells into the honest row. */
    void apply(ForgedRow forged) {
        List<String> columns = forged.air.columns();
        cells.forEach((column, value) -> forged.set(columns.indexOf(column), KoalaBear.of(value)));
    }

    /** What was changed of an honest row. */
    static Map<String, Integer> changes(ForgedRow forged, int[] honest) {
        Map<String, Integer> cells = new TreeMap<>();
        for (int c = 0; c < honest.length; c++) {
            if (forged.get(c) != honest[c]) cells.put(forged.air.columns().get(c), KoalaBear.canonical(forged.get(c)));
        }
        return cells;
    }
}
