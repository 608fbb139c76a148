package dev.aver.zkvm.machine;

/** Why the machine cannot execute the next instruction. A trap ends the run and has no proof. */
public enum TrapCause {
    /** The next row lies outside the program table or outside executable bytes. */
    FETCH("no executable code at this address"),
    /** The bytes do not decode as RV64IMAC. */
    ILLEGAL_INSTRUCTION("not an RV64IMAC instruction"),
    /** An EBREAK was executed. */
    BREAKPOINT("ebreak executed (abort, assertion or panic)"),
    /** JALR to an address at or above 2^31. */
    JUMP_TARGET("jump outside the program half"),
    /** A load touches page 0, the salt page or an address at or above 2^32. */
    LOAD_ACCESS("load from unmapped memory"),
    /** A store touches page 0, the salt page or an address at or above 2^32. */
    STORE_ACCESS("store to unmapped memory"),
    /** LR, SC or AMO at an address that is not a multiple of its width. */
    ATOMIC_MISALIGNED("misaligned atomic access"),
    /** ECALL with a number in a7 that the machine does not have. */
    SYSTEM_CALL("unknown system call number in a7"),
    /** Halt with a digest address that is not 8-byte aligned or not mapped. */
    HALT_DIGEST("halt with a misaligned or unmapped digest address in a1");

    private final String explanation;

    TrapCause(String explanation) {
        this.explanation = explanation;
    }

    /** One phrase for people. */
    public String explanation() {
        return explanation;
    }
}
