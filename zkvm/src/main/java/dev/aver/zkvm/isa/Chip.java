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
    ADD(76),
    /** A value known at decode: lui, auipc, li and everything lowered to "load a constant". */
    CONST(26),
    /** and, or, xor. */
    BITWISE(97),
    /** slt, sltu. */
    SLT(71),
    /** Conditional branches. */
    BRANCH(62),
    /** jal, jalr. */
    JUMP(55),
    /** sll, srl, sra and their W forms. */
    SHIFT(121),
    /** ld within one 8-byte word. */
    LOAD_DOUBLE(62),
    /** Loads of one, two or four bytes within one 8-byte word. */
    LOAD(85),
    /** Loads that cross an 8-byte word. */
    LOAD_CROSS(112),
    /** sd within one 8-byte word. */
    STORE_DOUBLE(62),
    /** Stores of one, two or four bytes within one 8-byte word. */
    STORE(92),
    /** Stores that cross an 8-byte word. */
    STORE_CROSS(115),
    /** mul, mulh, mulhu, mulhsu, mulw. */
    MUL(155),
    /** div, rem and their unsigned and W forms. */
    DIV(169),
    /** lr, sc, amo*. */
    ATOMIC(171),
    /** The write system call. */
    WRITE(39),
    /** The row that ends the run: exit or halt. */
    HALT(114),
    /** Re-reads a register that has rested too long for the 16-bit timestamp check. */
    REFRESH(28),
    /** One row per three words of each touched page: their first and last values, and the page's two leaf digests. */
    BOUNDARY(149),
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
