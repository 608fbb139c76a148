package dev.aver.prover;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.BufferPool;
import dev.aver.prover.stark.ProvingKey;
import dev.aver.prover.stark.StarkProver;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Statements;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves one segment of a run after the other. From one to the next it keeps the memory tree and the arrays, nothing
 * else. Not thread-safe.
 */
final class SegmentChain {
    private final Receipt receipt;
    private final ProgramTable program;
    private final MemoryTree tree;
    private final Optional<Checkpoint> checkpoint;
    private final ProgressListener progress;
    private final PhaseClock clock;
    private final BufferPool pool;
    private final SegmentTraces traces;
    private final SegmentRecorder recorder;
    private final StarkProver prover;
    private @Nullable SegmentRecord record;

    /**
     * Before the first segment.
     *
     * @param receipt what the receipt will be, without segments
     * @param tree memory at the start
     * @param pool where the backend's arrays come from
     */
    SegmentChain(
            Receipt receipt,
            ProgramTable program,
            MemoryTree tree,
            Optional<Checkpoint> checkpoint,
            ProgressListener progress,
            PhaseClock clock,
            Backend backend,
            BufferPool pool,
            ProvingKey key) {
        this.receipt = receipt;
        this.program = program;
        this.tree = tree;
        this.checkpoint = checkpoint;
        this.progress = progress;
        this.clock = clock;
        this.pool = pool;
        traces = new SegmentTraces(Machine.CURRENT, program, pool);
        recorder = new SegmentRecorder(program);
        prover = new StarkProver(backend, key);
    }

    /** Proves the next segment, or takes it from the checkpoint. */
    Receipt.Segment next(SegmentSnapshot snapshot) throws IOException {
        int number = snapshot.index();
        clock.begin(number, Phase.RECORD);
        SegmentRecord events = recorder.record(snapshot, record);
        record = events;
        Optional<Receipt.Segment> found = Optional.empty();
        if (checkpoint.isPresent()) found = checkpoint.get().find(number, receipt.parameters(), program);
        Receipt.Segment segment;
        if (found.isPresent()) {
            segment = found.get();
            resume(segment, events);
        } else {
            segment = pool.lease(() -> prove(events));
            if (checkpoint.isPresent()) checkpoint.get().keep(number, segment);
        }
        clock.end();
        progress.segment(number, segment.cycles(), found.isPresent());
        return segment;
    }

    private Receipt.Segment prove(SegmentRecord events) {
        clock.begin(events.index(), Phase.TRACE);
        SegmentTraces.Segment built = traces.build(events, tree);
        ProofTables tables = tables(built);
        SegmentStatement<E6> statement = statement(events, built.rootBefore(), built.rootAfter());
        StarkShape shape = new StarkShape(receipt.parameters(), tables);
        progress.filled(events.index(), shape);
        byte[] proof = prover.prove(shape, built.tables(), statement, phase -> clock.begin(events.index(), phase));
        Receipt.Segment segment =
                new Receipt.Segment(events.endRow(), built.rootAfter(), events.cycles(), tables, proof);
        clock.begin(events.index(), Phase.VERIFY);
        try {
            Verifier.verifySegment(receipt, segment, statement);
        } catch (InvalidReceiptException e) {
            throw new IllegalStateException(
                    "the proof of segment " + events.index() + " does not verify: a defect of the prover, or of memory",
                    e);
        }
        return segment;
    }

    private SegmentStatement<E6> statement(SegmentRecord events, int[] rootBefore, int[] rootAfter) {
        boolean last = events.halt() != null;
        return Statements.of(receipt, events.startRow(), rootBefore, events.endRow(), rootAfter, last, events.cycles());
    }

    private static ProofTables tables(SegmentTraces.Segment built) {
        try {
            return new ProofTables(
                    Machine.CURRENT,
                    built.tables().stream()
                            .map(table -> new Instance(
                                    table.table(),
                                    table.instance(),
                                    table.trace().logHeight()))
                            .toList());
        } catch (InvalidReceiptException e) {
            throw new AssertionError("a segment's tables are always those of a proof", e);
        }
    }

    /**
     * Takes the tree to the state after a segment whose proof is there already, and checks the proof.
     *
     * @throws IOException if the checkpoint's segment is not this one
     */
    private void resume(Receipt.Segment segment, SegmentRecord events) throws IOException {
        int[] before = tree.root();
        advance(events);
        clock.begin(events.index(), Phase.VERIFY);
        boolean same = segment.cycles() == events.cycles()
                && segment.endRow() == events.endRow()
                && Arrays.equals(segment.endRoot(), tree.root());
        try {
            if (!same) throw new InvalidReceiptException(Reason.CLAIM, "it is another run's");
            Verifier.verifySegment(receipt, segment, statement(events, before, tree.root()));
        } catch (InvalidReceiptException e) {
            throw new IOException(
                    "the checkpoint's segment " + events.index() + " does not verify (" + e.getMessage()
                            + "): delete its file, and it is proven again",
                    e);
        }
    }

    private void advance(SegmentRecord events) {
        int[] pages = events.pageIds();
        int[] digests = new int[pages.length * (InputDigest.BYTES / 4)];
        for (int i = 0; i < pages.length; i++) {
            PageDigest.of(events.lastWords(), i * MemoryMap.PAGE_WORDS, digests, i * (InputDigest.BYTES / 4));
        }
        tree.update(pages, digests);
    }
}
