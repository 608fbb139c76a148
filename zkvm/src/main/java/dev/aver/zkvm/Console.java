package dev.aver.zkvm;

/** Where the guest's fd 1 and 2 go. */
@FunctionalInterface
public interface Console {
    /** Drops everything. */
    Console NONE = (fd, bytes, length) -> {};

    /**
     * Receives what one write call wrote, or a part of it.
     *
     * @param fd 1 or 2
     * @param bytes what was written, in the first {@code length} bytes; reused after the call
     */
    void write(int fd, byte[] bytes, int length);
}
