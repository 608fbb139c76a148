package dev.aver.prover.inject;

import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Honest rows, from which forgeries start: those of some programs' instructions, refreshes and halts, and padding. */
final class Starts {
    /** An honest row of a table. */
    record Start(Run run, Trace trace, int row, boolean padding) {}

    /** A program, by the name under which witnesses refer to it. */
    record Run(String name, Program program, ProgramTable table) {
        /** Of its own for each thread. */
        Semantics semantics() {
            return new Semantics(program, table);
        }
    }

    /** By table; of each table's rows those that count, and one of padding. */
    final Map<String, List<Start>> rows = new TreeMap<>();

    final Map<String, Run> runs = new LinkedHashMap<>();

    Starts() {
        for (long seed = 0; seed < 6; seed++) add("edges " + seed, EdgePrograms.of(seed));
        for (long seed = 0; seed < 14; seed++) add("random " + seed, RandomPrograms.of(seed));
    }

    private void add(String name, Program program) {
        Run run = new Run(name, program, ProgramTable.of(program));
        runs.put(name, run);
        Judge.Tables tables = run.semantics().run();
        for (int i = 0; i < tables.traces.size(); i++) {
            Trace trace = tables.traces.get(i);
            int count = tables.rows.get(i);
            if (count == 0) continue;
            for (int row = 0; row <= count && row < 1 << trace.logHeight(); row++) {
                rows.computeIfAbsent(trace.air().name(), key -> new ArrayList<>())
                        .add(new Start(run, trace, row, row == count));
            }
        }
    }

    /** A row of a table, by the program's name and its place. */
    Start find(String table, String program, int row) {
        return rows.get(table).stream()
                .filter(start -> start.row == row && start.run.name.equals(program))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row " + row + " of " + table + " in " + program));
    }
}
