package dev.aver.prover.stark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.verifier.stark.StarkVerifier;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.record.SegmentRecorder;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.segment.SegmentRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentProofTest {
    @Test
    void provesAndVerifies() throws Exception {
        Program program = Program.fromElf(Path.of(System.getProperty("elf")));
        int log = Integer.getInteger("log", 14);
        ProgramTable table = ProgramTable.of(program);
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        new Executor(program, Limits.standard(), SegmentRule.ofCycles(1 << log), Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        MemoryTree tree = MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]);
        SegmentTraces traces = new SegmentTraces(Machine.CURRENT, table);
        SegmentRecord record = new SegmentRecorder(table).record(snapshots.getFirst(), null);
        long t0 = System.nanoTime();
        SegmentTraces.Segment segment = traces.build(record, tree);
        long t1 = System.nanoTime();
        Backend backend = dev.aver.prover.backend.Backends.pick(System.getProperty("backend", "auto"))
                .backend();
        ProvingKey key = ProvingKey.of(backend, HashSuite.POSEIDON2, table);
        Parameters parameters = new Parameters(HashSuite.POSEIDON2, 1, 230, 20, 6, 5, 3);
        ProofTables tables = new ProofTables(
                Machine.CURRENT,
                segment.tables().stream()
                        .map(t -> new ProofTables.Instance(
                                t.table(), t.instance(), t.trace().logHeight()))
                        .toList());
        StarkShape shape = new StarkShape(parameters, tables);
        SegmentStatement<E6> statement = new SegmentStatement<>(
                list(new Image(table.entryRow(), key.commitment(), tree.programHalf())
                        .id()
                        .digest()),
                num(record.startRow()),
                list(segment.rootBefore()),
                num(record.endRow()),
                list(segment.rootAfter()),
                num(record.halt() == null ? 0 : 1),
                list(new int[18]),
                num(record.cycles()));
        long t2 = System.nanoTime();
        byte[] proof = new StarkProver(backend, key)
                .prove(
                        shape,
                        segment.tables(),
                        statement,
                        phase -> System.out.println(phase + " " + System.nanoTime() / 1000000 % 1000000));
        long t3 = System.nanoTime();
        System.out.printf(
                "traces %d ms, key %d ms, proof %d ms, %d bytes, expected %d%n",
                (t1 - t0) / 1000000, (t2 - t1) / 1000000, (t3 - t2) / 1000000, proof.length, shape.proofBytes());
        long cells = 0;
        for (SegmentTraces.Table t : segment.tables()) {
            cells += (long) t.trace().air().cells() << t.trace().logHeight();
            System.out.printf(
                    "%s 2^%d × %d, %d cells%n",
                    t.trace().air().name(),
                    t.trace().logHeight(),
                    t.trace().air().width(),
                    t.trace().air().cells());
        }
        System.out.printf(
                "%d cycles, %.1f cells per cycle, %.1f kHz%n",
                record.cycles(), 1.0 * cells / record.cycles(), record.cycles() * 1e6 / (t3 - t2));
        for (int i = 0; i < 3; i++) {
            long t4 = System.nanoTime();
            ProofReader reader = new ProofReader(proof);
            new StarkVerifier<>(new HostAlgebra(reader, HashSuite.POSEIDON2.transcript()), key.key(), shape)
                    .verify(
                            digests(key.key().fixedCap()),
                            digests(key.commitment().cap()),
                            statement);
            reader.end();
            System.out.printf("verified in %d ms%n", (System.nanoTime() - t4) / 1000000);
        }
        assertThat(proof.length).isEqualTo(shape.proofBytes());
    }

    private static List<int[]> digests(int[] cap) {
        List<int[]> all = new ArrayList<>();
        for (int at = 0; at < cap.length; at += 9) all.add(Arrays.copyOfRange(cap, at, at + 9));
        return all;
    }

    private static E6 num(int n) {
        return E6.of(KoalaBear.of(n));
    }

    private static List<E6> list(int[] elements) {
        return Arrays.stream(elements).mapToObj(E6::of).toList();
    }
}
