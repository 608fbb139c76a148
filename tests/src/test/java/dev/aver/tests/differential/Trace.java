package dev.aver.tests.differential;

import java.io.IOException;

/** What a run looked like before each of its instructions, in order. */
interface Trace {

    /**
     * Moves on to the next instruction.
     *
     * @return false if there is none
     */
    boolean next() throws IOException;

    /** Address of the instruction. */
    long pc();

    /** The registers x0 – x31 before the instruction; overwritten by {@link #next}. */
    long[] registers();
}
