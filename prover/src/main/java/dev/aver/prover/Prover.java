package dev.aver.prover;

import dev.aver.prover.backend.Backends;
import dev.aver.verifier.Receipt;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves runs: {@code Prover.create(ProverOptions.standard()).prove(program, Input.of(bytes))}. One proof uses all
 * cores and the memory that the options allow, so it is made for one at a time.
 */
public final class Prover {
    private final ProverOptions options;
    private final FixedKeys fixedKeys;

    private Prover(ProverOptions options, FixedKeys fixedKeys) {
        this.options = options;
        this.fixedKeys = fixedKeys;
    }

    /** A prover with these options. */
    public static Prover create(ProverOptions options) {
        return create(options, new FixedKeys());
    }

    /** A prover that shares with others what is the same in all proofs. */
    public static Prover create(ProverOptions options, FixedKeys fixedKeys) {
        return new Prover(options, fixedKeys);
    }

    /**
     * Runs a program, and says what proving the run would take. The listener is told of the run and nothing else.
     *
     * @throws NotProvableException if the run has no proof, or not with these options
     */
    public Plan plan(Program program, Input input) throws NotProvableException {
        String backend = Backends.pick(options.backend()).reason();
        int cores = Runtime.getRuntime().availableProcessors();
        return new Planner(options, program, input).plan(backend, cores).plan();
    }

    /**
     * Runs a program and proves the run.
     *
     * @throws NotProvableException if the run has no proof, or not with these options
     * @throws IOException if the checkpoint cannot be read or written
     */
    public Receipt prove(Program program, Input input) throws NotProvableException, IOException {
        return proveAndMeasure(program, input).receipt();
    }

    /** As {@link #prove}, and says what it took. */
    public Proved proveAndMeasure(Program program, Input input) throws NotProvableException, IOException {
        List<Receipt.Segment> segments = new ArrayList<>();
        return proveTo(segments::add, program, input).withSegments(segments);
    }

    /**
     * As {@link #proveAndMeasure}, for runs of which no process should hold all proofs: they go to a sink, and the
     * receipt that is returned is without segments.
     *
     * @throws IOException also whatever the sink throws
     */
    public Proved proveTo(SegmentSink sink, Program program, Input input) throws NotProvableException, IOException {
        return new ProofRun(options, fixedKeys, program, input, sink).toEnd();
    }
}
