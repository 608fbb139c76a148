package dev.aver.tests.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * That the translation says what a table says: what an honest prover writes is a row of some case and fulfils its
 * statements, so that nothing is proven of rows that there are not; and a table of which a piece is missing is not
 * proven to determine anything.
 */
final class TranslationTest {
    /** The most rows of a table that are compared. */
    private static final int MOST = 300;

    @Test
    void honestRowsFulfilTheStatementsOfTheirCase() {
        Program program = Programs.mixed(60, 4_000);
        ProgramTable table = ProgramTable.of(program);
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        new Executor(program, Limits.standard(), SegmentRule.ofCycles(1 << 14), Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        MemoryTree tree = MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]);
        SegmentTraces.Segment segment = new SegmentTraces(Machine.CURRENT, table)
                .build(new SegmentRecorder(table).record(snapshots.getFirst(), null), tree);
        Map<String, Integer> compared = new TreeMap<>();
        for (SegmentTraces.Table one : segment.tables()) {
            Machine.Table kind = Machine.CURRENT.tables().get(one.table());
            if (kind.cycles() == 1) compared.put(kind.air().name(), compare(one.trace()));
        }
        assertThat(compared)
                .containsKeys("add", "slt", "branch", "jump", "shift", "load", "store", "mul", "div", "atomic", "halt")
                .allSatisfy((name, rows) -> assertThat(rows).as(name).isPositive());
    }

    /** Returns how many rows have been compared. */
    private static int compare(Trace trace) {
        Air air = trace.air();
        List<RowSystem> cases = Cases.of(air);
        int compared = 0;
        for (int row = 0; row < Math.min(MOST, 1 << trace.logHeight()); row++) {
            int[] columns = new int[air.width()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = KoalaBear.canonical(trace.main()[(i << trace.logHeight()) + row]);
            }
            List<RowSystem> matching =
                    cases.stream().filter(one -> one.covers(columns)).toList();
            // Row 0 of the program, cycle 0: padding.
            if (matching.isEmpty() && columns[1] == 0) continue;
            assertThat(matching).as("cases of row %d of %s", row, air.name()).hasSize(1);
            assertThat(matching.getFirst().wrongFor(columns))
                    .as("row %d of %s", row, air.name())
                    .isEqualTo(Optional.empty());
            compared++;
        }
        return compared;
    }

    @Test
    void aProductIsNotDeterminedIfAnythingIsMissing() {
        Air air = Machine.CURRENT.mul.air;
        assertThat(determined(air)).isTrue();
        int lookups = 0;
        for (Message message : air.messages()) {
            boolean asked = switch (message.bus()) {
                // Those of times say nothing about results.
                case RANGE -> message.tuple().getFirst() instanceof Column;
                case BYTE_PAIR, BITS -> true;
                default -> false;
            };
            if (!asked) continue;
            lookups++;
            assertThat(determined(without(air, message))).as("%s", message).isFalse();
        }
        assertThat(lookups).isEqualTo(8 + 8 + 8 + 2);
        for (int i = 0; i < air.constraints().size(); i++) {
            String name = air.constraints().get(i).name();
            if (name.contains("product") || name.contains("result")) {
                assertThat(determined(without(air, i))).as(name).isFalse();
            }
        }
    }

    /** Whether digits alone show that every output of every case is determined. */
    private static boolean determined(Air air) {
        return Cases.of(air).stream().allMatch(row -> {
            Propagation known = new Propagation(row);
            return row.outputs.values().stream().allMatch(known::isDetermined);
        });
    }

    private static Air without(Air air, Message missing) {
        List<Message> messages = new ArrayList<>(air.messages());
        messages.remove(missing);
        return new Air(air.name(), air.preprocessed(), air.columns(), air.constraints(), messages, air.vouches());
    }

    private static Air without(Air air, int constraint) {
        List<Constraint> constraints = new ArrayList<>(air.constraints());
        constraints.remove(constraint);
        return new Air(air.name(), air.preprocessed(), air.columns(), constraints, air.messages(), air.vouches());
    }
}
