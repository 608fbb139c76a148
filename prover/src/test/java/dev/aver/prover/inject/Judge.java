package dev.aver.prover.inject;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.stark.Externals;
import dev.aver.prover.trace.ChipTrace;
import dev.aver.prover.trace.Fillers;
import dev.aver.prover.trace.HaltTrace;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.MemoryTables.Filled;
import dev.aver.prover.trace.RefreshTrace;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.Trace;
import dev.aver.prover.trace.TraceChecker;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says whether a verifier could accept the record of one segment: the faulted row alone first, then the buses that
 * instructions share, and only if neither complains every table in full, by the trace checker. Not thread-safe.
 */
final class Judge {
    /** The buses on which instructions meet. */
    static final List<Bus> SHARED = List.of(Bus.STATE, Bus.MEMORY);

    private final Machine machine = Machine.CURRENT;
    private final Map<Chip, ChipTrace> fillers = Fillers.instructions();
    private final Map<Air, AirCheck> checks = new IdentityHashMap<>();
    private final Program program;
    private final ProgramTable table;
    private final LookupKeys keys;
    private final int[] rootBefore;

    Judge(Program program, ProgramTable table) {
        this.program = program;
        this.table = table;
        keys = new LookupKeys(table);
        rootBefore = tree().root();
    }

    private MemoryTree tree() {
        return MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]);
    }

    /** All tables that instructions, refreshes and the halt fill. */
    static final class Tables {
        /** The faulted row alone, in its own table, or null. */
        Trace faulted;

        final List<Trace> traces = new ArrayList<>();
        final List<Integer> rows = new ArrayList<>();

        private Trace add(Trace trace, int count) {
            traces.add(trace);
            rows.add(count);
            return trace;
        }
    }

    /**
     * Fills the tables.
     *
     * @param attempt where the fault is, or null
     */
    Tables fill(SegmentRecord record, Attempt attempt) {
        Tables tables = new Tables();
        fillers.forEach((chip, filler) -> {
            EventTable events = record.table(chip);
            boolean faulted = attempt != null && attempt.events == events;
            int first = faulted ? attempt.event : events.size();
            part(tables, filler, events, 0, first, table);
            if (faulted) {
                tables.faulted = part(tables, filler, events, first, 1, attempt.filler);
                part(tables, filler, events, first + 1, events.size() - first - 1, table);
            }
        });
        Trace halt = tables.add(HaltTrace.of(machine.halt, record.halt(), table), record.halt() == null ? 0 : 1);
        if (attempt != null && attempt.chip == Chip.HALT) tables.faulted = halt;
        if (tables.faulted != null) {
            for (Attempt.Edit edit : attempt.edits) edit.apply(tables.faulted, 0);
        }
        int refreshes = record.refreshes().size();
        if (refreshes > 0) {
            Trace trace = new Trace(machine.refresh.air, Trace.logHeightFor(refreshes));
            new RefreshTrace(machine.refresh).fill(record.refreshes(), trace);
            tables.add(trace, refreshes);
        }
        return tables;
    }

    private static Trace part(
            Tables tables, ChipTrace filler, EventTable events, int first, int count, ProgramTable program) {
        if (count == 0) return null;
        Trace trace = new Trace(filler.air(), Trace.logHeightFor(count));
        filler.fill(events, first, count, program, trace);
        return tables.add(trace, count);
    }

    AirCheck check(Air air) {
        return checks.computeIfAbsent(air, AirCheck::new);
    }

    /** What the faulted row alone violates, and the refreshes; bits as {@link AirCheck#violations} has them. */
    BitSet row(Tables tables) {
        if (tables.faulted == null) return new BitSet();
        AirCheck check = check(tables.faulted.air());
        check.evaluate(tables.faulted, 0);
        return check.violations(keys);
    }

    /** Whether the buses balance that instructions share. */
    boolean balances(SegmentRecord record, Tables tables) {
        long sum = Fingerprint.of(Bus.STATE, record.startRow(), 1, 0)
                - Fingerprint.of(
                        Bus.STATE, Externals.endRow(record), record.cycles() + 1, record.halt() == null ? 0 : 1);
        for (int i = 0; i < tables.traces.size(); i++) {
            AirCheck check = check(tables.traces.get(i).air());
            for (int row = 0; row < tables.rows.get(i); row++) {
                check.evaluate(tables.traces.get(i), row);
                sum += check.balance(SHARED);
            }
        }
        return sum + boundary(record) == 0;
    }

    /** What the boundary table says of the words that a segment accesses, or claims to. */
    private static long boundary(SegmentRecord record) {
        long sum = 0;
        for (int i = 0; i < record.firstWords().length; i++) {
            long first = record.firstWords()[i];
            long last = record.lastWords()[i];
            int time = record.lastTimes()[i];
            if (first == last && time == 0) continue;
            int page = record.pageIds()[i / MemoryMap.PAGE_WORDS];
            int word = i % MemoryMap.PAGE_WORDS;
            boolean register = page == MemoryMap.REGISTER_PAGE;
            int address = register ? word : page * MemoryMap.PAGE_WORDS + word;
            sum += word(register, address, first, 0) - word(register, address, last, time);
        }
        return sum;
    }

    private static long word(boolean register, int address, long value, int time) {
        return Fingerprint.of(
                Bus.MEMORY,
                register ? 1 : 0,
                address,
                value & 0xffff,
                value >>> 16 & 0xffff,
                value >>> 32 & 0xffff,
                value >>> 48,
                time);
    }

    /** What the trace checker says of the whole segment, whose claim starts from the honest root. */
    List<String> whole(SegmentRecord record, Tables tables, boolean forgesTree) throws Exception {
        if (record.endRow() < 0) return List.of("no claim: a row below 0");
        MemoryTree tree = tree();
        if (forgesTree) tree.update(record.pageIds(), Fillers.leavesBefore(record));
        Filled memory = Fillers.memory(record, tree);
        List<Trace> traces = new ArrayList<>(tables.traces);
        traces.add(memory.boundary());
        traces.add(memory.merkle());
        traces.add(memory.hash());
        SegmentTraces.Segment claim = new SegmentTraces.Segment(List.of(), rootBefore, memory.rootAfter());
        return TraceChecker.check(traces, Externals.of(record, claim), keys);
    }

    /** What the trace checker says of the faulted row. */
    List<String> alone(Tables tables) {
        return TraceChecker.checkAlone(tables.faulted, keys);
    }
}
