package dev.aver.verifier.pcs;

import java.util.ArrayList;
import java.util.List;

/**
 * How the tallest codeword is folded down to the last polynomial. It follows from the heights that occur, so nothing in
 * a proof chooses it.
 *
 * @param folds in order; empty if the tallest codeword is as short as the last one
 */
public record FriSchedule(List<Fold> folds) {
    /**
     * One committed codeword and how it is folded.
     *
     * @param logSize the logarithm of its length
     * @param arityLog the logarithm of the number of neighbours that become one value
     */
    public record Fold(int logSize, int arityLog) {
        /** The logarithm of the length of the next codeword, which is also the height of this one's tree. */
        public int nextLogSize() {
            return logSize - arityLog;
        }

        /** The number of neighbours that become one value: a row of the tree has as many elements of E. */
        public int arity() {
            return 1 << arityLog;
        }
    }

    public FriSchedule {
        folds = List.copyOf(folds);
    }

    /**
     * The schedule for reduced codewords of these lengths: each step is the largest that neither passes a length at
     * which another codeword enters, nor the last polynomial's.
     *
     * @param logSizes a set as bits: bit h is set if there is a reduced codeword of length 2^h
     */
    static FriSchedule of(Parameters parameters, int logSizes) {
        List<Fold> folds = new ArrayList<>();
        int size = 31 - Integer.numberOfLeadingZeros(logSizes);
        while (size > parameters.finalLogSize()) {
            int shorter = logSizes & ((1 << size) - 1);
            int stop = Math.max(31 - Integer.numberOfLeadingZeros(shorter), parameters.finalLogSize());
            Fold fold = new Fold(size, Math.min(parameters.arityLog(), size - stop));
            folds.add(fold);
            size = fold.nextLogSize();
        }
        return new FriSchedule(folds);
    }
}
