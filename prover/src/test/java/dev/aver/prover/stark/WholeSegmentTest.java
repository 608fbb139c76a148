package dev.aver.prover.stark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.TraceChecker;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Programs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeSegmentTest {
    @Test
    void everyConstraintHoldsAndEveryBusBalances() throws Exception {
        Program program = Programs.mixed(300, 4_000);
        ProgramTable table = ProgramTable.of(program);
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        new Executor(program, Limits.standard(), SegmentRule.ofCycles(1 << 14), Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        SegmentRecorder recorder = new SegmentRecorder(table);
        MemoryTree tree = MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]);
        SegmentTraces traces = new SegmentTraces(Machine.CURRENT, table);
        for (SegmentSnapshot snapshot : snapshots.subList(0, Math.min(3, snapshots.size()))) {
            SegmentRecord record = recorder.record(snapshot, null);
            SegmentTraces.Segment segment = traces.build(record, tree);
            assertThat(TraceChecker.check(
                            segment.tables().stream()
                                    .map(SegmentTraces.Table::trace)
                                    .toList(),
                            Externals.of(record, segment)))
                    .isEmpty();
        }
        assertThat(snapshots).isNotEmpty();
    }
}
