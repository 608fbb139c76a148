package dev.aver.zkvm.program;

import dev.aver.zkvm.isa.Decoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import org.jspecify.annotations.Nullable;

/**
 * The decoded program: one row for every 2-byte offset of the executable range, decoded there on its own, so that a
 * jump into the middle of an instruction behaves as in hardware (docs/protocol.md, section 4). The machine's program
 * counter is the row index (pc − base)/2.
 *
 * <p>Lowering happens here, so that no chip knows about it: rd = x0 becomes the {@link #SINK} register; lui, auipc,
 * addi from x0 and the fences become {@link Op#LI} with the final value, since the address of a row is known. EBREAK
 * and what does not decode have opcode 0, which nothing executes.
 *
 * <p>Columns are flat arrays indexed by row. Memory: 28 bytes a row.
 */
public final class ProgramTable {
    /** Register file index of the sink, where results for x0 go; nothing reads it. */
    public static final int SINK = 32;
    /** Register file index of the LR/SC reservation: the exact byte address reserved, 0 = none. */
    public static final int RESERVATION = 33;
    /** Size of the register file: x0 … x31, the sink, the reservation. */
    public static final int REGISTERS = 34;

    private final long base;
    private final int entryRow;
    private final int[] fields;
    private final long[] imm;
    private final int[] target;
    private final long[] uses;
    private final CodeRange code;

    private ProgramTable(CodeRange code, long entry) {
        this.code = code;
        this.base = code.base();
        int rows = code.rows();
        this.entryRow = (int) ((entry - base) >> 1);
        this.fields = new int[rows];
        this.imm = new long[rows];
        this.target = new int[rows];
        this.uses = new long[rows];
        for (int row = 0; row < rows; row++) {
            Instruction in = decode(code, row);
            if (in != null && in.op() != Op.EBREAK) {
                lower(row, in);
            }
        }
    }

    /** Decodes the whole executable range of a program. */
    public static ProgramTable of(Program program) {
        return new ProgramTable(program.code(), program.entry());
    }

    /** The instruction at a row as the manual decodes it, before lowering; null where nothing decodes. */
    public static @Nullable Instruction decode(CodeRange code, int row) {
        if (!code.executable(row)) {
            return null;
        }
        int low = code.halfword(row);
        if ((low & 3) != 3) {
            return Decoder.decodeCompressed(low);
        }
        // The second half must be executable too: else the fetch would run past the end of the code.
        return code.executable(row + 1) ? Decoder.decode(low | (code.halfword(row + 1) << 16)) : null;
    }

    private void lower(int row, Instruction in) {
        Op op = in.op();
        long value = in.imm();
        int rd = in.rd();
        int rs1 = in.rs1();
        switch (op) {
            case LUI -> op = Op.LI;
            case AUIPC -> {
                op = Op.LI;
                value += address(row);
            }
            case FENCE, FENCE_I -> {
                op = Op.LI;
                rd = 0;
                rs1 = 0;
                value = 0;
            }
            case ADDI -> {
                if (rs1 == 0) {
                    op = Op.LI;
                }
            }
            case JAL, BEQ, BNE, BLT, BGE, BLTU, BGEU -> {
                target[row] = row + (int) (value >> 1);
                value = 0;
            }
            default -> {
                if (op.format() == Op.Format.AMO) {
                    value = 0; // one hart: aq and rl order nothing
                }
            }
        }
        if (rd == 0 && writesRd(op)) {
            rd = SINK;
        }
        fields[row] = op.code() | (rd << 8) | (rs1 << 14) | (in.rs2() << 20) | (in.length() << 26);
        imm[row] = value;
        uses[row] = registerUse(op, rd, rs1, in.rs2());
    }

    private static boolean writesRd(Op op) {
        return switch (op.format()) {
            case S, B, SYSTEM -> false;
            case R, I, SHIFT, U, J, AMO -> true;
        };
    }

    /**
     * The register accesses a row makes on the register bus, as a bit set; an ECALL's depend on a7 and are not in it.
     */
    private static long registerUse(Op op, int rd, int rs1, int rs2) {
        long use = switch (op.format()) {
            case U, J -> bit(rd);
            case I, SHIFT -> bit(rd) | bit(rs1);
            case R -> bit(rd) | bit(rs1) | bit(rs2);
            case S, B -> bit(rs1) | bit(rs2);
            case AMO -> bit(rd) | bit(rs1) | (isLr(op) ? 0 : bit(rs2));
            case SYSTEM -> 0;
        };
        return isLr(op) || op == Op.SC_W || op == Op.SC_D ? use | bit(RESERVATION) : use;
    }

    private static boolean isLr(Op op) {
        return op == Op.LR_W || op == Op.LR_D;
    }

    private static long bit(int register) {
        return 1L << register;
    }

    /** Number of rows. */
    public int rows() {
        return fields.length;
    }

    /** Address of row 0. */
    public long base() {
        return base;
    }

    /** Row of the entry point. */
    public int entryRow() {
        return entryRow;
    }

    /** The executable bytes the table was decoded from. */
    public CodeRange code() {
        return code;
    }

    /** Address of a row; rows outside the table have addresses too. */
    public long address(int row) {
        return base + 2L * row;
    }

    /**
     * A row's small fields in one word, 0 where the row cannot execute: take it apart with {@link #op}, {@link #rd},
     * {@link #rs1}, {@link #rs2} and {@link #length}.
     */
    public int fields(int row) {
        return fields[row];
    }

    /**
     * Sign-extended immediate: the second operand (R and AMO rows: 0), the offset of a load, store or JALR, the value
     * of LI.
     */
    public long imm(int row) {
        return imm[row];
    }

    /**
     * Row that a taken branch or a JAL goes to; may lie outside the table, where the next fetch traps. 0 for other
     * rows.
     */
    public int target(int row) {
        return target[row];
    }

    /** Bit set of the register file indices that the row accesses. Zero for ECALL, whose accesses depend on a7. */
    public long uses(int row) {
        return uses[row];
    }

    /** The operation; the row must be executable (fields ≠ 0). */
    public static Op op(int fields) {
        return Op.ofCode(fields & 0xff);
    }

    /** Destination register file index: 1–31 or {@link #SINK}; 0 where the operation has none. */
    public static int rd(int fields) {
        return (fields >>> 8) & 0x3f;
    }

    /** First source register, 0–31. */
    public static int rs1(int fields) {
        return (fields >>> 14) & 0x3f;
    }

    /** Second source register, 0–31; 0 where the second operand is the immediate. */
    public static int rs2(int fields) {
        return (fields >>> 20) & 0x3f;
    }

    /** Instruction length in bytes, 2 or 4. */
    public static int length(int fields) {
        return fields >>> 26;
    }
}
