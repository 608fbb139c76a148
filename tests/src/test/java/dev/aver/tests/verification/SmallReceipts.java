package dev.aver.tests.verification;

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
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Code;
import dev.aver.zkvm.testing.Programs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts with so few queries that a slow verifier is done with them in a second. They prove next to nothing, and no
 * policy admits them.
 */
final class SmallReceipts {
    private static final int SHORTEST_SEGMENT = 1 << 14;

    private SmallReceipts() {}

    /** Parameters like those of real receipts, but for queries and work. */
    static Parameters parameters(HashSuite suite, int queries) {
        return new Parameters(suite, 1, queries, 5, 7, 6, 3);
    }

    /** Publishes "twice" and halts with its digest: one segment of a few cycles. */
    static Program publishing() throws InvalidProgramException {
        byte[] journal = "twice".getBytes(StandardCharsets.UTF_8);
        byte[] digest = sha256(journal);
        Code code = new Code();
        code.at("_start").write(3, "journal", journal.length);
        code.li(Code.A0, 0).la(Code.A1, "digest").op(Op.LUI, Code.A7, 0, 0, 0x1000);
        code.op(Op.ECALL, 0, 0, 0, 0).nops(1).at("digest");
        for (int i = 0; i < digest.length; i += 4) {
            code.word((digest[i] & 0xff)
                    | (digest[i + 1] & 0xff) << 8
                    | (digest[i + 2] & 0xff) << 16
                    | digest[i + 3] << 24);
        }
        return Program.fromElf(code.at("journal").string("twice").elf().build());
    }

    /** Exits with a checksum after somewhat more than one segment of 2^14 cycles, using all tables. */
    static Program mixed() {
        return Programs.mixed(600, 1 << 12);
    }

    /** The receipt of a run without input. */
    static Receipt prove(Program program, Parameters parameters) throws InvalidReceiptException {
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        SegmentRule rule = SegmentRule.ofCycles(SHORTEST_SEGMENT);
        Execution execution = new Executor(program, Limits.standard(), rule, Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        ProgramTable table = ProgramTable.of(program);
        Backend backend = Backends.pick("auto").backend();
        ProvingKey key =
                ProvingKey.of(backend, parameters.suite(), FixedKeys.compute(backend, parameters.suite()), table);
        MemoryTree tree = MemoryTree.of(program, new byte[0], new long[] {5, 4, 3, 2, 1});
        Receipt receipt = new Receipt(
                parameters,
                key.key().digest(),
                new Image(table.entryRow(), key.commitment(), tree.programHalf()),
                new InputDigest(tree.inputHalf()),
                ((Outcome.Halted) execution.outcome()).exitCode(),
                execution.journal(),
                List.of());
        List<Receipt.Segment> segments = new ArrayList<>();
        SegmentRecorder recorder = new SegmentRecorder(table);
        SegmentTraces traces = new SegmentTraces(Machine.CURRENT, table);
        StarkProver prover = new StarkProver(backend, key);
        for (SegmentSnapshot snapshot : snapshots) {
            SegmentRecord record = recorder.record(snapshot, null);
            SegmentTraces.Segment built = traces.build(record, tree);
            ProofTables tables = tables(built);
            SegmentStatement<E6> statement = Statements.of(
                    receipt,
                    record.startRow(),
                    built.rootBefore(),
                    record.endRow(),
                    built.rootAfter(),
                    record.halt() != null,
                    record.cycles());
            byte[] proof = prover.prove(new StarkShape(parameters, tables), built.tables(), statement, phase -> {});
            segments.add(new Receipt.Segment(record.endRow(), built.rootAfter(), record.cycles(), tables, proof));
        }
        return receipt.withSegments(segments);
    }

    private static ProofTables tables(SegmentTraces.Segment built) throws InvalidReceiptException {
        return new ProofTables(
                Machine.CURRENT,
                built.tables().stream()
                        .map(table -> new ProofTables.Instance(
                                table.table(), table.instance(), table.trace().logHeight()))
                        .toList());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
