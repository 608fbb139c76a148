package dev.aver.prover;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Backends;
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
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One proof, from the run to the receipt: segment after segment, so that memory is bounded by one of them. */
final class ProofRun {
    private final ProverOptions options;
    private final Program program;
    private final Input input;
    private final Backend backend;
    private final String backendReason;
    private final PhaseClock clock;

    ProofRun(ProverOptions options, Program program, Input input) {
        this.options = options;
        this.program = program;
        this.input = input;
        Backends.Choice choice = Backends.pick(options.backend());
        backend = choice.backend();
        backendReason = choice.reason();
        clock = new PhaseClock(options.progress());
    }

    Proved toEnd() throws NotProvableException, IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Planner.Planned planned = new Planner(options, program, input).plan(backendReason, cores);
        options.progress().planned(planned.plan());
        ProgramTable table = planned.program();
        clock.begin(0, Phase.PREPARE);
        ProvingKey key = ProvingKey.of(backend, options.suite(), table);

        Optional<Checkpoint> checkpoint = Optional.empty();
        if (options.checkpoint().isPresent()) {
            checkpoint = Optional.of(new Checkpoint(options.checkpoint().get()));
        }
        long[] salt = Salt.choose(options, checkpoint);
        MemoryTree tree = MemoryTree.of(program, input.toByteArray(), salt);
        Image image = new Image(table.entryRow(), key.commitment(), tree.programHalf());
        InputDigest inputDigest = new InputDigest(tree.inputHalf());
        int exitCode = ((Outcome.Halted) planned.execution().outcome()).exitCode();
        Receipt receipt = new Receipt(
                planned.parameters(),
                key.key().digest(),
                image,
                inputDigest,
                exitCode,
                planned.execution().journal(),
                List.of());
        if (checkpoint.isPresent())
            checkpoint.get().begin(receipt, planned.plan().segmentCycles());

        List<Receipt.Segment> segments = new ArrayList<>();
        SegmentTraces traces = new SegmentTraces(Machine.CURRENT, table);
        SegmentRecorder recorder = new SegmentRecorder(table);
        StarkProver prover = new StarkProver(backend, key);
        SegmentRecord record = null;
        for (SegmentSnapshot snapshot : planned.snapshots()) {
            int number = snapshot.index();
            clock.begin(number, Phase.RECORD);
            record = recorder.record(snapshot, record);
            Optional<Receipt.Segment> found = Optional.empty();
            if (checkpoint.isPresent()) found = checkpoint.get().find(number, planned.parameters(), table);
            Receipt.Segment segment;
            if (found.isPresent()) {
                segment = found.get();
                resume(receipt, segment, record, tree);
            } else {
                segment = prove(receipt, traces, prover, record, tree);
                if (checkpoint.isPresent()) checkpoint.get().keep(number, segment);
            }
            segments.add(segment);
            clock.end();
            options.progress().segment(number, segment.cycles(), found.isPresent());
        }
        Receipt whole = receipt.withSegments(segments);
        int bits = Verifier.security(whole).bits();
        return new Proved(whole, planned.execution(), planned.plan(), bits, clock.seconds());
    }

    private Receipt.Segment prove(
            Receipt receipt, SegmentTraces traces, StarkProver prover, SegmentRecord record, MemoryTree tree) {
        clock.begin(record.index(), Phase.TRACE);
        SegmentTraces.Segment built = traces.build(record, tree);
        ProofTables tables = tables(built);
        boolean last = record.halt() != null;
        SegmentStatement<E6> statement = Statements.of(
                receipt,
                record.startRow(),
                built.rootBefore(),
                record.endRow(),
                built.rootAfter(),
                last,
                record.cycles());
        StarkShape shape = new StarkShape(receipt.parameters(), tables);
        byte[] proof = prover.prove(shape, built.tables(), statement, phase -> clock.begin(record.index(), phase));
        Receipt.Segment segment =
                new Receipt.Segment(record.endRow(), built.rootAfter(), record.cycles(), tables, proof);
        clock.begin(record.index(), Phase.VERIFY);
        try {
            Verifier.verifySegment(receipt, segment, statement);
        } catch (InvalidReceiptException e) {
            throw new IllegalStateException(
                    "the proof of segment " + record.index() + " does not verify: a defect of the prover, or of memory",
                    e);
        }
        return segment;
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
    private void resume(Receipt receipt, Receipt.Segment segment, SegmentRecord record, MemoryTree tree)
            throws IOException {
        int[] before = tree.root();
        advance(tree, record);
        clock.begin(record.index(), Phase.VERIFY);
        SegmentStatement<E6> statement = Statements.of(
                receipt,
                record.startRow(),
                before,
                record.endRow(),
                tree.root(),
                record.halt() != null,
                record.cycles());
        boolean same = segment.cycles() == record.cycles()
                && segment.endRow() == record.endRow()
                && Arrays.equals(segment.endRoot(), tree.root());
        try {
            if (!same) throw new InvalidReceiptException(Reason.CLAIM, "it is another run's");
            Verifier.verifySegment(receipt, segment, statement);
        } catch (InvalidReceiptException e) {
            throw new IOException(
                    "the checkpoint's segment " + record.index() + " does not verify (" + e.getMessage()
                            + "): delete its file, and it is proven again",
                    e);
        }
    }

    private static void advance(MemoryTree tree, SegmentRecord record) {
        int[] pages = record.pageIds();
        int[] digests = new int[pages.length * (InputDigest.BYTES / 4)];
        for (int i = 0; i < pages.length; i++) {
            PageDigest.of(record.lastWords(), i * MemoryMap.PAGE_WORDS, digests, i * (InputDigest.BYTES / 4));
        }
        tree.update(pages, digests);
    }
}
