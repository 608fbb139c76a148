package dev.aver.zkvm.machine;

/**
 * Something that executes a {@link Machine}'s instructions. All engines agree bit for bit; the interpreter defines
 * them.
 */
public interface Engine {
    /**
     * Executes instructions until {@code limit} are done or the guest ended the run ({@link Machine#halt}), whichever
     * comes first, and adds what they cost to the machine's counts.
     *
     * @param limit at least 1
     * @return number of instructions executed
     * @throws TrapException when the next instruction cannot execute. The interpreter leaves the machine exactly before
     *     that instruction; other engines leave registers and counts undefined
     * @throws LimitException likewise, when the guest's memory or journal would grow beyond its limit
     */
    int run(int limit);
}
