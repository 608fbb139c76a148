package dev.aver.bench;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.translate.Translator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a sample and records every segment as it comes, as a prover would: shows that memory is bounded by one segment
 * however long the run is. Start it with the heap that is to be enough (docs/performance.md has the command).
 */
public final class LongRecording {
    private LongRecording() {}

    /** One argument: a sample and case, such as {@code coremark-like/large}. */
    public static void main(String[] arguments) throws Exception {
        Sample sample = Sample.of(arguments[0]);
        Executor executor = sample.executor(Translator.factory());
        Recording recording = new Recording(new SegmentRecorder(executor.programTable()));
        long start = System.nanoTime();
        Execution execution = executor.run(sample.input(), Console.NONE, recording);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s%n%,d instructions, %d segments, recorded in %.1f s of %.1f s: %.1f M instructions/s%n",
                execution.outcome(),
                execution.cycles(),
                execution.segments().size(),
                recording.nanos / 1e9,
                seconds,
                execution.cycles() * 1e3 / recording.nanos);
    }

    private static final class Recording implements Consumer<SegmentSnapshot> {
        private final SegmentRecorder recorder;
        private @Nullable SegmentRecord record;
        private long nanos;

        Recording(SegmentRecorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void accept(SegmentSnapshot snapshot) {
            long start = System.nanoTime();
            record = recorder.record(snapshot, record);
            nanos += System.nanoTime() - start;
        }
    }
}
