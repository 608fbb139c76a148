package dev.aver.verifier.pcs;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.List;

/**
 * One tree as its verifier knows it. At an index the proof has the rows of all matrices, then the path; both are read
 * here, and are in the commitment or the proof is rejected.
 */
final class TreeVerifier<V, D, R, I> {
    private final Algebra<V, D, R, I> algebra;
    private final HashSuite suite;
    private final int logHeight;

    /** The width of a row of each level from the leaves to the cap; 0 where no matrix has this height. */
    private final List<Integer> widths;

    private final List<D> cap;

    /**
     * A tree.
     *
     * @param cap the commitment
     */
    TreeVerifier(Algebra<V, D, R, I> algebra, HashSuite suite, TreeShape shape, List<D> cap) {
        assert cap.size() == 1 << shape.capLog() : cap.size();
        this.algebra = algebra;
        this.suite = suite;
        this.cap = cap;
        logHeight = shape.logHeight();
        List<Integer> levels = new ArrayList<>();
        for (int level = logHeight; level >= shape.capLog(); level--) levels.add(shape.width(level));
        widths = List.copyOf(levels);
    }

    /**
     * Reads and checks what an index opens.
     *
     * @param shift the index's bits from this one on are the leaf's number
     * @return the row of each height that occurs, the tallest first: equally tall matrices' rows are one
     */
    List<R> open(I index, int shift) throws InvalidReceiptException {
        List<R> rows = new ArrayList<>();
        for (int width : widths) {
            if (width > 0) rows.add(algebra.row(width));
        }
        climb(algebra.leaf(suite, rows.getFirst()), rows, index, shift);
        return rows;
    }

    /**
     * Reads and checks what an index opens in a tree over one matrix whose rows are elements of E.
     *
     * @param shift the index's bits from this one on are the leaf's number
     * @param width the number of these elements
     */
    List<V> openElements(I index, int shift, int width) throws InvalidReceiptException {
        List<V> row = new ArrayList<>();
        for (int i = 0; i < width; i++) row.add(algebra.element());
        climb(algebra.leaf(suite, row), List.of(), index, shift);
        return row;
    }

    private void climb(D leaf, List<R> rows, I index, int shift) throws InvalidReceiptException {
        D node = leaf;
        int row = 1;
        int steps = widths.size() - 1;
        for (int i = 0; i < steps; i++) {
            node = algebra.step(suite, node, algebra.digest(suite), index, shift + i);
            if (widths.get(i + 1) > 0) node = algebra.inject(suite, node, algebra.leaf(suite, rows.get(row++)));
        }
        algebra.assertInCap(node, cap, index, shift + steps);
    }

    /** The logarithm of the number of leaves. */
    int logHeight() {
        return logHeight;
    }
}
