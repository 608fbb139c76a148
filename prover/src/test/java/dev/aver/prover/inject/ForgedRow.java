package dev.aver.prover.inject;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One row of a table that does not read the next one, under a forger's hands: every cell can be set, and what is
 * violated then is known at once, because only what depends on the cell is computed anew. Not thread-safe.
 *
 * <p>Its <em>checks</em> are numbered: the constraints, then the messages, of which only queries can be violated, then
 * the messages once more: whether what a message takes is something that the bus can hold at all, words of limbs below
 * 2^16 at addresses that exist. No verifier checks these; they keep a forger from inventing what it takes.
 */
final class ForgedRow {
    private static final int TIMES = 1 << 24;
    private static final int CYCLES = 1 << 22;
    private static final int MINUS_ONE = KoalaBear.neg(KoalaBear.ONE);

    final Air air;
    final int constraints;
    final int messages;
    private final LookupKeys keys;
    private final int[] cells;
    private final Tape.Op[] ops;
    private final int[] a;
    private final int[] b;
    private final int[] values;
    private final int[] outputs;
    /** For each message, the output that is its count; the tuple's follow. */
    private final int[] counts;
    /** For each message of an exchange, the output that says whether the row means it. */
    private final int[] meant;
    /** For each cell, the steps that depend on it, in order. */
    private final int[][] dependents;
    /** For each cell, the checks that read it. */
    private final int[][] readers;
    /** For each constraint, the outputs that are its factors. */
    private final int[][] factors;

    private final BitSet violated = new BitSet();

    /** Whether the row has to be an instruction: whether one that takes no state is violated. */
    boolean alive;

    ForgedRow(Air air, LookupKeys keys) {
        if (air.readsNext()) throw new IllegalArgumentException("reads the next row: " + air.name());
        this.air = air;
        this.keys = keys;
        constraints = air.constraints().size();
        messages = air.messages().size();
        cells = new int[air.width()];
        List<Expr> expressions = new ArrayList<>();
        for (Constraint constraint : air.constraints()) expressions.add(constraint.expr());
        counts = new int[messages];
        meant = new int[messages];
        for (int m = 0; m < messages; m++) {
            Message message = air.messages().get(m);
            counts[m] = expressions.size();
            expressions.add(message.multiplicity());
            expressions.addAll(message.tuple());
            meant[m] = expressions.size();
            expressions.add(message.count());
        }
        factors = new int[constraints][];
        for (int c = 0; c < constraints; c++) {
            List<Expr> parts = new ArrayList<>();
            factor(air.constraints().get(c).expr(), parts);
            factors[c] = new int[parts.size()];
            for (int i = 0; i < factors[c].length; i++) {
                factors[c][i] = expressions.size();
                expressions.add(parts.get(i));
            }
        }
        Tape tape = Tape.of(expressions);
        values = new int[tape.size()];
        ops = new Tape.Op[values.length];
        a = new int[values.length];
        b = new int[values.length];
        BitSet[] reads = new BitSet[values.length];
        for (int v = 0; v < values.length; v++) {
            ops[v] = tape.op(v);
            a[v] = tape.a(v);
            b[v] = tape.b(v);
            reads[v] = new BitSet();
            switch (ops[v]) {
                case CONSTANT -> values[v] = a[v];
                case MAIN -> reads[v].set(a[v]);
                case ADD, SUB, MUL -> {
                    reads[v].or(reads[a[v]]);
                    reads[v].or(reads[b[v]]);
                }
                default -> throw new IllegalArgumentException("fixed columns: " + air.name());
            }
        }
        outputs = new int[expressions.size()];
        for (int i = 0; i < outputs.length; i++) outputs[i] = tape.output(i);
        this.reads = reads;
        dependents = inverse(reads);
        BitSet[] ofChecks = new BitSet[checks()];
        for (int check = 0; check < ofChecks.length; check++) ofChecks[check] = read(check);
        readers = inverse(ofChecks);
    }

    private final BitSet[] reads;

    private static void factor(Expr expr, List<Expr> into) {
        if (expr instanceof Expr.Product product) {
            factor(product.left(), into);
            factor(product.right(), into);
        } else if (!(expr instanceof Expr.Constant)) {
            into.add(expr);
        }
    }

    private int[][] inverse(BitSet[] of) {
        List<List<Integer>> users = new ArrayList<>();
        for (int cell = 0; cell < cells.length; cell++) users.add(new ArrayList<>());
        for (int i = 0; i < of.length; i++) {
            for (int cell = of[i].nextSetBit(0); cell >= 0; cell = of[i].nextSetBit(cell + 1))
                users.get(cell).add(i);
        }
        return users.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The number of checks. */
    int checks() {
        return constraints + 2 * messages;
    }

    /** The cells that a check reads. */
    BitSet read(int check) {
        BitSet cellsRead = new BitSet();
        if (check < constraints) {
            cellsRead.or(reads[outputs[check]]);
        } else {
            int m = (check - constraints) % messages;
            addMessage(m, cellsRead);
            if (air.messages().get(m).isExchanged()) addMessage(m ^ 1, cellsRead);
        }
        return cellsRead;
    }

    private void addMessage(int m, BitSet cellsRead) {
        for (int i = 0; i <= bus(m).width(); i++) cellsRead.or(reads[outputs[counts[m] + i]]);
        cellsRead.or(reads[outputs[meant[m]]]);
    }

    /** The cells that are read by what reads a cell that a check reads. */
    BitSet near(int check) {
        BitSet near = new BitSet();
        read(check).stream().forEach(cell -> {
            for (int reader : readers[cell]) if (readers[cell].length < 24) near.or(read(reader));
        });
        near.or(read(check));
        return near;
    }

    /** The cells that an output reads. */
    BitSet readByOutput(int output) {
        return reads[outputs[output]];
    }

    Bus bus(int message) {
        return air.messages().get(message).bus();
    }

    boolean isQuery(int message) {
        return bus(message).kind() == Bus.Kind.LOOKUP;
    }

    /** Whether a message is one that the table takes from its bus. */
    boolean isReceived(int m) {
        return air.messages().get(m).taken();
    }

    /** Takes over a row of a trace. */
    void load(Trace trace, int row) {
        for (int c = 0; c < cells.length; c++) cells[c] = trace.main()[(c << trace.logHeight()) + row];
        for (int v = 0; v < values.length; v++) compute(v);
        for (int check = 0; check < checks(); check++) violated.set(check, isViolated(check));
    }

    /** A cell, in Montgomery form. */
    int get(int cell) {
        return cells[cell];
    }

    /** Sets a cell to an element in Montgomery form. */
    void set(int cell, int element) {
        move(cell, element);
        for (int check : readers[cell]) violated.set(check, isViolated(check));
    }

    private void move(int cell, int element) {
        cells[cell] = element;
        for (int v : dependents[cell]) compute(v);
    }

    private void compute(int v) {
        values[v] = switch (ops[v]) {
            case MAIN -> cells[a[v]];
            case ADD -> KoalaBear.add(values[a[v]], values[b[v]]);
            case SUB -> KoalaBear.sub(values[a[v]], values[b[v]]);
            case MUL -> KoalaBear.mul(values[a[v]], values[b[v]]);
            default -> values[v];
        };
    }

    /** What is violated; a view. */
    BitSet violated() {
        return violated;
    }

    private boolean isViolated(int check) {
        if (check < constraints) return value(check) != 0;
        int m = (check - constraints) % messages;
        int count = count(m);
        if (check >= constraints + messages) {
            if (count == 0 && alive && bus(m) == Bus.STATE) return true;
            return count == -1 && !isThere(m);
        }
        // What counts −1 answers itself.
        return isQuery(m) && count != 0 && count != -1 && !isKey(m);
    }

    private boolean isKey(int m) {
        return keys.find(bus(m), tuple(m), 0) >= 0;
    }

    private boolean isThere(int m) {
        int[] tuple = tuple(m);
        return switch (bus(m)) {
            case STATE -> tuple[1] > 0 && tuple[1] < CYCLES && tuple[2] == 0;
            case MEMORY -> {
                boolean limbs = (tuple[2] | tuple[3] | tuple[4] | tuple[5]) >>> 16 == 0;
                yield limbs && tuple[6] < TIMES;
            }
            default -> true;
        };
    }

    /** An output, in Montgomery form. */
    int value(int output) {
        return values[outputs[output]];
    }

    /** A message's tuple, canonical. */
    int[] tuple(int message) {
        int[] tuple = new int[bus(message).width()];
        for (int i = 0; i < tuple.length; i++) tuple[i] = KoalaBear.canonical(value(counts[message] + 1 + i));
        return tuple;
    }

    /** The output that is a message's count; those of the tuple follow. */
    int countOutput(int message) {
        return counts[message];
    }

    /**
     * How often the message counts: 0, 1 or −1; 2 for anything else. An exchange counts 0 if the row does not mean it
     * and gives what it takes.
     */
    int count(int message) {
        int count = value(counts[message]);
        if (air.messages().get(message).isExchanged() && value(meant[message]) == 0) {
            if (Arrays.equals(tuple(message), tuple(message ^ 1))) return 0;
        }
        return count == 0 ? 0 : count == KoalaBear.ONE ? 1 : count == MINUS_ONE ? -1 : 2;
    }

    /** The outputs that are a constraint's factors. */
    int[] factors(int constraint) {
        return factors[constraint];
    }

    /**
     * The element that a cell has to hold for an output to be {@code target}; −1 if that is not one, because the output
     * does not depend on the cell, or not linearly.
     */
    int solve(int output, int target, int cell) {
        int was = cells[cell];
        int f0 = value(output);
        move(cell, KoalaBear.add(was, KoalaBear.ONE));
        int f1 = value(output);
        move(cell, KoalaBear.sub(was, KoalaBear.ONE));
        int f2 = value(output);
        move(cell, was);
        int slope = KoalaBear.sub(f1, f0);
        if (slope == 0 || slope != KoalaBear.sub(f0, f2)) return -1;
        return KoalaBear.add(was, KoalaBear.mul(KoalaBear.sub(target, f0), KoalaBear.inverse(slope)));
    }

    /** The bits of which one is 1 at most, a given cell among them. */
    int[] companions(int cell) {
        BitSet cellsOf = new BitSet();
        for (int check : readers[cell]) {
            if (check >= constraints || factors[check].length != 2) continue;
            BitSet one = readByOutput(factors[check][0]);
            if (one.equals(readByOutput(factors[check][1])) && one.cardinality() > 1) cellsOf.or(one);
        }
        cellsOf.clear(cell);
        return cellsOf.stream().toArray();
    }

    /** What a check is called: unlike any other of its table. */
    String name(int check) {
        if (check >= constraints + messages) return "what is taken by " + name(check - messages);
        if (check >= constraints) return "message " + (check - constraints) + " on " + bus(check - constraints);
        String name = air.constraints().get(check).name();
        long before = air.constraints().subList(0, check).stream()
                .filter(constraint -> constraint.name().equals(name))
                .count();
        return before == 0 ? name : name + " (" + (before + 1) + ")";
    }

    /** The checks that a verifier makes of a row alone: constraints and queries. */
    int[] real() {
        return IntStream.range(0, constraints + messages)
                .filter(check -> check < constraints || isQuery(check - constraints))
                .toArray();
    }
}
