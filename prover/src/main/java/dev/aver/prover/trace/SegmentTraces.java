package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds all tables of a segment, in the order of the machine. Safe for use by several threads at once.
 */
public final class SegmentTraces {
    /**
     * One table of a segment.
     *
     * @param table its kind's number in the machine
     * @param instance 0, or 1 for the second table of a kind
     */
    public record Table(int table, int instance, Trace trace) {}

    private final Machine machine;
    private final ProgramTable program;
    private final LookupKeys keys;
    private final int programLogHeight;
    private final int[] programColumns;
    private final int[] bitsColumns = BitsTable.preprocessed();
    private final int[] bytesColumns = BytesTable.preprocessed();
    private final List<ChipTrace> chips;

    /** For segments of runs of this program. */
    public SegmentTraces(Machine machine, ProgramTable program) {
        this.machine = machine;
        this.program = program;
        keys = new LookupKeys(program);
        programLogHeight = ProgramChip.logHeight(program);
        programColumns = ProgramChip.preprocessed(program);
        chips = InstructionTraces.of(machine);
    }

    /** All tables of a segment. */
    public List<Table> build(SegmentRecord record) {
        List<Table> tables = new ArrayList<>();
        for (int chip = 0; chip < chips.size(); chip++) addInstruction(tables, Chip.of(chip), record);
        LookupCounts counts = new LookupCounts(keys, 1 << programLogHeight);
        for (Table table : tables) counts.add(table.trace());
        Trace fetched = new Trace(machine.program.air, programLogHeight, programColumns);
        fill(fetched, machine.program.fetches, counts.of(Bus.PROGRAM));
        Trace bits = new Trace(machine.bits.air, BitsTable.LOG_HEIGHT, bitsColumns);
        fill(bits, machine.bits.ranges, counts.of(Bus.RANGE));
        fill(bits, machine.bits.bits, counts.of(Bus.BITS));
        Trace bytes = new Trace(machine.bytes.air, BytesTable.LOG_HEIGHT, bytesColumns);
        fill(bytes, machine.bytes.ands, counts.of(Bus.BYTES));
        fill(bytes, machine.bytes.pairs, counts.of(Bus.BYTE_PAIR));
        return tables;
    }

    /** The rows of a chip as one table, or as two if their heights then add up to less. */
    private void addInstruction(List<Table> tables, Chip kind, SegmentRecord record) {
        EventTable events = record.table(kind);
        ChipTrace chip = chips.get(kind.ordinal());
        if (events.size() == 0) return;
        int single = Trace.logHeightFor(events.size());
        int high = Integer.highestOneBit(events.size());
        int rest = events.size() - high;
        if (rest == 0 || high < 64 || high + (1 << Trace.logHeightFor(rest)) >= 1 << single) {
            tables.add(instruction(chip, 0, events, 0, events.size()));
        } else {
            tables.add(instruction(chip, 0, events, 0, high));
            tables.add(instruction(chip, 1, events, high, rest));
        }
    }

    private Table instruction(ChipTrace chip, int instance, EventTable events, int first, int count) {
        Trace trace = new Trace(chip.air(), Trace.logHeightFor(count));
        chip.fill(events, first, count, program, trace);
        return new Table(number(chip.air()), instance, trace);
    }

    private int number(Air air) {
        for (int i = 0; i < machine.tables().size(); i++) {
            if (machine.tables().get(i).air() == air) return i;
        }
        throw new IllegalArgumentException("not a table of the machine: " + air.name());
    }

    private static void fill(Trace trace, Column column, int[] counts) {
        for (int row = 0; row < counts.length; row++) trace.setElement(column, row, KoalaBear.of(counts[row]));
    }
}
