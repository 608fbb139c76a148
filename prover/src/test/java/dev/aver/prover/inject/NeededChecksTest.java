package dev.aver.prover.inject;

import static dev.aver.zkvm.isa.Op.SB;
import static dev.aver.zkvm.isa.Op.SD;
import static dev.aver.zkvm.isa.Op.SH;
import static dev.aver.zkvm.isa.Op.SW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.prover.inject.Starts.Run;
import dev.aver.prover.inject.Starts.Start;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Each constraint and each query of the tables of instructions, of the halt and of the refreshes stops a row that
 * nothing else stops: an honest row with a few cells changed, of which a verifier without this one check would accept
 * something false. {@link WitnessSearchTest} finds them; here each is tried.
 *
 * <p>Checks that stop nothing alone are {@linkplain Redundant listed} with the reason.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class NeededChecksTest {
    private final Starts starts = new Starts();
    private final Map<Run, Semantics> semantics = new HashMap<>();
    private final Map<String, ForgedRow> rows = new HashMap<>();
    private final Map<String, Map<String, Witness>> witnesses = Witness.all();

    @Test
    void everyCheckStopsARowThatNothingElseStops() {
        Map<String, String> wrong = new TreeMap<>();
        starts.rows.forEach((table, rows) -> {
            Map<String, Witness> of = witnesses.getOrDefault(table, Map.of());
            ForgedRow any = row(rows.getFirst());
            for (int check : any.real()) {
                String name = any.name(check);
                boolean redundant = Redundant.reason(table, name) != null;
                if (!of.containsKey(name)) {
                    if (!redundant) wrong.put(table + ": " + name, "no witness");
                } else {
                    String complaint = redundant ? "is not redundant" : complaint(of.get(name), check);
                    if (!complaint.isEmpty()) wrong.put(table + ": " + name, complaint);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** A check that is gone or has another name takes its witness or its reason with it. */
    @Test
    void whatIsNamedExists() {
        TreeSet<String> names = new TreeSet<>();
        starts.rows.forEach((table, rows) -> {
            ForgedRow any = row(rows.getFirst());
            for (int check : any.real()) names.add(table + ": " + any.name(check));
        });
        TreeSet<String> named = new TreeSet<>(Redundant.all());
        witnesses.forEach((table, of) -> of.keySet().forEach(check -> named.add(table + ": " + check)));
        named.removeAll(names);
        assertThat(named).as("no checks").isEmpty();
    }

    /** Every message counts in some honest row: without it, no run with such a row would have a proof. */
    @Test
    void everyMessageCounts() {
        starts.rows.forEach((table, rows) -> {
            BitSet silent = new BitSet();
            silent.set(0, row(rows.getFirst()).messages);
            for (Start start : rows) {
                if (silent.isEmpty()) break;
                ForgedRow row = row(start);
                for (int m = 0; m < row.messages; m++) if (row.count(m) != 0) silent.clear(m);
            }
            assertThat(silent.stream().boxed().toList())
                    .as("silent messages of " + table)
                    .isEmpty();
        });
    }

    /**
     * With two or more selectors set, the fetch asks for the sum of their opcodes: of these tables no sum is the opcode
     * of an operation whose row has zeros where this table's fetch has them.
     */
    @Test
    void noSumOfOpcodesIsAnOpcode() {
        Map<String, int[]> opcodes = Map.of(
                "div", codes(Chip.DIV, 0),
                "mul", codes(Chip.MUL, 0),
                "atomic", codes(Chip.ATOMIC, 11),
                "store", new int[] {code(SB), code(SB), code(SH), code(SH), code(SW), code(SW)},
                "store cross", new int[] {code(SH), code(SW), code(SW), code(SD), code(SD)});
        opcodes.forEach((table, codes) -> {
            for (int set = 0; set < 1 << codes.length; set++) {
                if (Integer.bitCount(set) < 2) continue;
                int sum = IntStream.of(BitSet.valueOf(new long[] {set}).stream()
                                .map(i -> codes[i])
                                .toArray())
                        .sum();
                for (int wider = 0; wider <= (table.equals("atomic") ? 11 : 0); wider += 11) {
                    int opcode = sum + wider;
                    boolean fits =
                            opcode <= Op.values().length && (!table.startsWith("store") || !writes(Op.ofCode(opcode)));
                    assertThat(fits).as("%s, selectors %x", table, set).isFalse();
                }
            }
        });
    }

    private static int code(Op op) {
        return op.code();
    }

    /** The opcodes of a chip's operations, as many as there are selectors. */
    private static int[] codes(Chip chip, int most) {
        int[] codes = Arrays.stream(Op.values())
                .filter(op -> op.chip() == chip)
                .mapToInt(Op::code)
                .toArray();
        return most == 0 ? codes : Arrays.copyOf(codes, most);
    }

    /** Whether a row of an operation has an rd, which is not 0 then. */
    private static boolean writes(Op op) {
        return op.format() != Op.Format.S && op.format() != Op.Format.B && op.format() != Op.Format.SYSTEM;
    }

    private String complaint(Witness witness, int check) {
        Start start = starts.find(witness.table(), witness.program(), witness.row());
        ForgedRow row = row(start);
        witness.apply(row);
        BitSet violated = (BitSet) row.violated().clone();
        List<String> others = violated.stream()
                .filter(other -> other != check)
                .mapToObj(row::name)
                .toList();
        if (!others.isEmpty()) return "stopped by others too: " + others;
        boolean stopped = violated.get(check) && (check < row.constraints || row.count(check - row.constraints) == 1);
        if (!stopped) return "not stopped";
        Effect effect = semantics.computeIfAbsent(start.run(), Run::semantics).effect(row);
        return effect.isHarmful() ? "" : "does no harm: " + effect;
    }

    private ForgedRow row(Start start) {
        ForgedRow row = rows.computeIfAbsent(
                start.trace().air().name() + start.run().name(),
                key -> new ForgedRow(
                        start.trace().air(), new LookupKeys(start.run().table())));
        row.load(start.trace(), start.row());
        return row;
    }
}
