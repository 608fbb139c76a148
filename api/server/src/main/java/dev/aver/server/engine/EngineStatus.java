package dev.aver.server.engine;

/**
 * How an engine is doing.
 *
 * @param accepting whether it takes submissions: not while it drains
 * @param waiting jobs that wait for a worker, or for memory
 * @param running jobs that a worker has
 * @param memoryTaken predicted bytes of the proofs that run
 * @param memory bytes that they may take together
 * @param diskFree bytes left on the disk, −1 if unknown
 * @param diskFloor bytes that are kept free
 */
public record EngineStatus(
        boolean accepting, int waiting, int running, long memoryTaken, long memory, long diskFree, long diskFloor) {}
