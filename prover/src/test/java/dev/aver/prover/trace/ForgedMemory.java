package dev.aver.prover.trace;

import static dev.aver.circuits.memory.PageDigest.BLOCKS;
import static dev.aver.circuits.memory.PageDigest.RATE;
import static dev.aver.circuits.memory.PageDigest.WORD_LIMBS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * A boundary table as a cheating prover writes it: rows changed at will, and then everything made to fit that can be.
 * The pages are hashed as they are, the machine accesses exactly the words that the table offers, and the tree has
 * exactly the leaves that it asks for. So what still complains is what stops the forgery.
 */
final class ForgedMemory {
    static final int REGISTERS = MemoryMap.REGISTER_PAGE;

    final BoundaryChip chip = new BoundaryChip();
    final Trace table;

    private final HashChip hash = new HashChip();
    private final Permutations permutations = new Permutations(1);
    private final Random random = new Random(1);

    /** A table of these pages, with random words: valid, if the ids are. */
    static ForgedMemory of(int... pageIds) {
        return ofHeight(Trace.logHeightFor(BLOCKS * pageIds.length), pageIds);
    }

    /** The same in a table of 2^logHeight rows, and no more. */
    static ForgedMemory ofHeight(int logHeight, int... pageIds) {
        return new ForgedMemory(logHeight, pageIds);
    }

    private ForgedMemory(int logHeight, int[] pageIds) {
        int words = pageIds.length * MemoryMap.PAGE_WORDS;
        Trace whole = new Trace(chip.air, Trace.logHeightFor(BLOCKS * pageIds.length));
        new BoundaryTrace(chip)
                .write(
                        pageIds,
                        random.longs(words).toArray(),
                        random.longs(words).toArray(),
                        random.ints(words, 0, 1 << 24).toArray(),
                        whole);
        table = new Trace(chip.air, logHeight);
        copyRows(whole, 0, table, 0, Math.min(1 << logHeight, 1 << whole.logHeight()));
    }

    /** Writes a cell. */
    ForgedMemory set(Column column, int row, long value) {
        table.set(column, row, value);
        return this;
    }

    /** Writes a cell of several rows. */
    ForgedMemory set(Column column, int from, int to, long value) {
        for (int row = from; row < to; row++) table.set(column, row, value);
        return this;
    }

    /** Writes what the table proves to be below 2^24, as if the high part were a byte. */
    ForgedMemory setNumber(int row, long number) {
        return set(chip.low, row, number & 0xffff).set(chip.high, row, number >> 16);
    }

    /**
     * Moves the rows from {@code from} on by {@code by}, down or up; rows that come into being are copies of that at
     * {@code from}.
     */
    ForgedMemory move(int from, int by) {
        int height = 1 << table.logHeight();
        Trace copy = copy();
        copyRows(copy, from, table, from + by, height - from - Math.max(by, 0));
        for (int row = from; row < from + by; row++) copyRows(copy, from, table, row, 1);
        for (int row = height + by; row < height; row++)
            copyRows(new Trace(chip.air, table.logHeight()), 0, table, row, 1);
        return this;
    }

    /** Makes rows padding. */
    ForgedMemory clear(int from, int to) {
        for (int row = from; row < to; row++) copyRows(new Trace(chip.air, 6), 0, table, row, 1);
        return this;
    }

    private Trace copy() {
        Trace copy = new Trace(chip.air, table.logHeight());
        System.arraycopy(table.main(), 0, copy.main(), 0, copy.main().length);
        return copy;
    }

    private static void copyRows(Trace from, int row, Trace to, int at, int count) {
        for (int column = 0; column < from.air().width(); column++) {
            System.arraycopy(
                    from.main(), (column << from.logHeight()) + row, to.main(), (column << to.logHeight()) + at, count);
        }
    }

    /** Hashes every run of real rows up to an end of a page, from the state that a page begins with. */
    ForgedMemory hash() {
        return hash(PageDigest.start());
    }

    /** Hashes them from another state. */
    ForgedMemory hash(int[] start) {
        return hash((half, page) -> start);
    }

    /** Hashes them from the state that {@code starts} gives for each half, 0 before and 1 after, and each page. */
    ForgedMemory hash(BiFunction<Integer, Integer, int[]> starts) {
        permutations.clear();
        for (int half = 0; half < 2; half++) {
            Column[] rate = new Column[RATE];
            for (int i = 0; i < RATE; i++) {
                BoundaryChip.Word word = chip.words[i / WORD_LIMBS];
                rate[i] = (half == 0 ? word.first() : word.last())[i % WORD_LIMBS];
            }
            int of = half;
            sponges(
                    page -> starts.apply(of, page).clone(),
                    rate,
                    half == 0 ? chip.firstCapacity : chip.lastCapacity,
                    half == 0 ? chip.firstDigest : chip.lastDigest);
        }
        return this;
    }

    private void sponges(IntFunction<int[]> starts, Column[] rate, Column[] capacity, Column[] digest) {
        int height = 1 << table.logHeight();
        int page = 0;
        int[] state = starts.apply(page);
        if (table.get(chip.real, 0) == 0) setAll(capacity, 0, state, RATE);
        for (int row = 0; row < height; row++) {
            if (table.get(chip.real, row) == 0) {
                state = starts.apply(page);
                continue;
            }
            boolean end = table.get(chip.end, row) == 1;
            for (int i = 0; i < RATE; i++) state[i] = end && i >= WORD_LIMBS ? 0 : table.element(rate[i], row);
            setAll(capacity, row, state, RATE);
            permutations.permute(state, end);
            if (end) {
                setAll(digest, row, state, 0);
                state = starts.apply(++page);
            } else {
                // A page that ends without an end goes on in the padding, at the table's end in its first row.
                int next = (row + 1) % height;
                if (table.get(chip.real, next) == 0) setAll(capacity, next, state, RATE);
            }
        }
    }

    private void setAll(Column[] columns, int row, int[] elements, int from) {
        for (int i = 0; i < columns.length; i++) table.setElement(columns[i], row, elements[from + i]);
    }

    /** What is wrong with the table, the machine and the tree agreeing to everything that it says. */
    List<String> complaints() {
        Trace hashes = new Trace(hash.air, Trace.logHeightFor(permutations.size()));
        new HashTrace(hash).fill(permutations, hashes);
        List<TraceChecker.External> others = new ArrayList<>(mirror(table, Bus.MEMORY));
        others.addAll(mirror(table, Bus.NODE));
        return TraceChecker.check(List.of(table, hashes), others, keys());
    }

    /** Keys of a program that does nothing: what matters here is the same for all. */
    static LookupKeys keys() {
        return new LookupKeys(ProgramTable.of(Programs.empty()));
    }

    /** The opposite of everything that a table says on a bus. */
    static List<TraceChecker.External> mirror(Trace trace, Bus bus) {
        List<TraceChecker.External> externals = new ArrayList<>();
        Air air = trace.air();
        for (Message message : air.messages()) {
            if (message.bus() != bus) continue;
            List<Expr> expressions = new ArrayList<>(message.tuple());
            expressions.add(message.multiplicity());
            RowEvaluator evaluator = new RowEvaluator(expressions);
            for (int row = 0; row < 1 << trace.logHeight(); row++) {
                evaluator.evaluate(trace, row);
                int count = evaluator.value(bus.width());
                if (count == 0) continue;
                int[] tuple = new int[bus.width()];
                for (int i = 0; i < tuple.length; i++) tuple[i] = KoalaBear.canonical(evaluator.value(i));
                externals.add(new TraceChecker.External(bus, count == KoalaBear.ONE ? -1 : 1, tuple));
            }
        }
        return externals;
    }
}
