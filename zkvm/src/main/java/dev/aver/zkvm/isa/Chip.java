package dev.aver.zkvm.isa;

/**
 * A chip: one table of the proof and the kind of row that fills it. One instruction is one row in exactly one
 * instruction chip (docs/protocol.md, section 4); the system chips at the end hold what the machine needs besides
 * instructions.
 *
 * <p>{@code cells} is the number of base-field cells a row costs once committed: its table's main columns, and six for
 * each of its permutation columns (a test compares them with the tables). The cut between segments and the predicted
 * proving time are computed from them, so changing one moves segment boundaries.
 */
public enum Chip {
    /** add, sub, their W forms and their immediate forms. */
    ADD(88),
    /** A value known at decode: lui, auipc, li and everything lowered to "load a constant". */
    CONST(32),
    /** and, or, xor. */
    BITWISE(109),
    /** slt, sltu. */
    SLT(83),
    /** Conditional branches. */
    BRANCH(68),
    /** jal, jalr. */
    JUMP(61),
    /** sll, srl, sra and their W forms. */
    SHIFT(133),
    /** ld within one 8-byte word. */
    LOAD_DOUBLE(74),
    /** Loads of one, two or four bytes within one 8-byte word. */
    LOAD(97),
    /** Loads that cross an 8-byte word. */
    LOAD_CROSS(124),
    /** sd within one 8-byte word. */
    STORE_DOUBLE(74),
    /** Stores of one, two or four bytes within one 8-byte word. */
    STORE(104),
    /** Stores that cross an 8-byte word. */
    STORE_CROSS(127),
    /** mul, mulh, mulhu, mulhsu, mulw. */
    MUL(167),
    /** div, rem and their unsigned and W forms. */
    DIV(181),
    /** lr, sc, amo*. */
    ATOMIC(189),
    /** The write system call. */
    WRITE(51),
    /** The row that ends the run: exit or halt. */
    HALT(138),
    /** Re-reads a register that has rested too long for the 16-bit timestamp check. */
    REFRESH(28),
    /** One row per three words of each touched page: their first and last values, and the page's two leaf digests. */
    BOUNDARY(137),
    /** One row per touched node of the memory tree. */
    MERKLE(76),
    /** One Poseidon2 permutation: page sponges and tree nodes, before and after. */
    HASH(300);

    /** Number of chips whose rows are instructions: the ordinals below this. */
    public static final int INSTRUCTION_CHIPS = REFRESH.ordinal();

    private static final Chip[] ALL = values();

    /** Number of chips. */
    public static final int COUNT = ALL.length;

    private final int cells;

    Chip(int cells) {
        this.cells = cells;
    }

    /** The chip with this ordinal, 0 ≤ ordinal &lt; {@link #COUNT}. */
    public static Chip of(int ordinal) {
        return ALL[ordinal];
    }

    /** Committed base-field cells per row. */
    public int cells() {
        return cells;
    }
}
