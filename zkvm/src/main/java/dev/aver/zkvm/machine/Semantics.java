package dev.aver.zkvm.machine;

import dev.aver.zkvm.isa.Op;

/**
 * What each instruction computes: the one place. The interpreter dispatches through {@link #alu}, {@link #taken},
 * {@link #amo} and {@link #extend}; translated code calls the named methods directly.
 *
 * <p>Order and wording follow the RISC-V unprivileged manual (RV64I 2.1, M 2.0, A 2.1). Registers are {@code long}; a W
 * form works on the low 32 bits and sign-extends its 32-bit result.
 */
public final class Semantics {
    private Semantics() {}

    // RV64I: integer computation

    public static long add(long a, long b) {
        return a + b;
    }

    public static long sub(long a, long b) {
        return a - b;
    }

    public static long addw(long a, long b) {
        return (int) (a + b);
    }

    public static long subw(long a, long b) {
        return (int) (a - b);
    }

    public static long and(long a, long b) {
        return a & b;
    }

    public static long or(long a, long b) {
        return a | b;
    }

    public static long xor(long a, long b) {
        return a ^ b;
    }

    public static long slt(long a, long b) {
        return a < b ? 1 : 0;
    }

    public static long sltu(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    /** Shifts use the low 6 bits of b, W forms the low 5: as Java's own shift operators do. */
    public static long sll(long a, long b) {
        return a << b;
    }

    public static long srl(long a, long b) {
        return a >>> b;
    }

    public static long sra(long a, long b) {
        return a >> b;
    }

    public static long sllw(long a, long b) {
        return (long) ((int) a << (int) b);
    }

    public static long srlw(long a, long b) {
        return (long) ((int) a >>> (int) b);
    }

    public static long sraw(long a, long b) {
        return (long) ((int) a >> (int) b);
    }

    // RV64I: branches

    public static boolean beq(long a, long b) {
        return a == b;
    }

    public static boolean bne(long a, long b) {
        return a != b;
    }

    public static boolean blt(long a, long b) {
        return a < b;
    }

    public static boolean bge(long a, long b) {
        return a >= b;
    }

    public static boolean bltu(long a, long b) {
        return Long.compareUnsigned(a, b) < 0;
    }

    public static boolean bgeu(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0;
    }

    // M: multiplication and division

    public static long mul(long a, long b) {
        return a * b;
    }

    public static long mulh(long a, long b) {
        return Math.multiplyHigh(a, b);
    }

    public static long mulhsu(long a, long b) {
        // b is unsigned: where its top bit is set, the signed product is short of a · 2^64.
        return Math.multiplyHigh(a, b) + (a & (b >> 63));
    }

    public static long mulhu(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b);
    }

    public static long mulw(long a, long b) {
        return (int) (a * b);
    }

    /** Division by zero gives all ones; MIN / −1 gives MIN, as Java's division does. */
    public static long div(long a, long b) {
        return b == 0 ? -1 : a / b;
    }

    public static long divu(long a, long b) {
        return b == 0 ? -1 : Long.divideUnsigned(a, b);
    }

    /** Remainder by zero gives the dividend; MIN rem −1 gives 0, as Java's remainder does. */
    public static long rem(long a, long b) {
        return b == 0 ? a : a % b;
    }

    public static long remu(long a, long b) {
        return b == 0 ? a : Long.remainderUnsigned(a, b);
    }

    public static long divw(long a, long b) {
        return (int) b == 0 ? -1 : (int) a / (int) b;
    }

    public static long divuw(long a, long b) {
        return (int) b == 0 ? -1 : Integer.divideUnsigned((int) a, (int) b);
    }

    public static long remw(long a, long b) {
        return (int) b == 0 ? (int) a : (int) a % (int) b;
    }

    public static long remuw(long a, long b) {
        return (int) b == 0 ? (int) a : Integer.remainderUnsigned((int) a, (int) b);
    }

    // RV64I: what a load makes of the bytes it read, zero-extended in {@code raw}

    public static long lb(long raw) {
        return (byte) raw;
    }

    public static long lh(long raw) {
        return (short) raw;
    }

    public static long lw(long raw) {
        return (int) raw;
    }

    // A: the value an AMO writes; {@code old} as loaded, sign-extended for W forms

    public static long amoswap(long old, long b) {
        return b;
    }

    public static long amoadd(long old, long b) {
        return old + b;
    }

    public static long amoxor(long old, long b) {
        return old ^ b;
    }

    public static long amoand(long old, long b) {
        return old & b;
    }

    public static long amoor(long old, long b) {
        return old | b;
    }

    public static long amomin(long old, long b) {
        return Math.min(old, b);
    }

    public static long amomax(long old, long b) {
        return Math.max(old, b);
    }

    public static long amominu(long old, long b) {
        return Long.compareUnsigned(old, b) < 0 ? old : b;
    }

    public static long amomaxu(long old, long b) {
        return Long.compareUnsigned(old, b) > 0 ? old : b;
    }

    // Dispatch

    /** The result of an operation that only computes; {@code b} is rs2 or the immediate. */
    public static long alu(Op op, long a, long b) {
        return switch (op) {
            case ADD, ADDI, LI -> add(a, b);
            case SUB -> sub(a, b);
            case ADDW, ADDIW -> addw(a, b);
            case SUBW -> subw(a, b);
            case AND, ANDI -> and(a, b);
            case OR, ORI -> or(a, b);
            case XOR, XORI -> xor(a, b);
            case SLT, SLTI -> slt(a, b);
            case SLTU, SLTIU -> sltu(a, b);
            case SLL, SLLI -> sll(a, b);
            case SRL, SRLI -> srl(a, b);
            case SRA, SRAI -> sra(a, b);
            case SLLW, SLLIW -> sllw(a, b);
            case SRLW, SRLIW -> srlw(a, b);
            case SRAW, SRAIW -> sraw(a, b);
            case MUL -> mul(a, b);
            case MULH -> mulh(a, b);
            case MULHSU -> mulhsu(a, b);
            case MULHU -> mulhu(a, b);
            case MULW -> mulw(a, b);
            case DIV -> div(a, b);
            case DIVU -> divu(a, b);
            case REM -> rem(a, b);
            case REMU -> remu(a, b);
            case DIVW -> divw(a, b);
            case DIVUW -> divuw(a, b);
            case REMW -> remw(a, b);
            case REMUW -> remuw(a, b);
            default -> throw new AssertionError(op);
        };
    }

    /** Whether a conditional branch is taken. */
    public static boolean taken(Op op, long a, long b) {
        return switch (op) {
            case BEQ -> beq(a, b);
            case BNE -> bne(a, b);
            case BLT -> blt(a, b);
            case BGE -> bge(a, b);
            case BLTU -> bltu(a, b);
            case BGEU -> bgeu(a, b);
            default -> throw new AssertionError(op);
        };
    }

    /** What a load puts into rd; {@code raw} holds the bytes read, zero-extended. */
    public static long extend(Op op, long raw) {
        return switch (op) {
            case LB -> lb(raw);
            case LH -> lh(raw);
            case LW -> lw(raw);
            case LD, LBU, LHU, LWU -> raw;
            default -> throw new AssertionError(op);
        };
    }

    /**
     * What an AMO writes. W forms pass {@code old} and {@code b} sign-extended from 32 bits, which keeps both the
     * signed and the unsigned order of the low halves; only the low half of the result is stored.
     */
    public static long amo(Op op, long old, long b) {
        return switch (op) {
            case AMOSWAP_W, AMOSWAP_D -> amoswap(old, b);
            case AMOADD_W, AMOADD_D -> amoadd(old, b);
            case AMOXOR_W, AMOXOR_D -> amoxor(old, b);
            case AMOAND_W, AMOAND_D -> amoand(old, b);
            case AMOOR_W, AMOOR_D -> amoor(old, b);
            case AMOMIN_W, AMOMIN_D -> amomin(old, b);
            case AMOMAX_W, AMOMAX_D -> amomax(old, b);
            case AMOMINU_W, AMOMINU_D -> amominu(old, b);
            case AMOMAXU_W, AMOMAXU_D -> amomaxu(old, b);
            default -> throw new AssertionError(op);
        };
    }
}
