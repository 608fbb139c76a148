package dev.aver.prover.attack;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.trace.LookupCounts;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.MemoryTables;
import dev.aver.prover.trace.Rehash;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.Trace;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Statements;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run of one segment as a cheating prover tells it: first what happened is changed, then the tables made of it; the
 * rest is as honest as it can be, and then proven.
 */
final class Forged {
    private final Run run;
    private final MemoryTree memory;

    /** What happened; changing it has an effect before {@link #build}. */
    final SegmentRecord record;

    /** What is claimed. */
    Receipt receipt;

    private List<SegmentTraces.Table> tables = List.of();
    private int[] rootBefore = {};

    /** The claimed root of memory at the end. */
    int[] rootAfter = {};

    Forged(Run run) {
        this.run = run;
        memory = run.memory();
        record = run.record(0);
        receipt = run.header();
    }

    /** The tables of what happened. */
    void build() {
        SegmentTraces.Segment built = run.build(record, memory);
        tables = new ArrayList<>(built.tables());
        rootBefore = built.rootBefore();
        rootAfter = built.rootAfter();
    }

    /** Another exit code and journal are claimed. */
    void claim(int exitCode, byte... journal) {
        receipt = new Receipt(
                receipt.parameters(),
                receipt.keyDigest(),
                receipt.image(),
                receipt.inputDigest(),
                exitCode,
                journal,
                List.of());
    }

    /** The event of a chip that writes a register; the last one, if there are several. */
    int writing(Chip chip, int register) {
        EventTable events = record.table(chip);
        for (int i = events.size() - 1; i >= 0; i--) {
            if (ProgramTable.rd(run.table().fields(events.row[i])) == register) return i;
        }
        throw new AssertionError(chip + " does not write x" + register);
    }

    /** Where a register is in the record's pages. */
    int register(int register) {
        return (record.pageIds().length - 1) * MemoryMap.PAGE_WORDS + register;
    }

    /** Where the word at a byte address is in the record's pages. */
    int word(long address) {
        int page = Arrays.binarySearch(record.pageIds(), (int) (address >>> MemoryMap.PAGE_BITS));
        return page * MemoryMap.PAGE_WORDS + (int) (address / MemoryMap.WORD_SIZE % MemoryMap.PAGE_WORDS);
    }

    /** The first instance of a table. */
    Trace table(Air air) {
        return tables.stream()
                .map(SegmentTraces.Table::trace)
                .filter(trace -> trace.air() == air)
                .findFirst()
                .orElseThrow();
    }

    /** The first row of a table in which a cell has this value. */
    int row(Air air, Column column, int value) {
        Trace trace = table(air);
        for (int row = 0; row < 1 << trace.logHeight(); row++) {
            if (trace.get(column, row) == value) return row;
        }
        throw new AssertionError("no row of " + air.name() + " has " + value);
    }

    /** Adds to a cell. */
    void add(Air air, Column column, int row, long value) {
        table(air).set(column, row, table(air).get(column, row) + value);
    }

    /** Makes row {@code to} of a table like row {@code from}. */
    void copyRow(Air air, int from, int to) {
        Trace trace = table(air);
        for (int column = 0; column < air.width(); column++) {
            int at = column << trace.logHeight();
            trace.main()[at + to] = trace.main()[at + from];
        }
    }

    /** Makes a row padding. */
    void clearRow(Air air, int row) {
        Trace trace = table(air);
        for (int column = 0; column < air.width(); column++) trace.main()[(column << trace.logHeight()) + row] = 0;
    }

    /** Hashes memory as the boundary table has it now, and claims the roots and the input that this gives. */
    void rehash() {
        Machine machine = Machine.CURRENT;
        Consumer<MemoryTree> claim = tree -> receipt = new Receipt(
                receipt.parameters(),
                receipt.keyDigest(),
                receipt.image(),
                new InputDigest(tree.inputHalf()),
                receipt.exitCode(),
                receipt.journal(),
                List.of());
        MemoryTables.Filled filled = Rehash.of(table(machine.boundary.air), record.pageIds(), run.memory(), claim);
        rootBefore = filled.rootBefore();
        rootAfter = filled.rootAfter();
        tables.replaceAll(table -> {
            Trace trace = table.trace();
            if (trace.air() == machine.merkle.air) trace = filled.merkle();
            if (trace.air() == machine.hash.air) trace = filled.hash();
            return new SegmentTraces.Table(table.table(), table.instance(), trace);
        });
    }

    /** Counts all lookups again: what can be answered is answered. */
    void recount() {
        Machine machine = Machine.CURRENT;
        Trace fetched = table(machine.program.air);
        LookupCounts counts = new LookupCounts(new LookupKeys(run.table()), 1 << fetched.logHeight());
        for (SegmentTraces.Table table : tables) {
            if (table.table() > Machine.BYTES) counts.add(table.trace());
        }
        count(fetched, machine.program.fetches, counts.of(Bus.PROGRAM));
        count(table(machine.bits.air), machine.bits.ranges, counts.of(Bus.RANGE));
        count(table(machine.bits.air), machine.bits.bits, counts.of(Bus.BITS));
        count(table(machine.bytes.air), machine.bytes.ands, counts.of(Bus.BYTES));
        count(table(machine.bytes.air), machine.bytes.pairs, counts.of(Bus.BYTE_PAIR));
    }

    private static void count(Trace trace, Column column, int[] counts) {
        for (int row = 0; row < counts.length; row++) trace.setElement(column, row, KoalaBear.of(counts[row]));
    }

    /** The receipt, with a proof of exactly what it claims. */
    Receipt prove() throws InvalidReceiptException {
        SegmentStatement<E6> statement = Statements.of(
                receipt, record.startRow(), rootBefore, record.endRow(), rootAfter, true, record.cycles());
        return receipt.withSegments(List.of(run.prove(receipt, tables, record, rootAfter, statement)));
    }
}
