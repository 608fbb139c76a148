package dev.aver.prover.trace;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks what a proof proves, without proving it: every constraint on every row, and every bus. It names the table, the
 * row, the constraint or the message, and the values. For debugging, and for tests that ask whether a forged trace
 * would be accepted.
 */
public final class TraceChecker {
    /** The most complaints that {@link #check} collects. */
    private static final int MOST = 20;

    /**
     * A message that the verifier itself puts on a bus.
     *
     * @param count what it counts: positive for sent, negative for received
     * @param tuple canonical elements
     */
    public record External(Bus bus, int count, int... tuple) {}

    private final List<String> complaints = new ArrayList<>();

    private TraceChecker() {}

    /**
     * Everything that is wrong, up to {@value #MOST} complaints; empty if the traces with the verifier's messages are
     * what a verifier would accept.
     */
    public static List<String> check(List<Trace> traces, List<External> externals) {
        TraceChecker checker = new TraceChecker();
        for (Trace trace : traces) checker.constraints(trace);
        checker.complainOfImbalance(checker.balances(traces, externals));
        return List.copyOf(checker.complaints);
    }

    /**
     * What is wrong with some tables together, up to {@value #MOST} complaints, where the tables that answer lookups
     * are not among them: queries are compared with the keys that those have.
     */
    public static List<String> check(List<Trace> traces, List<External> externals, LookupKeys keys) {
        TraceChecker checker = new TraceChecker();
        for (Trace trace : traces) checker.constraints(trace);
        Map<Tuple, Balance> balances = checker.balances(traces, externals);
        checker.complainOfQueries(balances, keys);
        balances.keySet().removeIf(tuple -> tuple.bus.kind() == Bus.Kind.LOOKUP);
        checker.complainOfImbalance(balances);
        return List.copyOf(checker.complaints);
    }

    /**
     * What is wrong with one table alone, up to {@value #MOST} complaints: its constraints, and queries for which there
     * is no key. What it says on permutation buses is not checked; {@link #permutationMessages} tells it.
     */
    public static List<String> checkAlone(Trace trace, LookupKeys keys) {
        TraceChecker checker = new TraceChecker();
        checker.constraints(trace);
        checker.complainOfQueries(checker.balances(List.of(trace), List.of()), keys);
        return List.copyOf(checker.complaints);
    }

    /**
     * What a table says on permutation buses: each tuple, as text, with the sum of its multiplicities if that is not 0.
     */
    public static Map<String, Integer> permutationMessages(Trace trace) {
        Map<String, Integer> messages = new HashMap<>();
        new TraceChecker().balances(List.of(trace), List.of()).forEach((tuple, balance) -> {
            if (tuple.bus.kind() != Bus.Kind.LOOKUP && balance.sum != 0) messages.put(tuple.toString(), balance.sum);
        });
        return messages;
    }

    private void complainOfQueries(Map<Tuple, Balance> balances, LookupKeys keys) {
        balances.forEach((tuple, balance) -> {
            boolean lookup = tuple.bus.kind() == Bus.Kind.LOOKUP;
            if (!lookup || balance.sum == 0) return;
            int[] key = tuple.elements().stream().mapToInt(KoalaBear::canonical).toArray();
            if (keys.find(tuple.bus, key, 0) < 0) {
                complain("%s is not a key, asked for by %s".formatted(tuple, balance.where));
            }
        });
    }

    private void complainOfImbalance(Map<Tuple, Balance> balances) {
        balances.forEach((tuple, balance) -> {
            if (balance.sum != 0) {
                int sum = KoalaBear.canonical(balance.sum);
                complain("%s is out of balance by %d, last seen at %s"
                        .formatted(tuple, sum > KoalaBear.P / 2 ? sum - KoalaBear.P : sum, balance.where));
            }
        });
    }

    private void complain(String complaint) {
        if (complaints.size() < MOST) complaints.add(complaint);
    }

    private void constraints(Trace trace) {
        List<Constraint> constraints = trace.air().constraints();
        RowEvaluator evaluator =
                new RowEvaluator(constraints.stream().map(Constraint::expr).toList());
        int last = (1 << trace.logHeight()) - 1;
        for (int row = 0; row <= last && complaints.size() < MOST; row++) {
            evaluator.evaluate(trace, row);
            for (int i = 0; i < constraints.size(); i++) {
                boolean applies = switch (constraints.get(i).where()) {
                    case EVERY -> true;
                    case FIRST -> row == 0;
                    case LAST -> row == last;
                    case TRANSITION -> row != last;
                };
                if (applies && evaluator.value(i) != 0) {
                    complain("%s, row %d: not so: %s%s"
                            .formatted(
                                    trace.air().name(), row, constraints.get(i).name(), rowText(trace, row)));
                }
            }
        }
    }

    private static String rowText(Trace trace, int row) {
        StringBuilder text = new StringBuilder(" [");
        int height = 1 << trace.logHeight();
        for (int column = 0; column < trace.air().width(); column++) {
            int value = KoalaBear.canonical(trace.main()[column * height + row]);
            if (value != 0)
                text.append(trace.air().columns().get(column))
                        .append('=')
                        .append(value)
                        .append(' ');
        }
        return text.toString().stripTrailing() + "]";
    }

    /** A tuple on a bus, its elements in Montgomery form. */
    private record Tuple(Bus bus, List<Integer> elements) {
        @Override
        public String toString() {
            return bus + elements.stream().map(KoalaBear::canonical).toList().toString();
        }
    }

    /** The sum of a tuple's multiplicities, as one number in K, and where it was seen last. */
    private static final class Balance {
        int sum;
        String where = "";
    }

    private Map<Tuple, Balance> balances(List<Trace> traces, List<External> externals) {
        Map<Tuple, Balance> balances = new HashMap<>();
        for (External external : externals) {
            List<Integer> tuple =
                    Arrays.stream(external.tuple()).map(KoalaBear::of).boxed().toList();
            count(balances, new Tuple(external.bus(), tuple), KoalaBear.ofLong(external.count()), "the verifier");
        }
        for (Trace trace : traces) messages(trace, balances);
        return balances;
    }

    private void messages(Trace trace, Map<Tuple, Balance> balances) {
        for (int i = 0; i < trace.air().messages().size(); i++) {
            Message message = trace.air().messages().get(i);
            List<Expr> expressions = new ArrayList<>(message.tuple());
            expressions.add(message.multiplicity());
            RowEvaluator evaluator = new RowEvaluator(expressions);
            boolean answer = message.isAnswer();
            for (int row = 0; row < 1 << trace.logHeight(); row++) {
                evaluator.evaluate(trace, row);
                int count = evaluator.value(message.tuple().size());
                if (count == 0) continue;
                String where = trace.air().name() + ", row " + row + ", message " + i;
                if (!answer && count != KoalaBear.ONE && count != KoalaBear.neg(KoalaBear.ONE)) {
                    complain("%s on %s counts %d".formatted(where, message.bus(), KoalaBear.canonical(count)));
                }
                List<Integer> tuple = new ArrayList<>(message.tuple().size());
                for (int j = 0; j < message.tuple().size(); j++) tuple.add(evaluator.value(j));
                count(balances, new Tuple(message.bus(), tuple), count, where);
            }
        }
    }

    private static void count(Map<Tuple, Balance> balances, Tuple tuple, int count, String where) {
        Balance balance = balances.computeIfAbsent(tuple, key -> new Balance());
        balance.sum = KoalaBear.add(balance.sum, count);
        balance.where = where;
    }
}
