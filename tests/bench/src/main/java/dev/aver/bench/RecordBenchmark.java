package dev.aver.bench;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.translate.Translator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records all segments of a sample from their snapshots, one after another on one core, into one set of buffers. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecordBenchmark {
    /** A sample and one of its cases. */
    @Param({"sha256-chain/thousand", "json/revenue", "coremark-like/fifty"})
    public String sample = "";

    private final List<SegmentSnapshot> snapshots = new ArrayList<>();
    private SegmentRecorder recorder;
    private @Nullable SegmentRecord record;

    /** Runs the sample for its snapshots. */
    @Setup
    public void run() throws IOException, InvalidProgramException {
        Sample loaded = Sample.of(sample);
        Executor executor = loaded.executor(Translator.factory());
        executor.run(loaded.input(), Console.NONE, snapshots::add);
        recorder = new SegmentRecorder(executor.programTable());
    }

    /** What JMH reports beside runs a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counters {
        /** Guest instructions recorded. */
        public long instructions;
    }

    /** All segments once. */
    @Benchmark
    public @Nullable SegmentRecord record(Counters counters) {
        for (SegmentSnapshot snapshot : snapshots) {
            record = recorder.record(snapshot, record);
            counters.instructions += snapshot.cost().cycles();
        }
        return record;
    }
}
