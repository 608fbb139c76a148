package dev.aver.bench;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Executor.EngineFactory;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.translate.Translator;
import java.io.IOException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Runs samples from start to end: instructions a second, cost counted, engine warmed up. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RunBenchmark {
    /** A sample and one of its cases. */
    @Param({"fibonacci/default", "sha256-chain/thousand", "json/revenue", "coremark-like/fifty"})
    public String sample = "";

    /** What executes. */
    @Param({"interpreter", "translated"})
    public String engine = "";

    private Executor executor;
    private Input input;

    /** Reads the sample. */
    @Setup
    public void load() throws IOException, InvalidProgramException {
        Sample loaded = Sample.of(sample);
        executor = loaded.executor(engine.equals("translated") ? Translator.factory() : EngineFactory.interpreter());
        input = loaded.input();
    }

    /** What JMH reports beside runs a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counters {
        /** Guest instructions executed. */
        public long instructions;
    }

    /** One whole run. */
    @Benchmark
    public Execution run(Counters counters) {
        Execution execution = executor.run(input, Console.NONE);
        counters.instructions += execution.cycles();
        return execution;
    }
}
