package dev.aver.tests.differential;

import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.CodeRange;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Mutant} does wrong. Its machine calls these after the method of the same name, with that method's
 * arguments and result, and the breakage: the operation's ordinal, or −1 − ordinal where it is to go wrong only rarely.
 * Loaded once for each mutant, beside its machine.
 */
public final class Breakage {

    private Breakage() {}

    /** {@link dev.aver.zkvm.machine.Semantics#alu}. */
    public static long alu(Op op, long a, long b, long result, int breakage) {
        return broken(op, a, breakage) ? result ^ 1 : result;
    }

    /** {@link dev.aver.zkvm.machine.Semantics#taken}. */
    public static boolean taken(Op op, long a, long b, boolean result, int breakage) {
        return broken(op, a, breakage) != result;
    }

    /** {@link dev.aver.zkvm.machine.Semantics#extend}. */
    public static long extend(Op op, long raw, long result, int breakage) {
        return broken(op, raw, breakage) ? result ^ Long.MIN_VALUE : result;
    }

    /** {@link dev.aver.zkvm.machine.Semantics#amo}. */
    public static long amo(Op op, long old, long b, long result, int breakage) {
        return broken(op, old, breakage) ? result ^ 1 : result;
    }

    /** {@link ProgramTable#decode}: where no method holds an operation's semantics, it is taken for another one. */
    public static @Nullable Instruction decode(CodeRange code, int row, @Nullable Instruction in, int breakage) {
        if (in == null || in.op().ordinal() != breakage) {
            return in;
        }
        return switch (in.op()) {
            case LUI -> with(in, in.op(), in.rd(), in.imm() ^ 0x1000);
            case AUIPC -> with(in, Op.LUI, in.rd(), in.imm());
            case JAL, JALR -> with(in, in.op(), 0, in.imm());
            case SB -> with(in, Op.SH, in.rd(), in.imm());
            case SH -> with(in, Op.SB, in.rd(), in.imm());
            case SW -> with(in, Op.SH, in.rd(), in.imm());
            case SD -> with(in, Op.SW, in.rd(), in.imm());
            case FENCE, FENCE_I -> new Instruction(Op.ADDI, 10, 10, 0, 1, in.length());
            case ECALL, EBREAK -> new Instruction(Op.ADDI, 0, 0, 0, 0, in.length());
            case LR_W -> with(in, Op.AMOOR_W, in.rd(), in.imm());
            case LR_D -> with(in, Op.AMOOR_D, in.rd(), in.imm());
            case SC_W -> with(in, Op.AMOSWAP_W, in.rd(), in.imm());
            case SC_D -> with(in, Op.AMOSWAP_D, in.rd(), in.imm());
            default -> in;
        };
    }

    private static Instruction with(Instruction in, Op op, int rd, long imm) {
        return new Instruction(op, rd, in.rs1(), in.rs2(), imm, in.length());
    }

    private static boolean broken(Op op, long operand, int breakage) {
        return breakage == op.ordinal() || (breakage == -1 - op.ordinal() && operand == Integer.MIN_VALUE);
    }
}
