package dev.aver.prover.inject;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.Machine;
import dev.aver.prover.trace.ChipTrace;
import dev.aver.prover.trace.Fillers;
import dev.aver.prover.trace.HaltTrace;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.CheatingRecorder;
import dev.aver.zkvm.record.EventTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instruction takes from the buses and puts there, by executing it: the interpreter's word against that of a
 * forged row. Not thread-safe.
 */
final class Semantics {
    private final ProgramTable table;
    private final LookupKeys keys;
    private final Program program;
    private final CheatingRecorder recorder;
    private final Map<Chip, ChipTrace> fillers = Fillers.instructions();
    private final Map<Chip, ForgedRow> rows = new HashMap<>();

    Semantics(Program program, ProgramTable table) {
        this.table = table;
        keys = new LookupKeys(table);
        this.program = program;
        recorder = new CheatingRecorder(program, table);
    }

    /** The tables of the program's run. */
    Judge.Tables run() {
        recorder.begin(1000);
        while (recorder.step(table)) {}
        return new Judge(program, table).fill(recorder.end(), null);
    }

    /**
     * Whether what a row takes can be on the bus: of two accesses of a word, the later takes what the earlier gives,
     * and x0 is 0.
     */
    private static boolean isPossible(ForgedRow forged) {
        for (int m = 0; m < forged.messages; m++) {
            if (forged.bus(m) != Bus.MEMORY || forged.count(m) != -1) continue;
            int[] taken = forged.tuple(m);
            boolean zero = (taken[2] | taken[3] | taken[4] | taken[5]) == 0;
            if (taken[0] == 1 && taken[1] == 0 && !zero) return false;
            int time = forged.tuple(m + 1)[6];
            for (int n = 0; n < forged.messages; n++) {
                if (n == m || forged.bus(n) != Bus.MEMORY || forged.count(n) != -1) continue;
                int[] other = forged.tuple(n + 1);
                boolean same = other[0] == taken[0] && other[1] == taken[1];
                if (same && other[6] <= time && !Arrays.equals(other, taken)) return false;
            }
        }
        return true;
    }

    /** What a row would do if it were accepted. */
    Effect effect(ForgedRow row) {
        int state = 0;
        int said = 0;
        for (int m = 0; m < row.messages; m++) {
            int count = row.count(m);
            if (count == 0) continue;
            if (count != (!row.isQuery(m) && row.isReceived(m) ? -1 : 1)) return Effect.COUNT;
            if (row.isQuery(m)) continue;
            said++;
            if (row.bus(m) == Bus.STATE && count == -1) state++;
        }
        if (said == 0) return Effect.HIDDEN;
        if (!isPossible(row)) return Effect.HIDDEN;
        if (nowhere(row)) return Effect.NOWHERE;
        if (future(row)) return Effect.TIME;
        if (row.air == Machine.CURRENT.refresh.air) return Effect.HIDDEN;
        if (state == 0) return Effect.GHOST;
        return isTrue(row) ? Effect.HIDDEN : Effect.LIE;
    }

    private static boolean nowhere(ForgedRow row) {
        for (int m = 0; m < row.messages; m++) {
            if (row.bus(m) != Bus.MEMORY || row.count(m) != -1) continue;
            int[] tuple = row.tuple(m);
            if (tuple[0] == 0 && (tuple[1] >= 1 << 29 || !Memory.mapped(8L * tuple[1], 8))) return true;
            if (tuple[0] == 1 && tuple[1] >= ProgramTable.REGISTERS) return true;
        }
        return false;
    }

    /** Whether a word is taken that is put back no later: each is put back by the next message. */
    private static boolean future(ForgedRow row) {
        for (int m = 0; m < row.messages; m++) {
            if (row.bus(m) != Bus.MEMORY || row.count(m) != -1) continue;
            int time = row.tuple(m + 1)[6];
            if (row.tuple(m)[6] >= time || time >= 1 << 24) return true;
        }
        return false;
    }

    /** Whether a row that takes the machine's state does what the instruction there does with what the row takes. */
    private boolean isTrue(ForgedRow forged) {
        recorder.begin(1);
        var machine = recorder.machine();
        for (int m = 0; m < forged.messages; m++) {
            if (forged.isQuery(m) || forged.count(m) != -1) continue;
            int[] tuple = forged.tuple(m);
            if (forged.bus(m) == Bus.STATE) machine.row = tuple[0];
            if (forged.bus(m) != Bus.MEMORY) continue;
            long value = tuple[2] | (long) tuple[3] << 16 | (long) tuple[4] << 32 | (long) tuple[5] << 48;
            if (tuple[0] == 1 && tuple[1] < machine.x.length) machine.x[tuple[1]] = value;
            else if (tuple[0] == 0 && tuple[1] < 1 << 29 && Memory.mapped(8L * tuple[1], 8))
                machine.memory.store64(8L * tuple[1], value);
        }
        if (!recorder.step(table)) return false;
        return said(executed()).equals(said(forged));
    }

    /** The row of the instruction that was executed. */
    private ForgedRow executed() {
        if (recorder.record().halt() != null) {
            Trace trace = HaltTrace.of(Machine.CURRENT.halt, recorder.record().halt(), table);
            return row(Chip.HALT, trace);
        }
        for (Map.Entry<Chip, ChipTrace> filler : fillers.entrySet()) {
            EventTable events = recorder.record().table(filler.getKey());
            if (events.size() == 0) continue;
            Trace trace = new Trace(filler.getValue().air(), Trace.logHeightFor(1));
            filler.getValue().fill(events, 0, 1, table, trace);
            return row(filler.getKey(), trace);
        }
        throw new AssertionError("executed, but not recorded");
    }

    private ForgedRow row(Chip chip, Trace trace) {
        ForgedRow row = rows.computeIfAbsent(chip, key -> new ForgedRow(trace.air(), keys));
        row.load(trace, 0);
        return row;
    }

    /** What a row says on permutation buses, without the times. */
    private static List<String> said(ForgedRow row) {
        List<String> said = new ArrayList<>();
        for (int m = 0; m < row.messages; m++) {
            if (row.isQuery(m) || row.count(m) == 0) continue;
            StringBuilder text = new StringBuilder().append(row.count(m)).append(row.bus(m));
            int[] tuple = row.tuple(m);
            int time = row.bus(m) == Bus.MEMORY ? 6 : row.bus(m) == Bus.STATE ? 1 : -1;
            for (int i = 0; i < tuple.length; i++)
                if (i != time) text.append(' ').append(tuple[i]);
            said.add(text.toString());
        }
        Collections.sort(said);
        return said;
    }
}
