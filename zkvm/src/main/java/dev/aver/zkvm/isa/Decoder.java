package dev.aver.zkvm.isa;

import org.jspecify.annotations.Nullable;

/**
 * Decodes RV64IMAC with FENCE.I: every bit pattern either is one instruction or is rejected. HINT encodings decode to
 * the base operation that the manual builds them from, which then writes x0 or changes nothing; reserved encodings, CSR
 * access, privileged instructions, floating point and anything longer than 32 bits are rejected.
 */
public final class Decoder {

    private Decoder() {}

    /**
     * Decodes the instruction at an address.
     *
     * @param word the 32 bits of code there, low half first; a compressed encoding leaves its upper half out of account
     * @return the instruction, or null where these bits encode none
     */
    public static @Nullable Instruction decode(int word) {
        if ((word & 0b11) != 0b11) {
            return decodeCompressed(word & 0xffff);
        }
        Encoding encoding = Encoding.find(word);
        if (encoding == null) {
            return null;
        }
        Op op = encoding.op();
        int rd = word >>> 7 & 31;
        int rs1 = word >>> 15 & 31;
        int rs2 = word >>> 20 & 31;
        return switch (op.format()) {
            case R -> new Instruction(op, rd, rs1, rs2, 0, 4);
            case I -> immediate(op, rd, rs1, word);
            case SHIFT -> new Instruction(op, rd, rs1, 0, word >>> 20 & 63, 4);
            case S -> new Instruction(op, 0, rs1, rs2, word >> 25 << 5 | rd, 4);
            case B -> new Instruction(op, 0, rs1, rs2, branchOffset(word), 4);
            case U -> new Instruction(op, rd, 0, 0, word & 0xffff_f000, 4);
            case J -> new Instruction(op, rd, 0, 0, jumpOffset(word), 4);
            case AMO -> new Instruction(op, rd, rs1, rs2, word >>> 25 & 3, 4);
            case SYSTEM -> new Instruction(op, 0, 0, 0, 0, 4);
        };
    }

    /**
     * Decodes a compressed encoding.
     *
     * @param halfword its 16 bits, 0 – 0xffff
     * @return the instruction, expanded, or null where these bits encode none, which includes the start of a longer one
     */
    public static @Nullable Instruction decodeCompressed(int halfword) {
        CompressedForm form = CompressedForm.find(halfword);
        return form == null ? null : form.decode(halfword);
    }

    /** The fences' rd and rs1, and FENCE.I's immediate, are reserved and to be ignored: they decode as 0. */
    private static Instruction immediate(Op op, int rd, int rs1, int word) {
        return switch (op) {
            case FENCE -> new Instruction(op, 0, 0, 0, word >>> 20, 4);
            case FENCE_I -> new Instruction(op, 0, 0, 0, 0, 4);
            default -> new Instruction(op, rd, rs1, 0, word >> 20, 4);
        };
    }

    /** imm[12|10:5] in bits 31-25, imm[4:1|11] in bits 11-7. */
    private static int branchOffset(int word) {
        return word >> 31 << 12 | (word >>> 7 & 1) << 11 | (word >>> 25 & 0x3f) << 5 | (word >>> 8 & 0xf) << 1;
    }

    /** imm[20|10:1|11|19:12] in bits 31-12. */
    private static int jumpOffset(int word) {
        return word >> 31 << 20 | (word & 0xff000) | (word >>> 20 & 1) << 11 | (word >>> 21 & 0x3ff) << 1;
    }
}
