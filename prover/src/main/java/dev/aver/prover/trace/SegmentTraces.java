package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.backend.Buffers;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.segment.TableSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;

/** Builds all tables of a segment, in the order of the machine. Safe for use by several threads at once. */
public final class SegmentTraces {
    /**
     * One table of a segment.
     *
     * @param table its kind's number in the machine
     * @param instance 0, or 1 for the second table of a kind
     */
    public record Table(int table, int instance, Trace trace) {}

    private final Machine machine;
    private final Buffers buffers;
    private final ProgramTable program;
    private final LookupKeys keys;
    private final MemoryTables memory;
    private final int programLogHeight;
    private final int[] programColumns;
    private final int[] bitsColumns = BitsTable.preprocessed();
    private final int[] bytesColumns = BytesTable.preprocessed();
    private final Map<Chip, ChipTrace> chips;

    /** For segments of runs of this program, with new arrays for each. */
    public SegmentTraces(Machine machine, ProgramTable program) {
        this(machine, program, Buffers.FRESH);
    }

    /**
     * For segments of runs of this program.
     *
     * @param buffers where the arrays of the tables come from; who needs them last gives them back
     */
    public SegmentTraces(Machine machine, ProgramTable program, Buffers buffers) {
        this.machine = machine;
        this.buffers = buffers;
        this.program = program;
        keys = new LookupKeys(program);
        programLogHeight = ProgramChip.logHeight(program);
        programColumns = ProgramChip.preprocessed(program);
        chips = InstructionTraces.of(machine);
        memory = new MemoryTables(machine.boundary, machine.merkle, machine.hash, buffers);
    }

    /**
     * A segment's tables.
     *
     * @param tables in the order of the machine
     * @param rootBefore the memory tree's root before the segment
     * @param rootAfter its root after it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Segment(List<Table> tables, int[] rootBefore, int[] rootAfter) {}

    /**
     * Builds a segment's tables, and takes the memory tree from the state before the segment to the one after it.
     *
     * @throws IllegalStateException if the tree is not in the state in which the segment starts
     */
    public Segment build(SegmentRecord record, MemoryTree tree) {
        // Memory's tables take a thread long, and the others' fillers know nothing of each other.
        ForkJoinTask<MemoryTables.Filled> memories =
                ForkJoinTask.adapt(() -> memory.fill(record, tree)).fork();
        List<Table> instructions =
                instructions(record).parallelStream().map(Filling::table).toList();
        MemoryTables.Filled filled = memories.join();
        List<Table> system = new ArrayList<>();
        add(system, filled.boundary());
        add(system, filled.merkle());
        add(system, filled.hash());
        add(system, HaltTrace.of(machine.halt, record.halt(), program, buffers));
        int refreshes = record.refreshes().size();
        if (refreshes > 0) {
            Trace trace = new Trace(machine.refresh.air, Trace.logHeightFor(refreshes), buffers);
            new RefreshTrace(machine.refresh).fill(record.refreshes(), trace);
            add(system, trace);
        }
        LookupCounts counts = Stream.concat(instructions.stream(), system.stream()).toList().parallelStream()
                .collect(
                        () -> new LookupCounts(keys, 1 << programLogHeight),
                        (counted, table) -> counted.add(table.trace()),
                        LookupCounts::addAll);
        List<Table> tables = new ArrayList<>();
        addAnswers(tables, counts);
        tables.addAll(system);
        tables.addAll(instructions);
        return new Segment(List.copyOf(tables), filled.rootBefore(), filled.rootAfter());
    }

    private void addAnswers(List<Table> tables, LookupCounts counts) {
        Trace fetched = new Trace(machine.program.air, programLogHeight, programColumns, buffers);
        fill(fetched, machine.program.fetches, counts.of(Bus.PROGRAM));
        add(tables, fetched);
        Trace bits = new Trace(machine.bits.air, BitsTable.LOG_HEIGHT, bitsColumns, buffers);
        fill(bits, machine.bits.ranges, counts.of(Bus.RANGE));
        fill(bits, machine.bits.bits, counts.of(Bus.BITS));
        add(tables, bits);
        Trace bytes = new Trace(machine.bytes.air, BytesTable.LOG_HEIGHT, bytesColumns, buffers);
        fill(bytes, machine.bytes.ands, counts.of(Bus.BYTES));
        fill(bytes, machine.bytes.pairs, counts.of(Bus.BYTE_PAIR));
        add(tables, bytes);
    }

    private void add(List<Table> tables, Trace trace) {
        tables.add(new Table(machine.number(trace.air()), 0, trace));
    }

    /** The chips whose tables are filled from their events. */
    public static Set<Chip> instructionChips() {
        return InstructionTraces.of(Machine.CURRENT).keySet();
    }

    /** The table of an instruction chip. */
    public static Air air(Chip chip) {
        ChipTrace filler = InstructionTraces.of(Machine.CURRENT).get(chip);
        if (filler == null) throw new IllegalArgumentException("no instructions: " + chip);
        return filler.air();
    }

    /**
     * How many rows each instance of a chip's table gets: one with all, or two.
     *
     * @param rows at least one
     * @param cycles of the segment
     */
    public static List<Integer> instances(int rows, int cycles) {
        int first = TableSplit.first(rows, cycles);
        return first == rows ? List.of(rows) : List.of(first, rows - first);
    }

    /** The tables of all instruction chips, still to be filled. */
    private List<Filling> instructions(SegmentRecord record) {
        List<Filling> fillings = new ArrayList<>();
        chips.forEach((kind, chip) -> {
            EventTable events = record.table(kind);
            if (events.size() == 0) return;
            int first = 0;
            List<Integer> parts = instances(events.size(), record.cycles());
            for (int i = 0; i < parts.size(); i++) {
                fillings.add(new Filling(chip, i, events, first, parts.get(i)));
                first += parts.get(i);
            }
        });
        return fillings;
    }

    /** {@code count} events from number {@code first} on, to be filled into an instance of a chip's table. */
    private final class Filling {
        private final ChipTrace chip;
        private final int instance;
        private final EventTable events;
        private final int first;
        private final int count;

        Filling(ChipTrace chip, int instance, EventTable events, int first, int count) {
            this.chip = chip;
            this.instance = instance;
            this.events = events;
            this.first = first;
            this.count = count;
        }

        Table table() {
            Trace trace = new Trace(chip.air(), Trace.logHeightFor(count), buffers);
            chip.fill(events, first, count, program, trace);
            return new Table(machine.number(chip.air()), instance, trace);
        }
    }

    private static void fill(Trace trace, Column column, int[] counts) {
        for (int row = 0; row < counts.length; row++) trace.setElement(column, row, KoalaBear.of(counts[row]));
    }
}
