package dev.aver.prover.inject;

/** What a row that only one check stops would do, the worst last. */
enum Effect {
    /** Nothing: it says what is true, or nothing at all, with other cells. */
    HIDDEN,
    /** It takes a word at an address that has none: nobody puts one there. */
    NOWHERE,
    /** It accesses registers or memory without being an instruction, at a time that nothing bounds. */
    GHOST,
    /** It counts on a bus otherwise than by 0 or 1; a query that counts −1 is an answer with a key of choice. */
    COUNT,
    /** It takes a word that is written later, or puts one back later than any time. */
    TIME,
    /** It does not do what the instruction there does with what the row takes. */
    LIE;

    /** Whether somebody could profit. */
    boolean isHarmful() {
        return compareTo(NOWHERE) > 0;
    }
}
