package dev.aver.prover.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.Buffers;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.prover.pcs.PcsProver;
import dev.aver.prover.pcs.ProofWriter;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.Trace;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.stark.BusTotals;
import dev.aver.verifier.stark.SegmentHeader;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Proves a segment: commits to its traces, to the permutation columns, to the quotient, and opens everything, in the
 * order in which {@link dev.aver.verifier.stark.StarkVerifier} reads it. Nothing is random, so the same traces give the
 * same bytes. Nothing is checked either: traces that satisfy no constraint give a proof that is rejected.
 */
public class StarkProver {
    private final Backend backend;
    private final ProvingKey key;

    /** By the logarithm of a table's height: the same in every segment. */
    private final Map<Integer, CosetPoints> points = new ConcurrentHashMap<>();

    /** A prover for one program. */
    public StarkProver(Backend backend, ProvingKey key) {
        this.backend = backend;
        this.key = key;
    }

    /**
     * The proof's bytes.
     *
     * @param shape of the key's suite, with the same tables in the same order
     * @param tables the traces, in arrays of the backend's buffers, which get them back
     * @param statement what is proven
     * @param phases told which step begins
     */
    public final byte[] prove(
            StarkShape shape,
            List<SegmentTraces.Table> tables,
            SegmentStatement<E6> statement,
            Consumer<Phase> phases) {
        Buffers buffers = backend.buffers();
        HashSuite suite = shape.parameters().suite();
        Transcript transcript = suite.transcript();
        ProofWriter proof = new ProofWriter(Math.toIntExact(shape.proofBytes()));
        HostAlgebra absorber = new HostAlgebra(new ProofReader(new byte[0]), transcript);
        SegmentHeader.absorb(
                absorber,
                key.key(),
                shape,
                HashSuite.split(HashSuite.POSEIDON2, key.commitment().cap()),
                statement);

        phases.accept(Phase.COMMIT);
        List<Trace> traces = tables.stream().map(SegmentTraces.Table::trace).toList();
        List<int[]> main = new ArrayList<>();
        for (Trace trace : traces)
            main.add(extend(shape, trace.main(), trace, trace.air().width()));
        CommittedMatrices mainCommitment = commit(shape, StarkShape.MAIN, main, transcript, proof);

        phases.accept(Phase.PERMUTATION);
        Challenges buses = new Challenges(transcript.challenge(), transcript.challenge());
        List<int[]> permutation = new ArrayList<>();
        List<BusTotals<E6>> totals = new ArrayList<>();
        // One pair of arrays, for all tables in turn.
        int[] steps = buffers.take(longest(traces, PermutationColumns::steps));
        int[] accumulators = buffers.take(longest(traces, PermutationColumns::accumulators));
        for (Trace trace : traces) {
            totals.add(fill(trace, buses, steps, accumulators));
            int width = PermutationColumns.steps(trace.air());
            if (width > 0) permutation.add(extend(shape, steps, trace, width));
            permutation.add(extend(shape, accumulators, trace, PermutationColumns.accumulators(trace.air())));
            buffers.give(trace.main());
        }
        buffers.give(steps);
        buffers.give(accumulators);
        CommittedMatrices permutationCommitment = commit(shape, StarkShape.PERMUTATION, permutation, transcript, proof);
        for (int place = 0; place < traces.size(); place++) {
            if (traces.get(place).air().exchanges() > 0) send(totals.get(place).product(), transcript, proof);
            send(totals.get(place).sum(), transcript, proof);
        }

        phases.accept(Phase.QUOTIENT);
        E6 constraintChallenge = transcript.challenge();
        E6 tableChallenge = transcript.challenge();
        Quotient quotient = new Quotient(
                backend,
                shape,
                buses,
                constraintChallenge,
                logHeight -> points.computeIfAbsent(
                        logHeight,
                        log -> new CosetPoints(log, shape.parameters().logBlowup())));
        E6 weight = E6.ONE;
        for (int place = 0; place < traces.size(); place++) {
            quotient.add(place, codewords(shape, place, main, permutation), totals.get(place), weight);
            weight = weight.times(tableChallenge);
        }
        CommittedMatrices quotientCommitment =
                commit(shape, StarkShape.QUOTIENT, List.of(quotient.codewords()), transcript, proof);

        phases.accept(Phase.OPEN);
        E6 zeta = transcript.challenge();
        new PcsProver(
                        backend,
                        shape.pcs(),
                        List.of(key.fixed(), key.program(), mainCommitment, permutationCommitment, quotientCommitment))
                .prove(transcript, zeta, proof);
        return proof.toByteArray();
    }

    /** A table's permutation columns and what they come to. A prover that cheats computes others. */
    BusTotals<E6> fill(Trace trace, Challenges buses, int[] steps, int[] accumulators) {
        return PermutationColumns.fill(backend, trace, buses, steps, accumulators);
    }

    private static void send(E6 element, Transcript transcript, ProofWriter proof) {
        proof.element(element);
        transcript.absorb(element);
    }

    /** The most elements of so many columns of a table. */
    private static int longest(List<Trace> traces, ToIntFunction<Air> columns) {
        return traces.stream()
                .mapToInt(trace -> Math.multiplyExact(columns.applyAsInt(trace.air()), 1 << trace.logHeight()))
                .max()
                .orElse(0);
    }

    private int[] extend(StarkShape shape, int[] columns, Trace trace, int width) {
        return backend.extend(
                columns, trace.logHeight(), width, shape.parameters().logBlowup());
    }

    private CommittedMatrices commit(
            StarkShape shape, int commitment, List<int[]> codewords, Transcript transcript, ProofWriter proof) {
        HashSuite suite = shape.parameters().suite();
        CommittedTree tree = backend.commit(suite, shape.pcs().tree(commitment), codewords);
        proof.digests(suite, tree.cap());
        transcript.absorbDigests(suite, tree.cap());
        return new CommittedMatrices(codewords, tree);
    }

    private TableQuotient.Codewords codewords(StarkShape shape, int place, List<int[]> main, List<int[]> permutation) {
        Air air = shape.tables().kind(place).air();
        int[] preprocessed = {};
        if (!air.preprocessed().isEmpty()) {
            boolean program = shape.preprocessedCommitment(place) == StarkShape.PROGRAM;
            CommittedMatrices committed = program ? key.program() : key.fixed();
            preprocessed = committed.codewords().get(shape.preprocessedMatrix(place));
        }
        int accumulators = shape.accumulators(place);
        int[] steps = air.steps() > 0 ? permutation.get(accumulators - 1) : new int[0];
        return new TableQuotient.Codewords(main.get(place), preprocessed, steps, permutation.get(accumulators));
    }
}
