package dev.aver.prover;

import dev.aver.verifier.stark.StarkShape;

/**
 * Told what a proof is at. Called on the proving thread, between steps; what it throws ends the proof, and finished
 * segments stay in the checkpoint.
 */
public interface ProgressListener {
    /** Is told everything and says nothing. */
    ProgressListener NONE = new ProgressListener() {};

    /** The steps of a proof, and then of each segment, in order. */
    enum Phase {
        /** Committing to the program's table and the fixed ones, hashing memory: once, counted to segment 0. */
        PREPARE,
        /** Executing the segment again and writing down its events. */
        RECORD,
        /** Filling the tables. */
        TRACE,
        /** Committing to the tables. */
        COMMIT,
        /** Permutation columns. */
        PERMUTATION,
        /** The quotient. */
        QUOTIENT,
        /** Openings and the low-degree test. */
        OPEN,
        /** Checking the proof. */
        VERIFY
    }

    /** The run goes on, before its proof and along with it; told every few thousand cycles. */
    default void executing() {}

    /** The run is over, and proving begins. */
    default void planned(Plan plan) {}

    /** A step of segment {@code segment}, from 0, begins. */
    default void phase(int segment, Phase phase) {}

    /**
     * The tables of segment {@code segment} are filled, in its phase {@link Phase#TRACE}.
     *
     * @param shape what is committed to, and how
     */
    default void filled(int segment, StarkShape shape) {}

    /**
     * A segment is proven, or was found in the checkpoint.
     *
     * @param cycles its cycles
     * @param resumed whether it was found
     */
    default void segment(int segment, int cycles, boolean resumed) {}
}
