package dev.aver.circuits.air;

/**
 * The buses on which tables exchange messages (docs/protocol.md, section 7). A message is a tuple of {@link #width}
 * elements with a multiplicity; on every bus, over all tables and the verifier's own messages, multiplicities of equal
 * tuples add up to zero.
 *
 * <p>On an {@linkplain Kind#EXCHANGE exchange} bus messages come in pairs: a row takes one tuple and gives another, or
 * the same one where it does nothing. On a {@linkplain Kind#PERMUTATION permutation} bus every multiplicity is 0, 1 or
 * −1. On a {@linkplain Kind#LOOKUP lookup} bus queries count 1 or 0, and the table that answers them has a free
 * multiplicity, which is harmless because its keys are preprocessed: nothing but a true key is ever on the answering
 * side.
 */
public enum Bus {
    /** (row, clk, halted): where the machine is. Each instruction receives one and sends the next. */
    STATE(Kind.EXCHANGE, 3),
    /**
     * (space, address, limb 0 … limb 3, time): the content of a word since its last access. Space 0 is memory, the
     * address a word index; space 1 is the register file.
     */
    MEMORY(Kind.EXCHANGE, 7),
    /** (level, index, old digest, new digest): a touched node of the memory tree. */
    NODE(Kind.PERMUTATION, 20),
    /** (24 elements in, elements 12 to 23 out): one permutation inside a page's sponge. */
    SPONGE(Kind.PERMUTATION, 36),
    /** (24 elements in, elements 0 to 8 out): a permutation whose result is a digest. */
    DIGEST(Kind.PERMUTATION, 33),
    /** (exit code's 2 limbs, journal digest's 16 limbs): what the halt hands to the verifier. */
    RESULT(Kind.PERMUTATION, 18),
    /** (row, opcode, half length, rd, rs1, rs2, immediate's 4 limbs, target, link's 2 limbs): a fetch. */
    PROGRAM(Kind.LOOKUP, 13),
    /** (v): v &lt; 2^16. */
    RANGE(Kind.LOOKUP, 1),
    /** (k, v, 2^k): k ≤ 16 and v &lt; 2^k. */
    BITS(Kind.LOOKUP, 3),
    /** (a, b, a AND b): bytes. */
    BYTES(Kind.LOOKUP, 3),
    /** (a, b): two bytes. */
    BYTE_PAIR(Kind.LOOKUP, 2);

    /** What multiplicities may be. */
    public enum Kind {
        /** Each row takes a tuple and gives one: −1 and 1. */
        EXCHANGE,
        /** Every message counts 0, 1 or −1. */
        PERMUTATION,
        /** Queries against a table with preprocessed keys. */
        LOOKUP
    }

    /** The widest tuple of all buses: the power of β that carries the bus's number, the same in every table. */
    public static final int WIDEST = 36;

    private final Kind kind;
    private final int width;

    Bus(Kind kind, int width) {
        this.kind = kind;
        this.width = width;
    }

    /** What multiplicities may be. */
    public Kind kind() {
        return kind;
    }

    /** The number of elements of every tuple. */
    public int width() {
        return width;
    }

    /** The number that keeps tuples of different buses apart; never 0. */
    public int number() {
        return ordinal() + 1;
    }
}
