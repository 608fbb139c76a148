package dev.aver.zkvm.program;

/**
 * Where things are in the guest's 32-bit byte address space (docs/protocol.md, section 4). Page 0 is unmapped, the
 * program half follows, the input half is the upper 2 GiB, and its last page, the salt page, is never accessible.
 */
public final class MemoryMap {
    /** Base-2 logarithm of {@link #PAGE_SIZE}. */
    public static final int PAGE_BITS = 9;
    /** Bytes per page: the unit of the memory tree's leaves. Measured against 1 KiB in docs/performance.md. */
    public static final int PAGE_SIZE = 1 << PAGE_BITS;
    /** Bytes per word: the unit of the memory bus. */
    public static final int WORD_SIZE = 8;
    /** Words per page. */
    public static final int PAGE_WORDS = PAGE_SIZE / WORD_SIZE;
    /** First mapped address, and first address an ELF segment may occupy. */
    public static final long PROGRAM_START = 0x1000;
    /** First address of the input half, where the length word is; one past the program half. */
    public static final long INPUT_START = 1L << 31;
    /** First byte of the input itself, behind its length word. */
    public static final long INPUT_DATA = INPUT_START + WORD_SIZE;
    /** One past the last address. */
    public static final long ADDRESS_END = 1L << 32;
    /** First address of the salt page, which traps. */
    public static final long SALT_START = ADDRESS_END - PAGE_SIZE;
    /** Number of memory pages, and the page id of the register page. */
    public static final int REGISTER_PAGE = (int) (ADDRESS_END >>> PAGE_BITS);
    /** Levels between a page's leaf and the root: leaves 0 … REGISTER_PAGE in a tree of uniform depth. */
    public static final int TREE_DEPTH = 32 - PAGE_BITS + 1;
    /** Largest input in bytes that fits below the salt page. */
    public static final long MAX_INPUT = SALT_START - INPUT_DATA;

    private MemoryMap() {}
}
