package dev.aver.zkvm.machine;

/**
 * Watches an interpreted run, one call per instruction, just before the instruction takes effect: registers and memory
 * still hold what the instruction reads, and the arguments say what it is about to write. An interpreter without a
 * tracer pays one null check.
 *
 * <p>{@code fields} are the row's fields in the program table. Called only for instructions that do not trap.
 */
public interface Tracer {
    /** An operation that only computes, with its result. */
    void alu(int row, int fields, long result);

    /** A conditional branch, with the row it goes to. */
    void branch(int row, int fields, int next);

    /** JAL or JALR, with the link value and the row it goes to. */
    void jump(int row, int fields, long link, int next);

    /** A load; its pages are live. */
    void load(int row, int fields, long address, int size, long result);

    /** A store of the low {@code size} bytes of {@code value}; its pages are live. */
    void store(int row, int fields, long address, int size, long value);

    /**
     * LR, SC or AMO; its page is live.
     *
     * @param size 4 or 8
     * @param result what rd receives
     * @param stored what memory holds at the address afterwards, in its low {@code size} bytes
     * @param reservation the reservation afterwards
     */
    void atomic(int row, int fields, long address, int size, long result, long stored, long reservation);

    /** The write system call, which returns {@code count} in a0. */
    void write(int row, long count);

    /** Exit or halt: the last instruction. {@code digestAddress} is 0 for exit; its words are live. */
    void halt(int row, long digestAddress);
}
