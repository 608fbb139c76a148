package dev.aver.prover;

import dev.aver.circuits.image.Image;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Backends;
import dev.aver.prover.backend.BufferPool;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.prover.stark.ProvingKey;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One proof, from the run to the receipt. The program runs once to plan, and a second time to be proven: it stands
 * still while a segment that has just ended is proven. Running is so much faster than proving that this costs nothing,
 * and memory is bounded by one segment.
 */
final class ProofRun {
    private final ProverOptions options;
    private final FixedKeys fixedKeys;
    private final Program program;
    private final Input input;
    private final SegmentSink sink;
    private final PhaseClock clock;

    ProofRun(ProverOptions options, FixedKeys fixedKeys, Program program, Input input, SegmentSink sink) {
        this.options = options;
        this.fixedKeys = fixedKeys;
        this.program = program;
        this.input = input;
        this.sink = sink;
        clock = new PhaseClock(options.progress());
    }

    Proved toEnd() throws NotProvableException, IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Backends.Choice keeping = Backends.pick(options.backend());
        Planner.Planned planned = new Planner(options, program, input).plan(keeping.reason(), cores);
        options.progress().planned(planned.plan());
        ProgramTable table = planned.executor().programTable();
        clock.begin(0, Phase.PREPARE);
        BufferPool pool = new BufferPool(planned.bufferElements());
        Backend backend = Backends.pick(options.backend(), pool).backend();
        CommittedMatrices fixed = fixedKeys.of(keeping.backend(), options.suite());
        ProvingKey key = ProvingKey.of(backend, options.suite(), fixed, table);

        Optional<Checkpoint> checkpoint = Optional.empty();
        if (options.checkpoint().isPresent()) {
            checkpoint = Optional.of(new Checkpoint(options.checkpoint().get()));
        }
        long[] salt = Salt.choose(options, checkpoint);
        MemoryTree tree = MemoryTree.of(program, input.toByteArray(), salt);
        Receipt receipt = new Receipt(
                planned.parameters(),
                key.key().digest(),
                new Image(table.entryRow(), key.commitment(), tree.programHalf()),
                new InputDigest(tree.inputHalf()),
                ((Outcome.Halted) planned.execution().outcome()).exitCode(),
                planned.execution().journal(),
                List.of());
        if (checkpoint.isPresent())
            checkpoint.get().begin(receipt, planned.plan().segmentCycles());
        SegmentChain chain =
                new SegmentChain(receipt, table, tree, checkpoint, options.progress(), clock, backend, pool, key);
        List<Receipt.Segment> shapes = proveAll(planned, chain);
        int bits = Verifier.security(receipt.withSegments(shapes)).bits();
        return new Proved(receipt, planned.execution(), planned.plan(), bits, clock.seconds());
    }

    /** Hands all segments to the sink; returned are they without their proofs. */
    private List<Receipt.Segment> proveAll(Planner.Planned planned, SegmentChain chain) throws IOException {
        List<Receipt.Segment> shapes = new ArrayList<>();
        try {
            planned.executor().run(input, Console.NONE, snapshot -> {
                Receipt.Segment segment = next(chain, snapshot);
                shapes.add(new Receipt.Segment(
                        segment.endRow(), segment.endRoot(), segment.cycles(), segment.tables(), new byte[0]));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return shapes;
    }

    private Receipt.Segment next(SegmentChain chain, SegmentSnapshot snapshot) {
        try {
            Receipt.Segment segment = chain.next(snapshot);
            sink.accept(segment);
            return segment;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
