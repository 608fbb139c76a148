package dev.aver.prover.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.prover.backend.Backend;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.pcs.OpenedCommitment;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.pcs.Openings;
import dev.aver.verifier.pcs.PcsShape;
import dev.aver.verifier.pcs.PcsVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Traces of a shape, and both sides' protocol around opening them.
 *
 * @param traces by commitment, then matrix: column by column
 */
record OpeningCase(PcsShape shape, List<List<int[]>> traces) {
    /** Random traces. */
    static OpeningCase random(PcsShape shape, long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        List<List<int[]>> traces = new ArrayList<>();
        for (OpenedCommitment commitment : shape.commitments()) {
            traces.add(commitment.matrices().stream()
                    .map(matrix -> source.ints((long) matrix.width() << matrix.logHeight(), 0, KoalaBear.P)
                            .toArray())
                    .toList());
        }
        return new OpeningCase(shape, traces);
    }

    /** The codewords of all traces. */
    List<List<int[]>> codewords(Backend backend) {
        List<List<int[]>> codewords = new ArrayList<>();
        for (int c = 0; c < traces.size(); c++) {
            List<int[]> matrices = new ArrayList<>();
            for (int m = 0; m < traces.get(c).size(); m++) {
                OpenedMatrix form = shape.commitments().get(c).matrices().get(m);
                matrices.add(backend.extend(
                        traces.get(c).get(m),
                        form.logHeight(),
                        form.width(),
                        shape.parameters().logBlowup()));
            }
            codewords.add(matrices);
        }
        return codewords;
    }

    /** What a verifier gets, and what the prover thinks it has opened. */
    record Proof(List<int[]> caps, byte[] bytes, Openings<E6> openings) {}

    /** Commits to codewords and opens them. */
    Proof prove(Backend backend, List<List<int[]>> codewords) {
        List<CommittedMatrices> commitments = new ArrayList<>();
        List<int[]> caps = new ArrayList<>();
        for (int c = 0; c < codewords.size(); c++) {
            HashSuite suite = shape.commitments().get(c).suite();
            CommittedMatrices committed =
                    new CommittedMatrices(codewords.get(c), backend.commit(suite, shape.tree(c), codewords.get(c)));
            commitments.add(committed);
            caps.add(committed.tree().cap());
        }
        Transcript transcript = transcript(caps);
        E6 zeta = transcript.challenge();
        ProofWriter proof = new ProofWriter();
        Openings<E6> openings = new PcsProver(backend, shape, commitments).prove(transcript, zeta, proof);
        return new Proof(caps, proof.toByteArray(), openings);
    }

    Proof prove(Backend backend) {
        return prove(backend, codewords(backend));
    }

    /** Verifies and gives the openings. */
    Openings<E6> verify(Proof proof) throws InvalidReceiptException {
        ProofReader reader = new ProofReader(proof.bytes);
        Transcript transcript = transcript(proof.caps);
        E6 zeta = transcript.challenge();
        HostAlgebra algebra = new HostAlgebra(reader, transcript);
        PcsVerifier<E6, int[], int[], Integer> verifier = new PcsVerifier<>(algebra, shape);
        Openings<E6> openings = verifier.readOpenings();
        List<List<int[]>> caps = new ArrayList<>();
        for (int c = 0; c < proof.caps.size(); c++) {
            int digest = shape.commitments().get(c).suite().digestLength();
            int[] cap = proof.caps.get(c);
            List<int[]> digests = new ArrayList<>();
            for (int at = 0; at < cap.length; at += digest) digests.add(Arrays.copyOfRange(cap, at, at + digest));
            caps.add(digests);
        }
        verifier.verify(caps, zeta, openings);
        reader.end();
        return openings;
    }

    private Transcript transcript(List<int[]> caps) {
        Transcript transcript = shape.parameters().suite().transcript();
        transcript.absorbString("a test of openings");
        for (int c = 0; c < caps.size(); c++) {
            transcript.absorbDigests(shape.commitments().get(c).suite(), caps.get(c));
        }
        return transcript;
    }
}
