package dev.aver.prover.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.Opening;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.CommittedTree;
import dev.aver.verifier.pcs.FriSchedule;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.pcs.Openings;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.pcs.PcsShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens commitments at ζ and ζ·g, and proves that the values are right, as {@link dev.aver.verifier.pcs.PcsVerifier}
 * checks it. The result is a function of the codewords and the transcript: nothing is random.
 *
 * <p>Nothing here checks what it proves: codewords that are not of low degree give a proof that is rejected.
 */
public final class PcsProver {
    private final Backend backend;
    private final PcsShape shape;
    private final Parameters parameters;
    private final List<CommittedMatrices> commitments;

    /** A committed codeword of the low-degree test. */
    private record Layer(FriSchedule.Fold fold, CommittedTree tree) {}

    /**
     * A prover.
     *
     * @param shape what is opened
     * @param commitments as the shape says, of trees with its parameters' cap
     */
    public PcsProver(Backend backend, PcsShape shape, List<CommittedMatrices> commitments) {
        assert commitments.size() == shape.commitments().size() : commitments.size();
        this.backend = backend;
        this.shape = shape;
        this.commitments = List.copyOf(commitments);
        parameters = shape.parameters();
    }

    /**
     * Writes the openings and the rest of the proof.
     *
     * @param transcript in which the caps were absorbed, and from which ζ was drawn; it is continued
     * @param zeta outside K
     * @return the opened values
     */
    public Openings<E6> prove(Transcript transcript, E6 zeta, ProofWriter proof) {
        List<E6> values = evaluate(zeta);
        values.forEach(value -> say(value, transcript, proof));
        Openings<E6> openings = new Openings<>(shape, values);
        E6 lambda = transcript.challenge();

        List<Layer> layers = new ArrayList<>();
        int[] codeword = reduce(shape.maxLogSize(), openings, zeta, lambda);
        for (FriSchedule.Fold fold : shape.schedule().folds()) {
            CommittedTree tree = backend.commit(parameters.suite(), shape.tree(fold), codeword);
            layers.add(new Layer(fold, tree));
            int[] cap = tree.cap();
            proof.digests(parameters.suite(), cap);
            transcript.absorbDigests(parameters.suite(), cap);
            E6 beta = transcript.challenge();
            codeword = backend.fold(codeword, fold.logSize(), fold.arityLog(), beta);
            if ((shape.logSizes() >> fold.nextLogSize() & 1) != 0) {
                int[] entering = reduce(fold.nextLogSize(), openings, zeta, lambda);
                backend.accumulate(codeword, entering, fold.nextLogSize(), beta.pow(fold.arity()));
                backend.buffers().give(entering);
            }
        }
        int[] last = backend.interpolate(codeword, parameters.finalLog());
        for (int at = 0; at < last.length; at += E6.DEGREE) say(E6.read(last, at, 1), transcript, proof);

        int nonce = backend.grind(transcript, parameters.grindingBits());
        proof.base(nonce);
        transcript.provesWork(nonce, parameters.grindingBits());
        for (int i = 0; i < parameters.queries(); i++) {
            answer(transcript.index(shape.maxLogSize()), layers, proof);
        }
        return openings;
    }

    private static void say(E6 element, Transcript transcript, ProofWriter proof) {
        proof.element(element);
        transcript.absorb(element);
    }

    /** The points at which a matrix is opened. */
    private static List<E6> points(OpenedMatrix matrix, E6 zeta) {
        E6 next = zeta.times(KoalaBear.rootOfUnity(matrix.logHeight()));
        return matrix.next() ? List.of(zeta, next) : List.of(zeta);
    }

    /** All values, in the order of the openings. */
    private List<E6> evaluate(E6 zeta) {
        List<E6> values = new ArrayList<>();
        for (int c = 0; c < commitments.size(); c++) {
            List<OpenedMatrix> matrices = shape.commitments().get(c).matrices();
            for (int m = 0; m < matrices.size(); m++) {
                OpenedMatrix matrix = matrices.get(m);
                int[] codewords = commitments.get(c).codewords().get(m);
                for (E6 point : points(matrix, zeta)) {
                    values.addAll(backend.evaluate(
                            codewords, matrix.logHeight(), matrix.width(), parameters.logBlowup(), point));
                }
            }
        }
        return values;
    }

    /** The reduced codeword of length 2^logSize. */
    private int[] reduce(int logSize, Openings<E6> openings, E6 zeta, E6 lambda) {
        List<Backend.Opened> opened = new ArrayList<>();
        for (int c = 0; c < commitments.size(); c++) {
            List<OpenedMatrix> matrices = shape.commitments().get(c).matrices();
            for (int m = 0; m < matrices.size(); m++) {
                OpenedMatrix matrix = matrices.get(m);
                if (shape.logSize(matrix) != logSize) continue;
                List<E6> values = new ArrayList<>();
                for (int point = 0; point < matrix.points(); point++) values.addAll(openings.row(c, m, point));
                int[] codewords = commitments.get(c).codewords().get(m);
                opened.add(new Backend.Opened(codewords, matrix.width(), points(matrix, zeta), values));
            }
        }
        return backend.reduce(logSize, opened, lambda);
    }

    /** Opens every tree at an index of the longest codeword. */
    private void answer(int index, List<Layer> layers, ProofWriter proof) {
        int bits = shape.maxLogSize();
        for (int c = 0; c < commitments.size(); c++) {
            CommittedTree tree = commitments.get(c).tree();
            Opening opening = tree.open(index >> (bits - tree.shape().logHeight()));
            proof.row(opening.rows(), 0, opening.rows().length);
            proof.digests(shape.commitments().get(c).suite(), opening.path());
        }
        for (Layer layer : layers) {
            Opening opening = layer.tree.open(index >> (bits - layer.fold.nextLogSize()));
            proof.row(opening.rows(), 0, opening.rows().length);
            proof.digests(parameters.suite(), opening.path());
        }
    }
}
