package dev.aver.zkvm.isa;

import static dev.aver.zkvm.isa.Op.Format.*;

/**
 * The operations of RV64IMAC with Zifencei's FENCE.I, after compressed forms are expanded, and {@link #LI}, which only
 * lowering to the program table produces. Names, formats and order follow the RISC-V unprivileged manual's listings.
 *
 * <p>An operation's {@link #code()} is its number in the program table: never 0, which marks a row that cannot execute.
 */
public enum Op {
    LUI(U, Chip.CONST),
    AUIPC(U, Chip.CONST),
    JAL(J, Chip.JUMP),
    JALR(I, Chip.JUMP),
    BEQ(B, Chip.BRANCH),
    BNE(B, Chip.BRANCH),
    BLT(B, Chip.BRANCH),
    BGE(B, Chip.BRANCH),
    BLTU(B, Chip.BRANCH),
    BGEU(B, Chip.BRANCH),
    LB(I, Chip.LOAD),
    LH(I, Chip.LOAD),
    LW(I, Chip.LOAD),
    LD(I, Chip.LOAD_DOUBLE),
    LBU(I, Chip.LOAD),
    LHU(I, Chip.LOAD),
    LWU(I, Chip.LOAD),
    SB(S, Chip.STORE),
    SH(S, Chip.STORE),
    SW(S, Chip.STORE),
    SD(S, Chip.STORE_DOUBLE),
    ADDI(I, Chip.ADD),
    SLTI(I, Chip.SLT),
    SLTIU(I, Chip.SLT),
    XORI(I, Chip.BITWISE),
    ORI(I, Chip.BITWISE),
    ANDI(I, Chip.BITWISE),
    SLLI(SHIFT, Chip.SHIFT),
    SRLI(SHIFT, Chip.SHIFT),
    SRAI(SHIFT, Chip.SHIFT),
    ADD(R, Chip.ADD),
    SUB(R, Chip.ADD),
    SLL(R, Chip.SHIFT),
    SLT(R, Chip.SLT),
    SLTU(R, Chip.SLT),
    XOR(R, Chip.BITWISE),
    SRL(R, Chip.SHIFT),
    SRA(R, Chip.SHIFT),
    OR(R, Chip.BITWISE),
    AND(R, Chip.BITWISE),
    ADDIW(I, Chip.ADD),
    SLLIW(SHIFT, Chip.SHIFT),
    SRLIW(SHIFT, Chip.SHIFT),
    SRAIW(SHIFT, Chip.SHIFT),
    ADDW(R, Chip.ADD),
    SUBW(R, Chip.ADD),
    SLLW(R, Chip.SHIFT),
    SRLW(R, Chip.SHIFT),
    SRAW(R, Chip.SHIFT),
    /** Does nothing: there is one hart. {@code imm} holds fm, pred and succ as in the encoding's bits 31–20. */
    FENCE(I, Chip.CONST),
    /** Does nothing: the fetch is static. */
    FENCE_I(I, Chip.CONST),
    ECALL(SYSTEM, Chip.WRITE),
    /** Decodes, and traps when executed. */
    EBREAK(SYSTEM, Chip.HALT),
    MUL(R, Chip.MUL),
    MULH(R, Chip.MUL),
    MULHSU(R, Chip.MUL),
    MULHU(R, Chip.MUL),
    DIV(R, Chip.DIV),
    DIVU(R, Chip.DIV),
    REM(R, Chip.DIV),
    REMU(R, Chip.DIV),
    MULW(R, Chip.MUL),
    DIVW(R, Chip.DIV),
    DIVUW(R, Chip.DIV),
    REMW(R, Chip.DIV),
    REMUW(R, Chip.DIV),
    LR_W(AMO, Chip.ATOMIC),
    SC_W(AMO, Chip.ATOMIC),
    AMOSWAP_W(AMO, Chip.ATOMIC),
    AMOADD_W(AMO, Chip.ATOMIC),
    AMOXOR_W(AMO, Chip.ATOMIC),
    AMOAND_W(AMO, Chip.ATOMIC),
    AMOOR_W(AMO, Chip.ATOMIC),
    AMOMIN_W(AMO, Chip.ATOMIC),
    AMOMAX_W(AMO, Chip.ATOMIC),
    AMOMINU_W(AMO, Chip.ATOMIC),
    AMOMAXU_W(AMO, Chip.ATOMIC),
    LR_D(AMO, Chip.ATOMIC),
    SC_D(AMO, Chip.ATOMIC),
    AMOSWAP_D(AMO, Chip.ATOMIC),
    AMOADD_D(AMO, Chip.ATOMIC),
    AMOXOR_D(AMO, Chip.ATOMIC),
    AMOAND_D(AMO, Chip.ATOMIC),
    AMOOR_D(AMO, Chip.ATOMIC),
    AMOMIN_D(AMO, Chip.ATOMIC),
    AMOMAX_D(AMO, Chip.ATOMIC),
    AMOMINU_D(AMO, Chip.ATOMIC),
    AMOMAXU_D(AMO, Chip.ATOMIC),
    /** rd ← imm, all 64 bits: what lui, auipc, addi from x0 and the fences are lowered to. No encoding of its own. */
    LI(U, Chip.CONST);

    /** Encoding formats; {@link #SHIFT} is I with a shift amount, {@link #AMO} is R with aq and rl in {@code imm}. */
    public enum Format {
        R,
        I,
        SHIFT,
        S,
        B,
        U,
        J,
        AMO,
        SYSTEM
    }

    private static final Op[] ALL = values();

    private final Format format;
    private final Chip chip;

    Op(Format format, Chip chip) {
        this.format = format;
        this.chip = chip;
    }

    /** The operation whose {@link #code()} this is; 1 ≤ code ≤ number of operations. */
    public static Op ofCode(int code) {
        return ALL[code - 1];
    }

    /** The operation's number in the program table, at least 1. */
    public int code() {
        return ordinal() + 1;
    }

    public Format format() {
        return format;
    }

    /**
     * The chip whose row an execution of this operation fills when nothing about it is special. A load or store that
     * crosses a word fills the crossing chip instead, and an ECALL that ends the run fills {@link Chip#HALT}.
     */
    public Chip chip() {
        return chip;
    }

    /** The mnemonic of the manual: {@code amoadd.w}, {@code fence.i}. */
    public String mnemonic() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    }
}
