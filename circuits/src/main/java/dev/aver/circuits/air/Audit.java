package dev.aver.circuits.air;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks on tables' definitions that no trace is needed for (docs/protocol.md, section 8). Each is a rule without which
 * the buses, or the machine on them, would not be sound:
 *
 * <ul>
 *   <li>tuples have their bus's width;
 *   <li>a multiplicity is 0 or 1 in every row, but for answers, whose keys are preprocessed;
 *   <li>what reads the next row counts 0 in the last one, whose next row is the first;
 *   <li>an exchange gives what it takes where it does not count;
 *   <li>a row that fetches has an opcode that its bits determine and that is not 0, and it receives and sends the
 *       machine's state exactly where it fetches, one cycle later;
 *   <li>every limb that is put on the memory bus is below 2^16 for a reason that is found or vouched for;
 *   <li>every access takes the word that it puts back, from an earlier time, and all times are below 2^24;
 *   <li>a number of bits in a lookup is a constant, or bounded by something else;
 *   <li>every column occurs somewhere, and so does what is vouched for.
 * </ul>
 */
public final class Audit {
    private static final long LIMB = (1L << 16) - 1;

    /**
     * Why something on a bus is in range.
     *
     * @param table the table that puts it there
     * @param message the number of its message
     * @param what the expression
     * @param reason what it follows from
     */
    public record Reason(String table, int message, String what, String reason) {
        @Override
        public String toString() {
            return table + ", message " + message + ": " + what + ": " + reason;
        }
    }

    private final List<String> complaints = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final SortedMap<Integer, Set<String>> opcodes = new TreeMap<>();

    private Audit() {}

    /** Audits tables, each on its own. */
    public static Audit of(List<Air> tables) {
        Audit audit = new Audit();
        for (Air air : tables) audit.new Table(air).check();
        return audit;
    }

    /** What is wrong, each with the table and the place; empty if nothing is. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Why every limb and every time on the memory bus is in range, table by table. */
    public List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    /** The tables that execute each opcode. */
    public SortedMap<Integer, Set<String>> opcodes() {
        return new TreeMap<>(opcodes);
    }

    /** The audit of one table. */
    private final class Table {
        private final Air air;
        private final TableLogic logic;
        private final Set<Vouch> needed = new HashSet<>();

        Table(Air air) {
            this.air = air;
            this.logic = new TableLogic(air);
        }

        void check() {
            for (int i = 0; i < air.messages().size(); i++) {
                Message message = air.messages().get(i);
                if (message.tuple().size() != message.bus().width()) complain(i, "has the wrong width");
                count(i, message);
                if (message.readsNext() && !Deduction.zeroInLastRow(logic, message.count())) {
                    complain(i, "reads the next row and may count in the last one");
                }
                if (message.isExchanged() && !message.taken()) idle(i, message);
                if (message.bus() == Bus.MEMORY && !message.taken()) access(i, message);
                if (message.bus() == Bus.BITS && !message.taken()) bits(i, message);
            }
            fetch();
            unused();
        }

        private void complain(int message, String what) {
            complaints.add(air.name() + ", message " + message + " on "
                    + air.messages().get(message).bus() + " " + what);
        }

        private void count(int number, Message message) {
            boolean bit = Deduction.inRange(logic, message.count(), 1, Expr.ONE, false) != null;
            if (!bit && !message.isAnswer()) complain(number, "counts something that is not proven to be 0 or 1");
            if (message.isAnswer() && !Tape.of(message.tuple()).readsOnlyPreprocessed()) {
                complain(number, "answers with a key of choice");
            }
        }

        /** What an exchange gives, compared with what it takes, in rows where it does not count. */
        private void idle(int number, Message given) {
            List<Expr> taken = air.messages().get(number - 1).tuple();
            for (int i = 0; i < taken.size(); i++) {
                Expr change = given.tuple().get(i).minus(taken.get(i));
                if (Deduction.inRange(logic, change, 0, given.count().not(), false) == null)
                    complain(number, "may give another element " + i + " than it takes where it does not count");
            }
        }

        /** A reason why an expression is from 0 to max where {@code given} is 1; complains if there is none. */
        private void inRange(int number, Expr expr, long max, Expr given, boolean early, String what) {
            Linear form = logic.linear(expr).orElseThrow();
            String text = form.text(air);
            for (Vouch vouch : air.vouches()) {
                if (logic.linear(vouch.expr()).equals(Optional.of(form))) {
                    needed.add(vouch);
                    reasons.add(new Reason(air.name(), number, text, "vouched for: " + vouch.reason()));
                    return;
                }
            }
            Set<String> found = Deduction.inRange(logic, expr, max, given, early);
            if (found != null) {
                String reason = found.isEmpty() ? "a constant" : String.join(", ", found);
                reasons.add(new Reason(air.name(), number, text, reason));
                return;
            }
            complain(number, "has no reason for " + what + " to be in range: " + text);
        }

        /** A word that is put on the bus: its limbs, and that it is the one that was taken. */
        private void access(int number, Message message) {
            Message taken = air.messages().get(number - 1);
            for (int i = 0; i < 2; i++) {
                if (!same(taken.tuple().get(i), message.tuple().get(i)))
                    complain(number, "puts a word back that it did not take");
            }
            List<Expr> tuple = message.tuple();
            Expr real = message.count();
            Expr time = tuple.get(6);
            boolean first = logic.linear(time).orElseThrow().is(0);
            for (int i = 2; i < 6; i++) inRange(number, tuple.get(i), LIMB, real, first, "limb " + (i - 2));
            inRange(number, time, Deduction.LAST_TIME, real, first, "the time");
            if (first) return;
            Expr rest = time.minus(taken.tuple().get(6)).minus(1);
            inRange(number, rest, Deduction.LAST_TIME, real, false, "the time since the access before");
        }

        private boolean same(Expr left, Expr right) {
            return left == right
                    || (logic.linear(left).isPresent() && logic.linear(left).equals(logic.linear(right)));
        }

        private void bits(int number, Message message) {
            Expr k = message.tuple().getFirst();
            Linear form = logic.linear(k).orElseThrow();
            if (form.isConstant()) {
                long power = Linear.signed(
                        logic.linear(message.tuple().get(2)).orElseThrow().constant());
                boolean right = KoalaBear.canonical(form.constant()) <= 16
                        && power == 1L << KoalaBear.canonical(form.constant());
                if (!right) complain(number, "asks for a number of bits that no key has");
            } else {
                inRange(number, k, 16, message.count(), false, "the number of bits");
            }
        }

        private void fetch() {
            List<Message> fetches = messages(Bus.PROGRAM, false);
            List<Message> received = messages(Bus.STATE, true);
            List<Message> sent = messages(Bus.STATE, false);
            if (fetches.isEmpty()) {
                if (!received.isEmpty()) complaints.add(air.name() + " has a state but fetches nothing");
                return;
            }
            Message fetch = fetches.getFirst();
            Expr real = fetch.count();
            boolean once = fetches.size() == 1 && received.size() == 1;
            if (!once || !same(received.getFirst().count(), real)) {
                complaints.add(air.name() + " does not fetch once for each state that it takes and hands on");
                return;
            }
            List<Expr> from = received.getFirst().tuple();
            List<Expr> to = sent.getFirst().tuple();
            if (!same(from.get(0), fetch.tuple().get(0)))
                complaints.add(air.name() + " fetches another row than its own");
            if (!logic.linear(from.get(2)).orElseThrow().is(0)) complaints.add(air.name() + " goes on after a halt");
            Expr cycles = to.get(1).minus(from.get(1));
            if (!same(cycles, real)) complaints.add(air.name() + " does not move on in time, by one cycle");
            opcodes(Case.any(logic, false), fetch.tuple().get(1), real);
        }

        private List<Message> messages(Bus bus, boolean taken) {
            return air.messages().stream()
                    .filter(message -> message.bus() == bus && message.taken() == taken)
                    .toList();
        }

        /** Collects the opcodes, of which each combination of bits that a row can have selects one. */
        private void opcodes(Case some, Expr opcode, Expr real) {
            if (some.settle(real) == null) return;
            Optional<Linear> code = some.linear(opcode);
            if (code.isPresent() && code.get().isConstant()) {
                int number = KoalaBear.canonical(code.get().constant());
                if (number == 0) complaints.add(air.name() + " fetches opcode 0, which rows have that cannot execute");
                opcodes.computeIfAbsent(number, key -> new TreeSet<>()).add(air.name());
                return;
            }
            Set<Integer> open = new TreeSet<>(logic.variables(opcode));
            open.removeIf(variable -> some.values.containsKey(variable) || !logic.bits.contains(variable));
            if (open.isEmpty()) {
                complaints.add(air.name() + " fetches an opcode of choice");
                return;
            }
            int bit = open.iterator().next();
            for (int value = 1; value >= 0; value--) {
                Case part = some.with(bit, value);
                if (part != null) opcodes(part, opcode, real);
            }
        }

        private void unused() {
            Set<Integer> used = new HashSet<>();
            for (Message message : air.messages()) {
                used.addAll(logic.variables(message.count()));
                message.tuple().forEach(element -> used.addAll(logic.variables(element)));
            }
            air.constraints().forEach(constraint -> used.addAll(logic.variables(constraint.expr())));
            for (int i = 0; i < air.width(); i++) {
                if (!used.contains(4 * i) && !used.contains(4 * i + 1)) {
                    complaints.add(air.name() + ": a column that nothing reads: "
                            + air.columns().get(i));
                }
            }
            for (Vouch vouch : air.vouches()) {
                if (!needed.contains(vouch)) complaints.add(air.name() + ": vouched for in vain: " + vouch.reason());
            }
        }
    }
}
