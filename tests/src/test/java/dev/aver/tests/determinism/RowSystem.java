package dev.aver.tests.determinism;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a row of a table has to satisfy by itself, as statements about integers, when some of its columns (the
 * selectors) are known.
 *
 * <p>An atom is a column, or an expression that is looked up or proven to be a bit; it stands for the one integer of
 * its range that is congruent to the element. A statement is a list of polynomials of which one is 0 modulo p. The
 * columns that decide which messages a row sends have to be among the known ones.
 */
final class RowSystem {
    /** An interval, both ends included. */
    record Range(BigInteger low, BigInteger high) {
        static final Range ELEMENT = of(0, Poly.P - 1);
        static final Range LIMB = of(0, 0xffff);
        static final Range BYTE = of(0, 0xff);

        static Range of(long low, long high) {
            return new Range(BigInteger.valueOf(low), BigInteger.valueOf(high));
        }

        Range plus(Range other) {
            return new Range(low.add(other.low), high.add(other.high));
        }

        Range times(Range other) {
            List<BigInteger> corners = List.of(
                    low.multiply(other.low),
                    low.multiply(other.high),
                    high.multiply(other.low),
                    high.multiply(other.high));
            return new Range(
                    corners.stream().reduce(BigInteger::min).orElseThrow(),
                    corners.stream().reduce(BigInteger::max).orElseThrow());
        }

        Range scale(long factor) {
            return times(of(factor, factor));
        }

        Range and(Range other) {
            return new Range(low.max(other.low), high.min(other.high));
        }

        boolean isBit() {
            return low.signum() >= 0 && high.compareTo(BigInteger.ONE) <= 0;
        }

        /** The largest absolute value. */
        BigInteger absolute() {
            return low.abs().max(high.abs());
        }
    }

    /** {@code power} = 2^k, {@code value} &lt; 2^k, k ≤ 16. */
    record Bits(Poly k, Poly value, Poly power) {}

    /** {@code to} is a function of {@code from}. */
    record Function(List<Poly> from, Poly to) {}

    /** A word that is read: {@code given} what is found where {@code key} says. */
    record Read(List<Poly> key, List<Poly> given) {}

    private static final long TIME_BOUND = 1 << 24;

    /** How often ranges are narrowed by others that have been narrowed. */
    private static final int ROUNDS = 16;

    final Air air;
    final List<String> names = new ArrayList<>();
    final List<Range> ranges = new ArrayList<>();
    final List<List<Poly>> statements = new ArrayList<>();
    final List<Bits> bits = new ArrayList<>();
    final List<Function> functions = new ArrayList<>();

    /** What the row is given from the start: where and when it is, and what is fetched. */
    final List<Poly> inputs = new ArrayList<>();

    final List<Read> reads = new ArrayList<>();

    /** Everything that the row says, and where it reads. */
    final Map<String, Poly> outputs = new TreeMap<>();

    /** The columns that are known, and their values. */
    final Map<Integer, Long> known;

    private final Tape tape;
    private final Map<Integer, Poly> values = new HashMap<>();
    private final Map<Integer, Integer> overridden = new HashMap<>();
    private final TreeMap<Integer, Poly> definitions = new TreeMap<>();
    private boolean impossible;

    RowSystem(Air air, Map<Integer, Long> known) {
        this.air = air;
        this.known = known;
        for (String column : air.columns()) atom(column, Range.ELEMENT);
        List<Expr> expressions = new ArrayList<>();
        for (Constraint constraint : air.constraints()) {
            if (constraint.where() != Constraint.Where.EVERY) throw new IllegalArgumentException("not of one row");
            expressions.add(constraint.expr());
        }
        for (Message message : air.messages()) {
            expressions.add(message.count());
            expressions.addAll(message.tuple());
        }
        tape = Tape.of(expressions);
        if (tape.readsNext()) throw new IllegalArgumentException("not of one row");
        facts();
        for (int i = 0; i < air.constraints().size(); i++) constraint(tape.output(i));
        messages();
        boolean changed = true;
        for (int i = 0; i < ROUNDS && changed; i++) {
            changed = narrow();
            changed |= constants();
        }
    }

    /** Whether no row can be like this: then there is nothing to determine. */
    boolean impossible() {
        return impossible;
    }

    /** Whether a row of canonical elements is of this case, as far as the known columns say. */
    boolean covers(int[] columns) {
        return known.entrySet().stream().allMatch(entry -> columns[entry.getKey()] == entry.getValue());
    }

    /** The first statement that is not so for a row of canonical elements, or the first atom out of its range. */
    Optional<String> wrongFor(int[] columns) {
        long[] atoms = new long[names.size()];
        for (int i = 0; i < columns.length; i++) atoms[i] = columns[i];
        definitions.forEach((atom, definition) -> atoms[atom] = value(definition, atoms));
        for (int atom = 0; atom < atoms.length; atom++) {
            Range range = ranges.get(atom);
            BigInteger least =
                    BigInteger.valueOf(atoms[atom]).subtract(range.low).mod(BigInteger.valueOf(Poly.P));
            if (!known.containsKey(atom) && least.compareTo(range.high.subtract(range.low)) > 0) {
                return Optional.of(names.get(atom) + " = " + atoms[atom] + " is not in " + range);
            }
        }
        return statements.stream()
                .filter(statement -> statement.stream().allMatch(poly -> value(poly, atoms) != 0))
                .map(statement -> statement.stream().map(this::text).toList().toString())
                .findFirst();
    }

    private static long value(Poly poly, long[] atoms) {
        long sum = 0;
        for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
            long product = term.getValue();
            for (int atom : term.getKey()) product = product * atoms[atom] % Poly.P;
            sum += product;
        }
        return Math.floorMod(sum, Poly.P);
    }

    private int atom(String name, Range range) {
        names.add(name);
        ranges.add(range);
        return names.size() - 1;
    }

    // Expressions.

    private Poly value(int v) {
        Poly value = values.get(v);
        if (value == null) {
            value = overridden.containsKey(v) ? Poly.atom(overridden.get(v)) : compute(v);
            values.put(v, value);
        }
        return value;
    }

    private Poly compute(int v) {
        int a = tape.a(v);
        int b = tape.b(v);
        return switch (tape.op(v)) {
            case CONSTANT -> Poly.constant(KoalaBear.canonical(a));
            case MAIN -> known.containsKey(a) ? Poly.constant(known.get(a)) : Poly.atom(a);
            case ADD -> value(a).plus(value(b));
            case SUB -> value(a).minus(value(b));
            case MUL -> value(a).times(value(b));
            default -> throw new IllegalArgumentException("not of one row");
        };
    }

    /** The value of an expression that the known columns decide. */
    private long decided(int v) {
        Poly value = value(v);
        if (!value.isConstant()) throw new IllegalArgumentException("a case of its own: " + text(value));
        return value.constantTerm();
    }

    /** The factors of a constraint's expression, without constants; empty if one of them is 0. */
    private List<Integer> factors(int v) {
        // A multiple, such as a carry's 2^-16 · (…), stays one expression: it may be what is proven to be a bit.
        boolean multiple = tape.op(v) == Tape.Op.MUL
                && (tape.op(tape.a(v)) == Tape.Op.CONSTANT || tape.op(tape.b(v)) == Tape.Op.CONSTANT);
        if (tape.op(v) == Tape.Op.MUL && !multiple && !overridden.containsKey(v)) {
            List<Integer> all = new ArrayList<>(factors(tape.a(v)));
            List<Integer> right = factors(tape.b(v));
            if (all.isEmpty() || right.isEmpty()) return List.of();
            all.addAll(right);
            return all;
        }
        return isZero(v) ? List.of() : List.of(v);
    }

    private boolean isZero(int v) {
        return value(v).terms().isEmpty();
    }

    // What is known about expressions.

    private void facts() {
        TreeMap<Integer, Range> facts = new TreeMap<>();
        for (int i = 0; i < air.constraints().size(); i++) {
            List<Integer> factors = factors(tape.output(i));
            List<Integer> open =
                    factors.stream().filter(v -> !value(v).isConstant()).toList();
            if (open.size() == 2) {
                for (int j = 0; j < 2; j++) {
                    boolean bit =
                            value(open.get(j)).minus(value(open.get(1 - j))).equals(Poly.constant(1));
                    if (bit) facts.merge(open.get(j), Range.of(0, 1), Range::and);
                }
            }
        }
        forEachMessage((message, at) -> {
            if (message.bus().kind() != Bus.Kind.LOOKUP) return;
            for (int i = 0; i < message.tuple().size(); i++) {
                facts.merge(tape.output(at + 1 + i), looked(message, at, i), Range::and);
            }
        });
        values.clear();
        facts.forEach(this::assume);
    }

    private interface MessageVisitor {
        /** Visits a message that the row sends; its count is output {@code at}, its tuple is behind that. */
        void visit(Message message, int at);
    }

    private void forEachMessage(MessageVisitor visitor) {
        int at = air.constraints().size();
        for (Message message : air.messages()) {
            if (decided(tape.output(at)) != 0) visitor.visit(message, at);
            at += 1 + message.tuple().size();
        }
    }

    private Range looked(Message message, int at, int i) {
        return switch (message.bus()) {
            case RANGE -> Range.LIMB;
            case BYTES, BYTE_PAIR -> Range.BYTE;
            case BITS -> {
                Poly k = value(tape.output(at + 1));
                long most = k.isConstant() ? k.constantTerm() : 16;
                yield i == 0
                        ? Range.of(0, most)
                        : i == 1 ? Range.of(0, (1 << most) - 1) : Range.of(k.isConstant() ? 1 << most : 1, 1 << most);
            }
            // Row, opcode, length, registers: below 2^22. Limbs of the immediate and of the link.
            case PROGRAM -> i < 6 ? Range.of(0, 1 << 29) : i == 10 ? Range.ELEMENT : Range.LIMB;
            default -> throw new AssertionError(message.bus());
        };
    }

    /** An expression is in a range: narrows a column's, or makes the expression an atom. */
    private void assume(int v, Range range) {
        Poly value = value(v);
        if (value.isConstant()) {
            long canonical = Math.floorMod(value.constantTerm(), Poly.P);
            if (range.and(Range.of(canonical, canonical)).equals(range)) return;
            if (BigInteger.valueOf(canonical).compareTo(range.low) < 0
                    || BigInteger.valueOf(canonical).compareTo(range.high) > 0) {
                impossible = true;
            }
            return;
        }
        long constant = value.constantTerm();
        Poly rest = value.minus(Poly.constant(constant));
        if (rest.terms().size() == 1) {
            Map.Entry<List<Integer>, Long> term =
                    rest.terms().entrySet().iterator().next();
            if (term.getKey().size() == 1 && Math.abs(term.getValue()) == 1) {
                Range moved = range.plus(Range.of(-constant, -constant)).scale(term.getValue());
                narrow(term.getKey().getFirst(), moved);
                return;
            }
        }
        int atom = atom("{" + text(value) + "}", range);
        overridden.put(v, atom);
        definitions.put(atom, value);
        values.put(v, Poly.atom(atom));
        statements.add(List.of(value.minus(Poly.atom(atom))));
    }

    private boolean narrow(int atom, Range range) {
        Range old = ranges.get(atom);
        // A range of nothing but all elements says nothing, so that another, of negative numbers too, may replace it.
        Range narrowed = old.equals(Range.ELEMENT) ? range : old.and(range);
        if (narrowed.low.compareTo(narrowed.high) > 0) impossible = true;
        ranges.set(atom, narrowed);
        return !narrowed.equals(old);
    }

    /** An atom that is a sum of others by a statement is in the sum's range. */
    private boolean narrow() {
        boolean changed = false;
        for (List<Poly> statement : statements) {
            if (statement.size() != 1) continue;
            for (int shift = 0; shift <= 32; shift += 8) {
                Poly poly = statement.getFirst().scale(1L << shift);
                for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
                    if (term.getKey().size() == 1 && Math.abs(term.getValue()) == 1) {
                        changed |= narrow(term.getKey().getFirst(), poly.scale(-term.getValue()));
                    }
                }
            }
        }
        return changed;
    }

    /** The atom occurs in {@code poly}, which is 0, with coefficient −1. */
    private boolean narrow(int atom, Poly poly) {
        Poly rest = poly.plus(Poly.atom(atom));
        if (rest.terms().keySet().stream().anyMatch(product -> product.contains(atom))) return false;
        Range range = range(rest);
        BigInteger half = BigInteger.valueOf(Poly.P / 2);
        Range old = ranges.get(atom);
        // Either says which number stands for the element, or is about the number that does.
        if (old.equals(Range.ELEMENT) ? range.absolute().compareTo(half) >= 0 : !exact(poly)) return false;
        return narrow(atom, range);
    }

    /** Whether a polynomial that is 0 modulo p is 0. */
    boolean exact(Poly poly) {
        return range(poly).absolute().compareTo(BigInteger.valueOf(Poly.P)) < 0;
    }

    /**
     * Puts numbers for atoms whose range is one number: those for which it always was, and those of a sum of nothing
     * negative that is 0.
     */
    private boolean constants() {
        for (List<Poly> statement : statements) {
            if (statement.size() != 1) continue;
            Poly poly = statement.getFirst();
            boolean zero = !poly.terms().isEmpty()
                    && poly.constantTerm() == 0
                    && range(poly).low.signum() == 0
                    && range(poly).high.compareTo(BigInteger.valueOf(Poly.P)) < 0;
            if (!zero) continue;
            for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
                int atom = term.getKey().getFirst();
                boolean natural = term.getValue() > 0 && ranges.get(atom).low.signum() == 0;
                if (term.getKey().size() == 1 && natural) ranges.set(atom, Range.of(0, 0));
            }
        }
        Map<Integer, Poly> numbers = new HashMap<>();
        for (int atom = 0; atom < ranges.size(); atom++) {
            Range range = ranges.get(atom);
            if (range.low.equals(range.high)) numbers.put(atom, Poly.constant(range.low.longValueExact()));
        }
        boolean changed = false;
        for (int i = statements.size() - 1; i >= 0; i--) {
            List<Poly> simpler = new ArrayList<>();
            boolean holds = false;
            for (Poly poly : statements.get(i)) {
                Poly simple = poly.with(numbers);
                holds |= simple.terms().isEmpty();
                if (!simple.isConstant()) simpler.add(simple);
            }
            changed |= !simpler.equals(statements.get(i));
            if (holds) statements.remove(i);
            else statements.set(i, simpler);
            if (!holds && simpler.isEmpty()) impossible = true;
        }
        outputs.replaceAll((name, poly) -> poly.with(numbers));
        return changed;
    }

    /** The range of a polynomial whose coefficients are read as the numbers in (−p/2, p/2). */
    Range range(Poly poly) {
        Range sum = Range.of(0, 0);
        for (Map.Entry<List<Integer>, Long> term : poly.terms().entrySet()) {
            Range product = Range.of(1, 1);
            for (int atom : term.getKey()) product = product.times(ranges.get(atom));
            sum = sum.plus(product.scale(term.getValue()));
        }
        return sum;
    }

    // Constraints and messages.

    private void constraint(int v) {
        List<Integer> factors = factors(v);
        if (factors.isEmpty()) return;
        List<Poly> open = new ArrayList<>();
        for (int factor : factors) if (!value(factor).isConstant()) open.add(value(factor));
        if (open.isEmpty()) {
            impossible = true;
            return;
        }
        Set<Poly> distinct = new HashSet<>(open);
        boolean bit = distinct.stream().anyMatch(poly -> {
            Map.Entry<List<Integer>, Long> term =
                    poly.terms().entrySet().iterator().next();
            return poly.terms().size() == 1
                    && term.getKey().size() == 1
                    && term.getValue() == 1
                    && ranges.get(term.getKey().getFirst()).isBit()
                    && distinct.contains(poly.minus(Poly.constant(1)));
        });
        if (!bit) statements.add(open);
    }

    private void messages() {
        forEachMessage((message, at) -> {
            List<Poly> tuple = new ArrayList<>();
            for (int i = 0; i < message.tuple().size(); i++) tuple.add(value(tape.output(at + 1 + i)));
            boolean received = message.taken();
            String name = message.bus() + " " + air.messages().indexOf(message) + ".";
            switch (message.bus()) {
                case PROGRAM -> inputs.addAll(tuple);
                case BITS -> {
                    if (!tuple.getFirst().isConstant()) bits.add(new Bits(tuple.get(0), tuple.get(1), tuple.get(2)));
                }
                case BYTES -> functions.add(new Function(tuple.subList(0, 2), tuple.get(2)));
                case RANGE, BYTE_PAIR -> {}
                case STATE -> {
                    if (received) {
                        inputs.addAll(tuple);
                        limit(tuple.get(1), Range.of(1, TIME_BOUND / 4 - 1));
                    } else outputs(name, tuple);
                }
                case MEMORY -> {
                    if (received) {
                        List<Poly> key = tuple.subList(0, 2);
                        reads.add(new Read(key, tuple.subList(2, 7)));
                        outputs(name, key);
                        for (int i = 2; i < 6; i++) limit(tuple.get(i), Range.LIMB);
                        limit(tuple.get(6), Range.of(0, TIME_BOUND - 1));
                    } else outputs(name, tuple);
                }
                default -> {
                    if (received) throw new IllegalArgumentException("received on " + message.bus());
                    outputs(name, tuple);
                }
            }
        });
    }

    private void outputs(String name, List<Poly> tuple) {
        for (int i = 0; i < tuple.size(); i++) outputs.put(name + i, tuple.get(i));
    }

    /** What others have proven about a column that the row is given. */
    private void limit(Poly poly, Range range) {
        if (poly.terms().size() == 1 && !poly.isConstant()) {
            List<Integer> product = poly.terms().keySet().iterator().next();
            if (product.size() == 1) narrow(product.getFirst(), range);
        }
    }

    /** A polynomial as text. */
    String text(Poly poly) {
        StringBuilder text = new StringBuilder();
        poly.terms().forEach((product, coefficient) -> {
            text.append(text.isEmpty() ? "" : " + ").append(coefficient);
            for (int atom : product) text.append("*").append(names.get(atom));
        });
        return text.toString();
    }
}
