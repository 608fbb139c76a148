package dev.aver.prover.attack;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.FixedKeys;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Backends;
import dev.aver.prover.stark.ProvingKey;
import dev.aver.prover.stark.StarkProver;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Statements;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.zkvm.Console;
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

/**
 * A program's run, with what proving it takes, step by step: so that a test can lie at any step. Proofs have three
 * queries, which no policy admits.
 */
final class Run {
    /** So few queries that a test can afford many proofs; secure against nobody. */
    static final Parameters FEW = few(HashSuite.POSEIDON2);

    private final Backend backend;
    private final Parameters parameters;
    private final Program program;
    private final byte[] input;
    private final ProgramTable table;
    private final ProvingKey key;
    private final SegmentTraces traces;
    private final List<SegmentSnapshot> snapshots = new ArrayList<>();
    private final int exitCode;
    private ProverFactory prover = StarkProver::new;

    /** Makes what proves. */
    interface ProverFactory {
        StarkProver of(Backend backend, ProvingKey key);
    }

    /** Runs a program whose journal is empty, in segments of at most {@code cycles} cycles. */
    Run(Program program, byte[] input, int cycles) {
        this(HashSuite.POSEIDON2, program, input, cycles, Backends.pick("auto").backend());
    }

    /** The same, proven by this backend. */
    Run(Program program, byte[] input, int cycles, Backend backend) {
        this(HashSuite.POSEIDON2, program, input, cycles, backend);
    }

    /** The same, to be proven with this suite. */
    Run(HashSuite suite, Program program, byte[] input, int cycles) {
        this(suite, program, input, cycles, Backends.pick("auto").backend());
    }

    private Run(HashSuite suite, Program program, byte[] input, int cycles, Backend backend) {
        this.backend = backend;
        parameters = few(suite);
        this.program = program;
        this.input = input.clone();
        Executor executor = new Executor(
                program, Limits.standard(), SegmentRule.ofCycles(cycles), Executor.EngineFactory.interpreter());
        Outcome outcome =
                executor.run(Input.of(this.input), Console.NONE, snapshots::add).outcome();
        exitCode = ((Outcome.Halted) outcome).exitCode();
        table = ProgramTable.of(program);
        key = ProvingKey.of(backend, suite, FixedKeys.compute(backend, suite), table);
        traces = new SegmentTraces(Machine.CURRENT, table, backend.buffers());
    }

    private static Parameters few(HashSuite suite) {
        return new Parameters(suite, 1, 3, 1, 6, 6, 3);
    }

    /** From now on proofs are by such a prover. */
    void proveWith(ProverFactory other) {
        prover = other;
    }

    int segments() {
        return snapshots.size();
    }

    ProgramTable table() {
        return table;
    }

    /** Memory at the start. */
    MemoryTree memory() {
        return MemoryTree.of(program, input, new long[MemoryTree.SALT_WORDS]);
    }

    /** What happened in a segment: to be changed at will. */
    SegmentRecord record(int segment) {
        return new SegmentRecorder(table).record(snapshots.get(segment), null);
    }

    SegmentTraces.Segment build(SegmentRecord record, MemoryTree memory) {
        return traces.build(record, memory);
    }

    /** The receipt that an honest prover begins with: it has no segments yet. */
    Receipt header() {
        MemoryTree memory = memory();
        return new Receipt(
                parameters,
                key.key().digest(),
                new Image(table.entryRow(), key.commitment(), memory.programHalf()),
                new InputDigest(memory.inputHalf()),
                exitCode,
                new byte[0],
                List.of());
    }

    /** What the record of a segment says, as a statement. */
    SegmentStatement<E6> statement(Receipt receipt, SegmentRecord record, SegmentTraces.Segment built) {
        return Statements.of(
                receipt,
                record.startRow(),
                built.rootBefore(),
                record.endRow(),
                built.rootAfter(),
                record.halt() != null,
                record.cycles());
    }

    /** A proof of the statement, with these tables; the statement's end is the segment's. */
    Receipt.Segment prove(
            Receipt receipt,
            List<SegmentTraces.Table> tables,
            SegmentRecord record,
            int[] endRoot,
            SegmentStatement<E6> statement)
            throws InvalidReceiptException {
        ProofTables list = new ProofTables(
                Machine.CURRENT,
                tables.stream()
                        .map(table -> new Instance(
                                table.table(), table.instance(), table.trace().logHeight()))
                        .toList());
        StarkShape shape = new StarkShape(receipt.parameters(), list);
        byte[] proof = prover.of(backend, key).prove(shape, tables, statement, phase -> {});
        return new Receipt.Segment(record.endRow(), endRoot, record.cycles(), list, proof);
    }

    /** An honest receipt of the first segments. */
    Receipt prove(int segments) throws InvalidReceiptException {
        Receipt receipt = header();
        MemoryTree memory = memory();
        List<Receipt.Segment> proved = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            SegmentRecord record = record(i);
            SegmentTraces.Segment built = build(record, memory);
            proved.add(prove(receipt, built.tables(), record, built.rootAfter(), statement(receipt, record, built)));
        }
        return receipt.withSegments(proved);
    }
}
