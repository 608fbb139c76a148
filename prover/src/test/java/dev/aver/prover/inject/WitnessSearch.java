package dev.aver.prover.inject;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.ProgramColumns;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.program.ProgramTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rows that one check of a table stops, and nothing else: changes a cell of an honest row so that the check
 * is violated, then mends what else is violated, one check after the other, each by solving it for a cell.
 */
final class WitnessSearch {
    private static final int BRANCHES = 4;
    private static final int MOST_VIOLATED = 12;
    private static final int DEPTH = 20;

    /** 2^0, 2^4, 2^8, 2^13, 2^15 and 2^16, and the inverses of some. */
    private static final int[] APART = {
        KoalaBear.ONE,
        KoalaBear.ONE,
        0,
        KoalaBear.of(2),
        KoalaBear.of(7),
        KoalaBear.of(1 << 4),
        KoalaBear.of(1 << 8),
        KoalaBear.of(1 << 13),
        KoalaBear.of(1 << 15),
        KoalaBear.of(1 << 16),
        KoalaBear.inverse(KoalaBear.of(2)),
        KoalaBear.inverse(KoalaBear.of(1 << 3)),
        KoalaBear.inverse(KoalaBear.of(1 << 8)),
        KoalaBear.inverse(KoalaBear.of(1 << 15)),
        KoalaBear.inverse(KoalaBear.of(1 << 16))
    };

    private record Move(int[] cells, int[] elements) {}

    private final ForgedRow row;
    private final ProgramTable program;
    private final Semantics semantics;
    private final Random random;
    private final BitSet locked = new BitSet();
    private int kept;
    private int nodes;
    private boolean isInstruction;
    private int most;
    private final Map<Integer, List<Integer>> rowsOf = new HashMap<>();
    private int[] honest = new int[0];
    private @Nullable Map<String, Integer> best;

    WitnessSearch(ForgedRow row, ProgramTable program, Semantics semantics, Random random) {
        this.semantics = semantics;
        this.row = row;
        this.program = program;
        this.random = random;
        for (int r = 0; r < program.rows(); r++) {
            if (program.fields(r) == 0) continue;
            int opcode = ProgramTable.op(program.fields(r)).code();
            rowsOf.computeIfAbsent(opcode, key -> new ArrayList<>()).add(r);
        }
    }

    /** Begins with an honest row of a trace. */
    void start(Trace trace, int at) {
        row.alive = false;
        row.load(trace, at);
        honest = new int[row.air.width()];
        for (int c = 0; c < honest.length; c++) honest[c] = row.get(c);
        isInstruction = false;
        for (int m = 0; m < row.messages; m++) isInstruction |= row.bus(m) == Bus.STATE && row.count(m) == -1;
        assert row.violated().isEmpty() : row.violated();
    }

    /**
     * A row that {@code check} alone stops and that does harm: its changed cells, or null if none is found.
     *
     * @param inputs whether what the row takes may change
     * @param alive whether the row has to be an instruction if the honest one is
     * @param limit the most rows that are looked at
     */
    @Nullable
    Map<String, Integer> find(int check, boolean inputs, boolean alive, int limit) {
        most = limit;
        kept = check;
        nodes = 0;
        best = null;
        BitSet frozen = new BitSet();
        if (!inputs) frozen = inputs();
        row.alive = alive && isInstruction;
        BitSet read = row.read(check);
        read.andNot(frozen);
        int[] from = read.stream().toArray();
        if (from.length == 0) return best;
        BitSet near = row.near(check);
        near.andNot(frozen);
        int[] neighbours = near.stream().toArray();
        for (int tries = 0; tries < 8 && nodes < most && best == null; tries++) {
            locked.clear();
            locked.or(frozen);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                boolean own = i == 0 ? random.nextInt(4) > 0 : random.nextBoolean();
                int[] of = own ? from : neighbours;
                int cell = of[random.nextInt(of.length)];
                row.set(cell, other(row.get(cell)));
                if (row.get(cell) != honest[cell]) locked.set(cell);
            }
            if (random.nextInt(3) == 0) {
                int cell = from[random.nextInt(from.length)];
                int[] companions = row.companions(cell);
                if (companions.length > 0 && !frozen.get(cell)) {
                    row.set(cell, random.nextBoolean() ? KoalaBear.neg(KoalaBear.ONE) : KoalaBear.ONE);
                    for (int i = random.nextInt(3); i > 0; i--) {
                        int other = companions[random.nextInt(companions.length)];
                        if (!locked.get(other)) row.set(other, KoalaBear.sub(KoalaBear.ONE, row.get(other)));
                    }
                    for (int other : companions) if (row.get(other) != honest[other]) locked.set(other);
                    if (row.get(cell) != honest[cell]) locked.set(cell);
                }
            }
            mend(DEPTH);
            for (int c = 0; c < honest.length; c++) if (row.get(c) != honest[c]) row.set(c, honest[c]);
        }
        return best;
    }

    private boolean changed() {
        for (int c = 0; c < honest.length; c++) if (row.get(c) != honest[c]) return true;
        return false;
    }

    private boolean stopped() {
        if (!row.violated().get(kept)) return false;
        return kept < row.constraints || row.count(kept - row.constraints) == 1;
    }

    /** The cells in what the row takes, and in how often. */
    private BitSet inputs() {
        BitSet cells = new BitSet();
        for (int m = 0; m < row.messages; m++) {
            if (row.isQuery(m) || row.count(m) != -1) continue;
            for (int i = 1; i <= row.bus(m).width(); i++) cells.or(row.readByOutput(row.countOutput(m) + i));
        }
        return cells;
    }

    /**
     * A value that a cell could hold instead: near it, or apart by what a carry, a limb, a byte or a fraction makes.
     */
    private int other(int value) {
        int apart = APART[random.nextInt(APART.length)];
        return switch (random.nextInt(8)) {
            case 0 -> KoalaBear.sub(KoalaBear.ONE, value);
            case 1 -> apart;
            case 2 -> KoalaBear.of(random.nextInt(1 << 16));
            case 3 -> random.nextBoolean() ? random.nextInt(KoalaBear.P) : row.get(random.nextInt(honest.length));
            case 4, 5 -> KoalaBear.sub(value, apart);
            default -> KoalaBear.add(value, apart);
        };
    }

    /** Mends what is violated besides what is kept; notes what comes out. */
    private boolean mend(int depth) {
        if (nodes++ > most) return false;
        BitSet open = (BitSet) row.violated().clone();
        open.clear(kept);
        if (open.isEmpty()) {
            if (!stopped() && row.violated().isEmpty() && !changed()) return false;
            if (row.violated().isEmpty() && semantics.effect(row).isHarmful())
                throw new AssertionError("accepted, in " + row.air.name() + ": " + Witness.changes(row, honest));
            return stopped() && note();
        }
        if (depth == 0 || open.cardinality() > MOST_VIOLATED) return false;
        List<Move> moves = null;
        for (int check = open.nextSetBit(0); check >= 0; check = open.nextSetBit(check + 1)) {
            List<Move> found = moves(check);
            if (moves == null || found.size() < moves.size()) moves = found;
            if (moves.isEmpty()) return false;
        }
        Collections.shuffle(moves, random);
        int[] order = new int[Math.min(24, moves.size())];
        for (int i = 0; i < order.length; i++) order[i] = tried(moves.get(i)) << 16 | i;
        Arrays.sort(order);
        for (int i = 0; i < Math.min(BRANCHES, order.length); i++) {
            Move move = moves.get(order[i] & 0xffff);
            int[] were = apply(move);
            BitSet before = (BitSet) locked.clone();
            for (int cell : move.cells) locked.set(cell);
            boolean done = mend(depth - 1);
            locked.clear();
            locked.or(before);
            undo(move, were);
            if (done) return true;
        }
        return false;
    }

    private int[] apply(Move move) {
        int[] were = new int[move.cells.length];
        for (int i = 0; i < were.length; i++) {
            were[i] = row.get(move.cells[i]);
            row.set(move.cells[i], move.elements[i]);
        }
        return were;
    }

    private void undo(Move move, int[] were) {
        for (int i = were.length - 1; i >= 0; i--) row.set(move.cells[i], were[i]);
    }

    /** How much is violated after a move, what is kept not counted, but missed if it no longer is. */
    private int tried(Move move) {
        int[] were = apply(move);
        int left = row.violated().cardinality() + (row.violated().get(kept) ? 0 : 2);
        undo(move, were);
        return left;
    }

    private List<Move> moves(int check) {
        List<Move> moves = new ArrayList<>();
        if (check < row.constraints) {
            for (int factor : row.factors(check)) solve(factor, 0, moves);
            return moves;
        }
        int m = (check - row.constraints) % row.messages;
        int at = row.countOutput(m) + 1;
        int[] tuple = row.tuple(m);
        boolean query = check < row.constraints + row.messages;
        switch (row.bus(m)) {
            case RANGE -> below(at, tuple[0], 16, moves);
            case BITS -> {
                if (tuple[0] > 16) {
                    for (int k = 0; k <= 16; k++) solve(at, k, moves);
                } else if (tuple[2] != 1 << tuple[0]) {
                    solve(at + 2, 1 << tuple[0], moves);
                } else {
                    below(at + 1, tuple[1], tuple[0], moves);
                }
            }
            case BYTES -> {
                if (tuple[0] >>> 8 != 0) below(at, tuple[0], 8, moves);
                else if (tuple[1] >>> 8 != 0) below(at + 1, tuple[1], 8, moves);
                else {
                    solve(at + 2, tuple[0] & tuple[1], moves);
                }
            }
            case BYTE_PAIR -> {
                if (tuple[0] >>> 8 != 0) below(at, tuple[0], 8, moves);
                else below(at + 1, tuple[1], 8, moves);
            }
            case STATE -> solve(at - 1, -1, moves);
            case PROGRAM -> fetch(at, tuple, moves);
            case MEMORY -> {
                if (tuple[1] >= 1 << 29) below(at + 1, tuple[1], 29, moves);
                for (int i = 2; i < 6; i++) if (tuple[i] >>> 16 != 0) below(at + i, tuple[i], 16, moves);
                if (tuple[6] >>> 24 != 0) below(at + 6, tuple[6], 24, moves);
            }
            default -> {}
        }
        if (query) solve(at - 1, 0, moves);
        return moves;
    }

    private void below(int output, int value, int bits, List<Move> moves) {
        int mask = (1 << bits) - 1;
        long signed = value > KoalaBear.P / 2 ? (long) value - KoalaBear.P : value;
        solve(output, (int) (signed & mask), moves);
        solve(output, 0, moves);
        solve(output, mask, moves);
        solve(output, random.nextInt(mask + 1), moves);
    }

    /** Solves an output for any cell that is not locked. */
    private void solve(int output, int target, List<Move> moves) {
        BitSet cells = row.readByOutput(output);
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            if (locked.get(cell)) continue;
            int element = row.solve(output, KoalaBear.ofLong(target), cell);
            if (element >= 0) moves.add(new Move(new int[] {cell}, new int[] {element}));
        }
    }

    /** Makes a fetch one of a row of the program, with the operation that the row's selectors have. */
    private void fetch(int at, int[] tuple, List<Move> moves) {
        List<Integer> rows = new ArrayList<>();
        boolean free = row.readByOutput(at).stream().noneMatch(locked::get);
        if (tuple[0] < program.rows()) rows.add(tuple[0]);
        if (free) rows.addAll(rowsOf.getOrDefault(tuple[1], List.of()));
        Collections.shuffle(rows, random);
        for (int r : rows.subList(0, Math.min(8, rows.size()))) {
            int[] key = ProgramColumns.row(program, r);
            List<Integer> cells = new ArrayList<>();
            List<Integer> were = new ArrayList<>();
            boolean fits = true;
            for (int i = 0; i < key.length && fits; i++) {
                if (row.tuple(messageAt(at))[i] == key[i]) continue;
                fits = false;
                BitSet read = row.readByOutput(at + i);
                for (int cell = read.nextSetBit(0); cell >= 0 && !fits; cell = read.nextSetBit(cell + 1)) {
                    int element = locked.get(cell) ? -1 : row.solve(at + i, KoalaBear.of(key[i]), cell);
                    if (element < 0) continue;
                    cells.add(cell);
                    were.add(row.get(cell));
                    row.set(cell, element);
                    fits = true;
                }
            }
            int[] changed = cells.stream().mapToInt(Integer::intValue).toArray();
            Move move = new Move(changed, Arrays.stream(changed).map(row::get).toArray());
            for (int i = changed.length - 1; i >= 0; i--) row.set(changed[i], were.get(i));
            if (fits && changed.length > 0) moves.add(move);
        }
    }

    private int messageAt(int output) {
        for (int m = 0; ; m++) if (row.countOutput(m) + 1 == output) return m;
    }

    /** Notes a witness; whether it is as bad as was looked for. */
    private boolean note() {
        Effect effect = semantics.effect(row);
        if (!effect.isHarmful()) return false;
        best = Witness.changes(row, honest);
        return true;
    }
}
