package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.HEIGHT;
import static dev.aver.verifier.InvalidReceiptException.Reason.TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.chips.Machine;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lists of tables a proof may have: all that are not exactly right are refused before a proof is looked at. */
final class TableListTest {
    private static final List<Machine.Table> KINDS = Machine.CURRENT.tables();

    /** All kinds, all instances, as small as they may be. */
    private static List<Instance> everything(int logHeight) {
        List<Instance> tables = new ArrayList<>();
        for (int kind = 0; kind < KINDS.size(); kind++) {
            int fixed = KINDS.get(kind).logHeight();
            for (int i = 0; i < KINDS.get(kind).instances(); i++) {
                tables.add(new Instance(kind, i, fixed > 0 ? fixed : logHeight));
            }
        }
        return tables;
    }

    private static void rejects(Reason reason, List<Instance> tables, String attack) {
        InvalidReceiptException rejection =
                catchThrowableOfType(InvalidReceiptException.class, () -> new ProofTables(Machine.CURRENT, tables));
        assertThat(rejection).as(attack).isNotNull();
        assertThat(rejection.reason()).as(attack).isEqualTo(reason);
    }

    private static List<Instance> with(int at, Instance table) {
        List<Instance> tables = everything(6);
        tables.set(at, table);
        return tables;
    }

    @Test
    void everythingIsAccepted() {
        assertThatCode(() -> new ProofTables(Machine.CURRENT, everything(6))).doesNotThrowAnyException();
    }

    @Test
    void noMandatoryTableIsMissing() {
        int mandatory = 0;
        for (int i = 0; i < KINDS.size(); i++) {
            int kind = i;
            List<Instance> tables = everything(6);
            tables.removeIf(table -> table.table() == kind);
            if (KINDS.get(kind).mandatory()) {
                rejects(TABLES, tables, "without " + KINDS.get(kind).air().name());
                mandatory++;
            } else {
                assertThatCode(() -> new ProofTables(Machine.CURRENT, tables)).doesNotThrowAnyException();
            }
        }
        assertThat(mandatory).isEqualTo(7);
        rejects(TABLES, List.of(), "none");
    }

    @Test
    void theOrderIsTheMachines() {
        for (int i = 0; i + 1 < everything(6).size(); i++) {
            List<Instance> tables = everything(6);
            Collections.swap(tables, i, i + 1);
            rejects(TABLES, tables, "swapped at " + i);
            List<Instance> twice = everything(6);
            twice.add(i, twice.get(i));
            rejects(TABLES, twice, "twice at " + i);
        }
    }

    @Test
    void onlyTheMachinesTables() {
        List<Instance> all = everything(6);
        for (int number : new int[] {-1, KINDS.size(), 255, Integer.MAX_VALUE}) {
            rejects(TABLES, with(all.size() - 1, new Instance(number, 0, 6)), "table " + number);
        }
        for (int i = 0; i < all.size(); i++) {
            Instance table = all.get(i);
            for (int instance : new int[] {-1, 2, 255}) {
                Instance changed = new Instance(table.table(), instance, table.logHeight());
                rejects(TABLES, with(i, changed), "instance " + instance + " of " + table);
            }
            if (KINDS.get(table.table()).instances() == 1) {
                List<Instance> second = everything(6);
                second.add(i + 1, new Instance(table.table(), 1, table.logHeight()));
                rejects(TABLES, second, "a second " + table);
            } else if (table.instance() == 0) {
                List<Instance> orphan = everything(6);
                orphan.remove(i);
                rejects(TABLES, orphan, "instance 1 without 0, of " + table);
            }
        }
    }

    @Test
    void heightsAreWithinTheirRange() {
        List<Instance> all = everything(6);
        for (int i = 0; i < all.size(); i++) {
            Instance table = all.get(i);
            int fixed = KINDS.get(table.table()).logHeight();
            int[] wrong = fixed > 0 ? new int[] {0, fixed - 1, fixed + 1, 255} : new int[] {-1, 0, 5, 23, 24, 63, 255};
            for (int height : wrong) {
                rejects(
                        HEIGHT,
                        with(i, new Instance(table.table(), table.instance(), height)),
                        table + " of " + height);
            }
        }
    }

    /** All tables as high as may be put fewer messages on each bus than the field can count. */
    @Test
    void noBusOverflows() {
        assertThatCode(() -> new ProofTables(Machine.CURRENT, everything(Machine.MAX_LOG_HEIGHT)))
                .doesNotThrowAnyException();
    }
}
