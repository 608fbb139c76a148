package dev.aver.zkvm.machine;

/**
 * What the guest's write system call reaches: console and journal. Never part of what is proved, except through the
 * digest.
 */
@FunctionalInterface
public interface Host {
    /** A host that ignores everything: for replays. */
    Host NONE = (fd, address, count, memory) -> {};

    /**
     * write(fd, buf, n), whatever its arguments; must not throw for anything the guest does, except to end the run with
     * a named limit.
     *
     * @param count unsigned 64-bit
     */
    void write(long fd, long address, long count, Memory memory);
}
