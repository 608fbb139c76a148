package dev.aver.zkvm.isa;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The 32-bit encodings: for each operation the bits that name it. Reads like "RV32/64G Instruction Set Listings" of the
 * RISC-V unprivileged manual; where the fields lie follows from {@link Op#format()}.
 *
 * @param match the fixed bits, zero elsewhere
 * @param mask one where a bit is fixed
 */
record Encoding(Op op, int match, int mask) {

    // The major opcodes, bits 6-0.
    private static final int LOAD = 0b00_000_11;
    private static final int MISC_MEM = 0b00_011_11;
    private static final int OP_IMM = 0b00_100_11;
    private static final int AUIPC = 0b00_101_11;
    private static final int OP_IMM_32 = 0b00_110_11;
    private static final int STORE = 0b01_000_11;
    private static final int AMO = 0b01_011_11;
    private static final int OP = 0b01_100_11;
    private static final int LUI = 0b01_101_11;
    private static final int OP_32 = 0b01_110_11;
    private static final int BRANCH = 0b11_000_11;
    private static final int JALR = 0b11_001_11;
    private static final int JAL = 0b11_011_11;
    private static final int SYSTEM = 0b11_100_11;

    private static final int OPCODE_MASK = 0x7f;
    private static final int FUNCT3_MASK = 0x7000 | OPCODE_MASK;
    private static final int FUNCT5_MASK = 0xf800_0000 | FUNCT3_MASK;
    private static final int FUNCT6_MASK = 0xfc00_0000 | FUNCT3_MASK;
    private static final int FUNCT7_MASK = 0xfe00_0000 | FUNCT3_MASK;
    private static final int RS2_MASK = 0x01f0_0000;

    private static final List<Encoding> ALL = List.of(
            // RV32I
            long20(Op.LUI, LUI),
            long20(Op.AUIPC, AUIPC),
            long20(Op.JAL, JAL),
            funct3(Op.JALR, 0b000, JALR),
            funct3(Op.BEQ, 0b000, BRANCH),
            funct3(Op.BNE, 0b001, BRANCH),
            funct3(Op.BLT, 0b100, BRANCH),
            funct3(Op.BGE, 0b101, BRANCH),
            funct3(Op.BLTU, 0b110, BRANCH),
            funct3(Op.BGEU, 0b111, BRANCH),
            funct3(Op.LB, 0b000, LOAD),
            funct3(Op.LH, 0b001, LOAD),
            funct3(Op.LW, 0b010, LOAD),
            funct3(Op.LBU, 0b100, LOAD),
            funct3(Op.LHU, 0b101, LOAD),
            funct3(Op.SB, 0b000, STORE),
            funct3(Op.SH, 0b001, STORE),
            funct3(Op.SW, 0b010, STORE),
            funct3(Op.ADDI, 0b000, OP_IMM),
            funct3(Op.SLTI, 0b010, OP_IMM),
            funct3(Op.SLTIU, 0b011, OP_IMM),
            funct3(Op.XORI, 0b100, OP_IMM),
            funct3(Op.ORI, 0b110, OP_IMM),
            funct3(Op.ANDI, 0b111, OP_IMM),
            funct7(Op.ADD, 0b0000000, 0b000, OP),
            funct7(Op.SUB, 0b0100000, 0b000, OP),
            funct7(Op.SLL, 0b0000000, 0b001, OP),
            funct7(Op.SLT, 0b0000000, 0b010, OP),
            funct7(Op.SLTU, 0b0000000, 0b011, OP),
            funct7(Op.XOR, 0b0000000, 0b100, OP),
            funct7(Op.SRL, 0b0000000, 0b101, OP),
            funct7(Op.SRA, 0b0100000, 0b101, OP),
            funct7(Op.OR, 0b0000000, 0b110, OP),
            funct7(Op.AND, 0b0000000, 0b111, OP),
            // Reserved fm, rd and rs1 values are normal fences by the manual's word, so they are not fixed bits.
            funct3(Op.FENCE, 0b000, MISC_MEM),
            word(Op.ECALL, 0b000000000000, SYSTEM),
            word(Op.EBREAK, 0b000000000001, SYSTEM),
            // RV64I
            funct3(Op.LWU, 0b110, LOAD),
            funct3(Op.LD, 0b011, LOAD),
            funct3(Op.SD, 0b011, STORE),
            funct6(Op.SLLI, 0b000000, 0b001, OP_IMM),
            funct6(Op.SRLI, 0b000000, 0b101, OP_IMM),
            funct6(Op.SRAI, 0b010000, 0b101, OP_IMM),
            funct3(Op.ADDIW, 0b000, OP_IMM_32),
            funct7(Op.SLLIW, 0b0000000, 0b001, OP_IMM_32),
            funct7(Op.SRLIW, 0b0000000, 0b101, OP_IMM_32),
            funct7(Op.SRAIW, 0b0100000, 0b101, OP_IMM_32),
            funct7(Op.ADDW, 0b0000000, 0b000, OP_32),
            funct7(Op.SUBW, 0b0100000, 0b000, OP_32),
            funct7(Op.SLLW, 0b0000000, 0b001, OP_32),
            funct7(Op.SRLW, 0b0000000, 0b101, OP_32),
            funct7(Op.SRAW, 0b0100000, 0b101, OP_32),
            // Zifencei
            funct3(Op.FENCE_I, 0b001, MISC_MEM),
            // RV32M, RV64M
            funct7(Op.MUL, 0b0000001, 0b000, OP),
            funct7(Op.MULH, 0b0000001, 0b001, OP),
            funct7(Op.MULHSU, 0b0000001, 0b010, OP),
            funct7(Op.MULHU, 0b0000001, 0b011, OP),
            funct7(Op.DIV, 0b0000001, 0b100, OP),
            funct7(Op.DIVU, 0b0000001, 0b101, OP),
            funct7(Op.REM, 0b0000001, 0b110, OP),
            funct7(Op.REMU, 0b0000001, 0b111, OP),
            funct7(Op.MULW, 0b0000001, 0b000, OP_32),
            funct7(Op.DIVW, 0b0000001, 0b100, OP_32),
            funct7(Op.DIVUW, 0b0000001, 0b101, OP_32),
            funct7(Op.REMW, 0b0000001, 0b110, OP_32),
            funct7(Op.REMUW, 0b0000001, 0b111, OP_32),
            // RV32A, RV64A
            loadReserved(Op.LR_W, 0b00010, 0b010),
            funct5(Op.SC_W, 0b00011, 0b010),
            funct5(Op.AMOSWAP_W, 0b00001, 0b010),
            funct5(Op.AMOADD_W, 0b00000, 0b010),
            funct5(Op.AMOXOR_W, 0b00100, 0b010),
            funct5(Op.AMOAND_W, 0b01100, 0b010),
            funct5(Op.AMOOR_W, 0b01000, 0b010),
            funct5(Op.AMOMIN_W, 0b10000, 0b010),
            funct5(Op.AMOMAX_W, 0b10100, 0b010),
            funct5(Op.AMOMINU_W, 0b11000, 0b010),
            funct5(Op.AMOMAXU_W, 0b11100, 0b010),
            loadReserved(Op.LR_D, 0b00010, 0b011),
            funct5(Op.SC_D, 0b00011, 0b011),
            funct5(Op.AMOSWAP_D, 0b00001, 0b011),
            funct5(Op.AMOADD_D, 0b00000, 0b011),
            funct5(Op.AMOXOR_D, 0b00100, 0b011),
            funct5(Op.AMOAND_D, 0b01100, 0b011),
            funct5(Op.AMOOR_D, 0b01000, 0b011),
            funct5(Op.AMOMIN_D, 0b10000, 0b011),
            funct5(Op.AMOMAX_D, 0b10100, 0b011),
            funct5(Op.AMOMINU_D, 0b11000, 0b011),
            funct5(Op.AMOMAXU_D, 0b11100, 0b011));

    /** The encodings of one opcode and funct3 stand together, at {@link #slot}; at most eleven, among the atomics. */
    private static final Encoding[][] BY_SLOT = bySlot();

    private static final Map<Op, Encoding> BY_OP = byOp();

    /** The encoding that a 32-bit word is an instance of, or null. */
    static @Nullable Encoding find(int word) {
        for (Encoding encoding : BY_SLOT[slot(word)]) {
            if ((word & encoding.mask) == encoding.match) {
                return encoding;
            }
        }
        return null;
    }

    /** The encoding of an operation, or null for one that has none. */
    static @Nullable Encoding of(Op op) {
        return BY_OP.get(op);
    }

    private static Encoding long20(Op op, int opcode) {
        return new Encoding(op, opcode, OPCODE_MASK);
    }

    private static Encoding funct3(Op op, int funct3, int opcode) {
        return new Encoding(op, funct3 << 12 | opcode, FUNCT3_MASK);
    }

    private static Encoding funct5(Op op, int funct5, int funct3) {
        return new Encoding(op, funct5 << 27 | funct3 << 12 | AMO, FUNCT5_MASK);
    }

    private static Encoding loadReserved(Op op, int funct5, int funct3) {
        return new Encoding(op, funct5 << 27 | funct3 << 12 | AMO, FUNCT5_MASK | RS2_MASK);
    }

    private static Encoding funct6(Op op, int funct6, int funct3, int opcode) {
        return new Encoding(op, funct6 << 26 | funct3 << 12 | opcode, FUNCT6_MASK);
    }

    private static Encoding funct7(Op op, int funct7, int funct3, int opcode) {
        return new Encoding(op, funct7 << 25 | funct3 << 12 | opcode, FUNCT7_MASK);
    }

    private static Encoding word(Op op, int funct12, int opcode) {
        return new Encoding(op, funct12 << 20 | opcode, -1);
    }

    /** Opcode and funct3 as one index below 1024; an opcode without funct3 fills all eight of its slots. */
    private static int slot(int word) {
        return (word & OPCODE_MASK) << 3 | (word >>> 12 & 7);
    }

    private static Encoding[][] bySlot() {
        Encoding[][] table = new Encoding[1024][];
        for (int slot = 0; slot < table.length; slot++) {
            int fixed = (slot >> 3) | (slot & 7) << 12;
            table[slot] = ALL.stream()
                    .filter(encoding -> ((fixed ^ encoding.match) & encoding.mask & FUNCT3_MASK) == 0)
                    .toArray(Encoding[]::new);
        }
        return table;
    }

    private static Map<Op, Encoding> byOp() {
        Map<Op, Encoding> table = new EnumMap<>(Op.class);
        for (Encoding encoding : ALL) {
            table.put(encoding.op, encoding);
        }
        return table;
    }
}
