package dev.aver.zkvm.isa;

/**
 * Encodes instructions: the inverse of {@link Decoder}.
 *
 * <p>{@code decode(encode(i))} equals {@code i} for every instruction that {@link Decoder} returns, and
 * {@code encode(decode(w))} equals {@code w} for every valid 32-bit word, but for the bits that decoding ignores: rd
 * and rs1 of FENCE and FENCE.I, and the immediate of FENCE.I. Of two compressed encodings with the same meaning, which
 * only HINTs and stack adjustments have, one is chosen.
 */
public final class Encoder {

    private Encoder() {}

    /**
     * The encoding of an instruction: 32 bits, or 16 in the low half when its length is 2.
     *
     * @throws IllegalArgumentException if it has none: an operand out of range for its field, {@link Op#LI}, or a
     *     length of 2 without a compressed form
     */
    public static int encode(Instruction instruction) {
        if (instruction.length() == 2) {
            return CompressedForm.encode(instruction);
        }
        Encoding encoding = Encoding.of(instruction.op());
        if (encoding != null) {
            int word = encoding.match() | operands(instruction);
            // Whatever does not fit its field, or has no field, comes back changed.
            if (instruction.equals(Decoder.decode(word))) {
                return word;
            }
        }
        throw new IllegalArgumentException("no 32-bit encoding for " + instruction);
    }

    private static int operands(Instruction instruction) {
        int rd = instruction.rd() << 7;
        int rs1 = instruction.rs1() << 15;
        int rs2 = instruction.rs2() << 20;
        int imm = (int) instruction.imm();
        return switch (instruction.op().format()) {
            case R -> rs2 | rs1 | rd;
            case I, SHIFT -> imm << 20 | rs1 | rd;
            case S -> imm >> 5 << 25 | rs2 | rs1 | (imm & 31) << 7;
            case B -> branchOffset(imm) | rs2 | rs1;
            case U -> (imm & 0xffff_f000) | rd;
            case J -> jumpOffset(imm) | rd;
            case AMO -> imm << 25 | rs2 | rs1 | rd;
            case SYSTEM -> 0;
        };
    }

    /** imm[12|10:5] in bits 31-25, imm[4:1|11] in bits 11-7. */
    private static int branchOffset(int imm) {
        return (imm >> 12 & 1) << 31 | (imm >> 5 & 0x3f) << 25 | (imm >> 1 & 0xf) << 8 | (imm >> 11 & 1) << 7;
    }

    /** imm[20|10:1|11|19:12] in bits 31-12. */
    private static int jumpOffset(int imm) {
        return (imm >> 20 & 1) << 31 | (imm >> 1 & 0x3ff) << 21 | (imm >> 11 & 1) << 20 | (imm & 0xff000);
    }
}
