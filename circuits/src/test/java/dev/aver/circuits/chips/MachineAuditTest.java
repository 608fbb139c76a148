package dev.aver.circuits.chips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Audit;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.zkvm.isa.Op;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Audits the machine's tables: what {@link Audit} checks in each, and what holds between them. */
final class MachineAuditTest {
    private static final List<Air> TABLES =
            Machine.CURRENT.tables().stream().map(Machine.Table::air).toList();
    private static final Audit AUDIT = Audit.of(TABLES);

    /** Operations that decoding lowers to others or to nothing. */
    private static final Set<Op> LOWERED = EnumSet.of(Op.LUI, Op.AUIPC, Op.FENCE, Op.FENCE_I, Op.EBREAK);

    @Test
    void noTableBreaksARule() {
        assertThat(AUDIT.complaints()).isEmpty();
    }

    /** Loads and stores differ in whether they cross a word, system calls in their number; nothing else is shared. */
    @Test
    void eachOperationHasOneTable() {
        Set<Set<String>> shared = Set.of(
                Set.of("load", "load cross"),
                Set.of("load double", "load cross"),
                Set.of("store", "store cross"),
                Set.of("store double", "store cross"),
                Set.of("write", "halt"));
        AUDIT.opcodes().forEach((code, tables) -> {
            if (tables.size() > 1) assertThat(shared).as("%s", Op.ofCode(code)).contains(tables);
        });
        Set<Integer> executed = EnumSet.complementOf(EnumSet.copyOf(LOWERED)).stream()
                .map(Op::code)
                .collect(Collectors.toCollection(TreeSet::new));
        // A byte never crosses a word; every other load and store can.
        assertThat(AUDIT.opcodes().keySet()).isEqualTo(executed);
        assertThat(tablesOf(Op.LB)).containsExactly("load");
        assertThat(tablesOf(Op.SB)).containsExactly("store");
        assertThat(tablesOf(Op.LHU)).containsExactly("load", "load cross");
        assertThat(tablesOf(Op.SD)).containsExactly("store cross", "store double");
        assertThat(tablesOf(Op.ECALL)).containsExactly("halt", "write");
    }

    private static Set<String> tablesOf(Op op) {
        return AUDIT.opcodes().get(op.code());
    }

    /** Which tables may put words on the memory bus at time 0, take nodes, send results and so on. */
    @Test
    void systemBusesBelongToTheirTables() {
        assertThat(tablesOn(Bus.NODE)).containsExactlyInAnyOrder("boundary", "merkle");
        assertThat(tablesOn(Bus.SPONGE)).containsExactlyInAnyOrder("boundary", "hash");
        assertThat(tablesOn(Bus.DIGEST)).containsExactlyInAnyOrder("boundary", "merkle", "hash");
        assertThat(tablesOn(Bus.RESULT)).containsExactly("halt");
        assertThat(tablesWith(message ->
                        message.bus() == Bus.MEMORY && message.tuple().get(6) instanceof Expr.Constant))
                .as("tables that put words on the bus at a fixed time")
                .containsExactly("boundary");
    }

    private static List<String> tablesOn(Bus bus) {
        return tablesWith(message -> message.bus() == bus);
    }

    private static List<String> tablesWith(Predicate<Message> some) {
        return TABLES.stream()
                .filter(air -> air.messages().stream().anyMatch(some))
                .map(Air::name)
                .toList();
    }

    /** The reasons, for whoever reviews them: each limb and time of each access has one. */
    @Test
    void everyLimbHasAReason() {
        Map<String, Long> reasons =
                AUDIT.reasons().stream().collect(Collectors.groupingBy(Audit.Reason::table, Collectors.counting()));
        for (Air air : TABLES) {
            long words = air.messages().stream()
                            .filter(message -> message.bus() == Bus.MEMORY)
                            .count()
                    / 2;
            if (words > 0) assertThat(reasons.get(air.name())).as(air.name()).isGreaterThanOrEqualTo(5 * words);
        }
        assertThat(AUDIT.reasons())
                .anySatisfy(reason -> assertThat(reason).hasToString("add, message 5: result[0]: RANGE in message 12"));
        assertThat(AUDIT.reasons())
                .anySatisfy(reason -> assertThat(reason).hasToString("jump, message 3: link[0]: fetched"));
    }
}
