package dev.aver.verifier.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.pcs.NaivePcsProver.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Something to open: a shape with polynomials, and both sides' protocol around the opening proof. */
record Instance(PcsShape shape, List<List<Columns>> polynomials) {
    /** Random polynomials of the shape's degrees. */
    static Instance random(PcsShape shape, long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        List<List<Columns>> all = new ArrayList<>();
        for (OpenedCommitment commitment : shape.commitments()) {
            List<Columns> matrices = new ArrayList<>();
            for (OpenedMatrix matrix : commitment.matrices()) {
                List<int[]> columns = new ArrayList<>();
                for (int i = 0; i < matrix.width(); i++) {
                    columns.add(
                            source.ints(1 << matrix.logHeight(), 0, KoalaBear.P).toArray());
                }
                matrices.add(new Columns(columns));
            }
            all.add(matrices);
        }
        return new Instance(shape, all);
    }

    /** This with the last column of a matrix replaced. */
    Instance with(int commitment, int matrix, int[] coefficients) {
        List<List<Columns>> all = new ArrayList<>(polynomials);
        List<Columns> matrices = new ArrayList<>(all.get(commitment));
        List<int[]> columns = new ArrayList<>(matrices.get(matrix).coefficients());
        columns.set(columns.size() - 1, coefficients);
        matrices.set(matrix, new Columns(columns));
        all.set(commitment, matrices);
        return new Instance(shape, all);
    }

    /** A proof as a verifier gets it. */
    record Proof(List<int[]> caps, byte[] bytes) {}

    /** What was said before the opening: here, the caps. */
    static Transcript transcript(PcsShape shape, List<int[]> caps) {
        Transcript transcript = shape.parameters().suite().transcript();
        transcript.absorbString("an opening on its own");
        for (int i = 0; i < caps.size(); i++) {
            transcript.absorbDigests(shape.commitments().get(i).suite(), caps.get(i));
        }
        return transcript;
    }

    Proof prove() {
        return prove(new NaivePcsProver(shape, polynomials));
    }

    Proof prove(NaivePcsProver prover) {
        List<int[]> caps = new ArrayList<>();
        for (int i = 0; i < polynomials.size(); i++) caps.add(prover.cap(i));
        Transcript transcript = transcript(shape, caps);
        E6 zeta = transcript.challenge();
        return new Proof(caps, prover.prove(transcript, zeta));
    }

    /** Verifies and gives the openings. */
    Openings<E6> verify(Proof proof) throws InvalidReceiptException {
        ProofReader reader = new ProofReader(proof.bytes());
        Transcript transcript = transcript(shape, proof.caps());
        E6 zeta = transcript.challenge();
        HostAlgebra algebra = new HostAlgebra(reader, transcript);
        PcsVerifier<E6, int[], int[], Integer> verifier = new PcsVerifier<>(algebra, shape);
        Openings<E6> openings = verifier.readOpenings();
        List<List<int[]>> caps = new ArrayList<>();
        for (int i = 0; i < proof.caps().size(); i++) {
            caps.add(digests(shape.commitments().get(i).suite(), proof.caps().get(i)));
        }
        verifier.verify(caps, zeta, openings);
        reader.end();
        return openings;
    }

    private static List<int[]> digests(HashSuite suite, int[] cap) {
        List<int[]> digests = new ArrayList<>();
        int length = suite.digestLength();
        for (int at = 0; at < cap.length; at += length) digests.add(Arrays.copyOfRange(cap, at, at + length));
        return digests;
    }
}
