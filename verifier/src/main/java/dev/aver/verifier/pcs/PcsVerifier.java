package dev.aver.verifier.pcs;

import static java.util.Objects.requireNonNull;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that opened values are those of what was committed to: that every column of every commitment is close to a
 * polynomial of low degree, which has these values at ζ and ζ·g (docs/protocol.md, section 6). The low-degree test is
 * FRI (E. Ben-Sasson, I. Bentov, Y. Horesh, M. Riabzev, <i>Fast Reed-Solomon Interactive Oracle Proofs of
 * Proximity</i>, ICALP 2018) over codewords of several lengths, each of which joins the folded longer ones at its own.
 *
 * <p>The caller has absorbed the parameters, everything that the shape follows from, and the caps, and has drawn ζ. One
 * instance checks one proof: first {@link #readOpenings}, then {@link #verify}.
 */
public final class PcsVerifier<V, D, R, I> {
    private final Algebra<V, D, R, I> algebra;
    private final PcsShape shape;
    private final Parameters parameters;
    private final FriSchedule schedule;

    /** A committed codeword of the low-degree test and the challenge drawn after it. */
    private record Layer<V, D, R, I>(FriSchedule.Fold fold, TreeVerifier<V, D, R, I> tree, V beta) {}

    /** A verifier for proofs of this shape. */
    public PcsVerifier(Algebra<V, D, R, I> algebra, PcsShape shape) {
        this.algebra = algebra;
        this.shape = shape;
        parameters = shape.parameters();
        schedule = shape.schedule();
    }

    /** Reads a cap of 2^capLog digests and absorbs it. */
    public static <D> List<D> readCap(Algebra<?, D, ?, ?> algebra, HashSuite suite, int capLog)
            throws InvalidReceiptException {
        List<D> cap = new ArrayList<>();
        for (int i = 0; i < 1 << capLog; i++) {
            D digest = algebra.digest(suite);
            algebra.absorb(suite, digest);
            cap.add(digest);
        }
        return cap;
    }

    /** Reads the opened values and absorbs them. They mean something only when {@link #verify} has returned. */
    public Openings<V> readOpenings() throws InvalidReceiptException {
        return new Openings<>(shape, readElements(shape.openings()));
    }

    /**
     * Reads the rest of the proof and checks the openings.
     *
     * @param caps the commitments: a cap for each of the shape's
     * @param zeta the point; the values of columns that are opened in the next row too are also those at ζ·g
     * @param openings what {@link #readOpenings} gave
     * @throws InvalidReceiptException if a value is not that of what was committed to, or the bytes are malformed
     */
    public void verify(List<List<D>> caps, V zeta, Openings<V> openings) throws InvalidReceiptException {
        V lambda = algebra.challenge();
        Map<Integer, ReducedOpenings<V, D, R, I>> reduced = new HashMap<>();
        for (int size = shape.maxLogSize(); size >= 0; size--) {
            if (((shape.logSizes() >> size) & 1) == 0) continue;
            reduced.put(size, new ReducedOpenings<>(algebra, openings, size, zeta, lambda));
        }
        List<TreeVerifier<V, D, R, I>> trees = new ArrayList<>();
        for (int i = 0; i < shape.commitments().size(); i++) {
            HashSuite suite = shape.commitments().get(i).suite();
            trees.add(new TreeVerifier<>(algebra, suite, shape.tree(i), caps.get(i)));
        }
        List<Layer<V, D, R, I>> layers = new ArrayList<>();
        for (FriSchedule.Fold fold : schedule.folds()) {
            List<D> cap = readCap(algebra, parameters.suite(), parameters.capLog());
            TreeVerifier<V, D, R, I> tree = new TreeVerifier<>(algebra, parameters.suite(), shape.tree(fold), cap);
            layers.add(new Layer<>(fold, tree, algebra.challenge()));
        }
        List<V> last = readElements(1 << parameters.finalLog());
        algebra.proofOfWork(parameters.grindingBits());
        for (int i = 0; i < parameters.queries(); i++) query(trees, reduced, layers, last);
    }

    /**
     * Follows one index from the commitments to the last polynomial. Nothing is absorbed any more, so the indices are
     * all determined before the first one is opened.
     */
    private void query(
            List<TreeVerifier<V, D, R, I>> trees,
            Map<Integer, ReducedOpenings<V, D, R, I>> reduced,
            List<Layer<V, D, R, I>> layers,
            List<V> last)
            throws InvalidReceiptException {
        int bits = shape.maxLogSize();
        I index = algebra.index(bits);
        List<List<R>> rows = new ArrayList<>();
        for (TreeVerifier<V, D, R, I> tree : trees) rows.add(tree.open(index, bits - tree.logHeight()));
        int size = bits;
        V value = requireNonNull(reduced.get(size)).at(rows, index, 0);
        for (Layer<V, D, R, I> layer : layers) {
            FriSchedule.Fold fold = layer.fold;
            int below = bits - fold.nextLogSize();
            List<V> group = layer.tree.openElements(index, below, fold.arity());
            V entry = algebra.select(group, index, bits - size, fold.arityLog());
            algebra.assertEqual(entry, value, Reason.LOW_DEGREE);
            // The group lies at s·u, where u runs through the subgroup of its size.
            V s = algebra.point(index, below, fold.nextLogSize(), fold.arityLog() + 1);
            V ratio = algebra.mul(layer.beta, algebra.inverse(s));
            value = Polynomials.interpolate(algebra, group, ratio);
            size = fold.nextLogSize();
            ReducedOpenings<V, D, R, I> entering = reduced.get(size);
            if (entering == null) continue;
            V fresh = Polynomials.power(algebra, layer.beta, fold.arity());
            value = algebra.add(value, algebra.mul(fresh, entering.at(rows, index, bits - size)));
        }
        V y = algebra.point(index, bits - size, size, 1);
        algebra.assertEqual(Polynomials.evaluate(algebra, last, y), value, Reason.LOW_DEGREE);
    }

    private List<V> readElements(int count) throws InvalidReceiptException {
        List<V> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            V element = algebra.element();
            algebra.absorb(element);
            elements.add(element);
        }
        return elements;
    }
}
