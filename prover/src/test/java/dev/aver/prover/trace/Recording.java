package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import java.util.ArrayList;
import java.util.List;

/** A program that has been run and recorded. */
record Recording(ProgramTable program, List<SegmentRecord> segments) {
    /** Runs a program on the empty input until it halts, in segments of at most {@code cycles} cycles. */
    static Recording of(Program program, int cycles) {
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        Execution execution = new Executor(
                        program, Limits.standard(), SegmentRule.ofCycles(cycles), Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        assertThat(execution.outcome()).isInstanceOf(Outcome.Halted.class);
        ProgramTable table = ProgramTable.of(program);
        SegmentRecorder recorder = new SegmentRecorder(table);
        return new Recording(
                table,
                snapshots.stream()
                        .map(snapshot -> recorder.record(snapshot, null))
                        .toList());
    }
}
