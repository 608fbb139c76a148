package dev.aver.zkvm.isa;

/**
 * Prints instructions as GNU objdump does under {@code -M no-aliases}: {@code addi a0,zero,1}, {@code c.sdsp ra,8(sp)}.
 * Where two encodings have one meaning, which only HINTs and stack adjustments have, it prints the one that
 * {@link Encoder} chooses.
 */
public final class Disassembler {

    private static final String[] REGISTERS = {
        "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", //
        "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"
    };

    private static final String[] ORDERINGS = {"", ".rl", ".aq", ".aqrl"};

    /** fm = TSO, pred = succ = rw: the one fence with a name of its own. */
    private static final int FENCE_TSO = 0b1000_0011_0011;

    private Disassembler() {}

    /**
     * One instruction as text, mnemonic and operands separated by one space.
     *
     * @param pc its address, from which branch targets are printed absolute
     * @throws IllegalArgumentException if the instruction has length 2 and no compressed encoding
     */
    public static String format(Instruction instruction, long pc) {
        String name = instruction.op().mnemonic();
        String operands;
        if (instruction.length() == 2) {
            CompressedForm form = CompressedForm.find(Encoder.encode(instruction));
            name = form == null ? name : form.name();
            operands = compressedOperands(instruction, name, pc);
        } else {
            if (instruction.op().format() == Op.Format.AMO) {
                name += ORDERINGS[(int) instruction.imm() & 3];
            } else if (instruction.op() == Op.FENCE && instruction.imm() == FENCE_TSO) {
                name += ".tso";
            }
            operands = operands(instruction, pc);
        }
        return operands.isEmpty() ? name : name + " " + operands;
    }

    /** The ABI name of register x0 – x31. */
    public static String register(int number) {
        return REGISTERS[number];
    }

    private static String operands(Instruction i, long pc) {
        String rd = REGISTERS[i.rd()];
        String rs1 = REGISTERS[i.rs1()];
        String rs2 = REGISTERS[i.rs2()];
        return switch (i.op()) {
            case JALR, LB, LH, LW, LD, LBU, LHU, LWU -> rd + "," + i.imm() + "(" + rs1 + ")";
            case FENCE -> i.imm() == FENCE_TSO ? "" : fenceSet((int) i.imm() >> 4) + "," + fenceSet((int) i.imm());
            case FENCE_I -> "";
            case LR_W, LR_D -> rd + ",(" + rs1 + ")";
            case LI -> rd + "," + i.imm();
            default ->
                switch (i.op().format()) {
                    case R -> rd + "," + rs1 + "," + rs2;
                    case I -> rd + "," + rs1 + "," + i.imm();
                    case SHIFT -> rd + "," + rs1 + "," + hex(i.imm());
                    case S -> rs2 + "," + i.imm() + "(" + rs1 + ")";
                    case B -> rs1 + "," + rs2 + "," + hex(pc + i.imm());
                    case U -> rd + "," + upper(i.imm());
                    case J -> rd + "," + hex(pc + i.imm());
                    case AMO -> rd + "," + rs2 + ",(" + rs1 + ")";
                    case SYSTEM -> "";
                };
        };
    }

    private static String compressedOperands(Instruction i, String name, long pc) {
        String rd = REGISTERS[i.rd()];
        String rs1 = REGISTERS[i.rs1()];
        String rs2 = REGISTERS[i.rs2()];
        return switch (name) {
            case "c.addi4spn" -> rd + "," + rs1 + "," + i.imm();
            case "c.lw", "c.ld", "c.lwsp", "c.ldsp" -> rd + "," + i.imm() + "(" + rs1 + ")";
            case "c.sw", "c.sd", "c.swsp", "c.sdsp" -> rs2 + "," + i.imm() + "(" + rs1 + ")";
            case "c.slli", "c.srli", "c.srai" -> rd + "," + hex(i.imm());
            case "c.lui" -> rd + "," + upper(i.imm());
            case "c.j" -> hex(pc + i.imm());
            case "c.beqz", "c.bnez" -> rs1 + "," + hex(pc + i.imm());
            case "c.jr", "c.jalr" -> rs1;
            case "c.ebreak" -> "";
            default -> i.op().format() == Op.Format.R ? rd + "," + rs2 : rd + "," + i.imm();
        };
    }

    /** The 20 bits of lui and auipc's immediate field, as the assembler reads them. */
    private static String upper(long imm) {
        return hex(imm >>> 12 & 0xfffff);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Predecessor or successor set: the letters of the low four bits. */
    private static String fenceSet(int bits) {
        StringBuilder set = new StringBuilder();
        for (int bit = 0; bit < 4; bit++) {
            if ((bits >> (3 - bit) & 1) != 0) {
                set.append("iorw".charAt(bit));
            }
        }
        return set.isEmpty() ? "unknown" : set.toString();
    }
}
