package dev.aver.zkvm.isa;

/** Numbers in a7 that ECALL knows: Linux's where Linux has them, so that the same ELF runs under user-mode qemu. */
public final class SystemCall {
    /** Register a0: first argument, exit code, and what write returns. */
    public static final int A0 = 10;
    /** Register a1: second argument. */
    public static final int A1 = 11;
    /** Register a2: third argument. */
    public static final int A2 = 12;
    /** Register a7: the number. */
    public static final int A7 = 17;

    /** write(a0 = fd, a1 = buffer, a2 = count): returns the count. */
    public static final long WRITE = 64;
    /** exit(a0 = code), with the empty journal's digest. */
    public static final long EXIT = 93;
    /** exit_group(a0 = code): the same. */
    public static final long EXIT_GROUP = 94;
    /** halt(a0 = code, a1 = address of the journal's SHA-256 digest). */
    public static final long HALT = 0x1000;

    /** Bytes of a journal digest. */
    public static final int DIGEST_SIZE = 32;

    private SystemCall() {}
}
