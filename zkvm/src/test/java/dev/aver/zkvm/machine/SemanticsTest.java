package dev.aver.zkvm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Op;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation against the manual's definition in unbounded integers. */
final class SemanticsTest {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private static List<Long> operands() {
        List<Long> values = new ArrayList<>();
        for (long v : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            values.add(v);
        }
        for (int k = 1; k < 64; k++) {
            values.add(1L << k);
            values.add((1L << k) - 1);
            values.add((1L << k) + 1);
            values.add(-(1L << k));
        }
        SplittableRandom random = new SplittableRandom(20260101);
        for (int i = 0; i < 100; i++) {
            values.add(random.nextLong() >> random.nextInt(64));
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ADD", "SUB", "ADDW", "SUBW", "AND", "OR", "XOR", "SLT", "SLTU", "SLL", "SRL", "SRA", "SLLW", "SRLW",
                "SRAW", "MUL", "MULH", "MULHSU", "MULHU", "MULW", "DIV", "DIVU", "REM", "REMU", "DIVW", "DIVUW", "REMW",
                "REMUW"
            })
    void computesWhatTheManualDefines(Op op) {
        for (long a : operands()) {
            for (long b : operands()) {
                assertThat(Semantics.alu(op, a, b))
                        .as("%s %x, %x", op, a, b)
                        .isEqualTo(manual(op, a, b).longValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEQ", "BNE", "BLT", "BGE", "BLTU", "BGEU"})
    void branchesAsTheManualDefines(Op op) {
        for (long a : operands()) {
            for (long b : operands()) {
                int signed = big(a).compareTo(big(b));
                int unsigned = unsigned(a).compareTo(unsigned(b));
                boolean expected = switch (op) {
                    case BEQ -> signed == 0;
                    case BNE -> signed != 0;
                    case BLT -> signed < 0;
                    case BGE -> signed >= 0;
                    case BLTU -> unsigned < 0;
                    default -> unsigned >= 0;
                };
                assertThat(Semantics.taken(op, a, b)).as("%s %x, %x", op, a, b).isEqualTo(expected);
            }
        }
    }

    private static BigInteger big(long v) {
        return BigInteger.valueOf(v);
    }

    private static BigInteger unsigned(long v) {
        return big(v).mod(TWO_64);
    }

    /** A register's value read as 32 bits, signed. */
    private static BigInteger word(long v) {
        return signExtend32(big(v));
    }

    private static BigInteger unsignedWord(long v) {
        return big(v).mod(BigInteger.ONE.shiftLeft(32));
    }

    private static BigInteger signExtend32(BigInteger v) {
        BigInteger low = v.mod(BigInteger.ONE.shiftLeft(32));
        return low.testBit(31) ? low.subtract(BigInteger.ONE.shiftLeft(32)) : low;
    }

    private static BigInteger bool(boolean b) {
        return b ? BigInteger.ONE : BigInteger.ZERO;
    }

    private static BigInteger divide(BigInteger a, BigInteger b) {
        return b.signum() == 0 ? BigInteger.ONE.negate() : a.divide(b);
    }

    private static BigInteger remainder(BigInteger a, BigInteger b) {
        return b.signum() == 0 ? a : a.remainder(b);
    }

    /** The result before truncation to 64 bits. */
    private static BigInteger manual(Op op, long a, long b) {
        int shift = (int) (b & 63);
        int shiftW = (int) (b & 31);
        return switch (op) {
            case ADD -> big(a).add(big(b));
            case SUB -> big(a).subtract(big(b));
            case ADDW -> signExtend32(big(a).add(big(b)));
            case SUBW -> signExtend32(big(a).subtract(big(b)));
            case AND -> big(a).and(big(b));
            case OR -> big(a).or(big(b));
            case XOR -> big(a).xor(big(b));
            case SLT -> bool(big(a).compareTo(big(b)) < 0);
            case SLTU -> bool(unsigned(a).compareTo(unsigned(b)) < 0);
            case SLL -> big(a).shiftLeft(shift);
            case SRL -> unsigned(a).shiftRight(shift);
            case SRA -> big(a).shiftRight(shift);
            case SLLW -> signExtend32(big(a).shiftLeft(shiftW));
            case SRLW -> signExtend32(unsignedWord(a).shiftRight(shiftW));
            case SRAW -> word(a).shiftRight(shiftW);
            case MUL -> big(a).multiply(big(b));
            case MULH -> big(a).multiply(big(b)).shiftRight(64);
            case MULHSU -> big(a).multiply(unsigned(b)).shiftRight(64);
            case MULHU -> unsigned(a).multiply(unsigned(b)).shiftRight(64);
            case MULW -> signExtend32(big(a).multiply(big(b)));
            case DIV -> divide(big(a), big(b));
            case DIVU -> divide(unsigned(a), unsigned(b));
            case REM -> remainder(big(a), big(b));
            case REMU -> remainder(unsigned(a), unsigned(b));
            case DIVW -> signExtend32(divide(word(a), word(b)));
            case DIVUW -> signExtend32(divide(unsignedWord(a), unsignedWord(b)));
            case REMW -> signExtend32(remainder(word(a), word(b)));
            case REMUW -> signExtend32(remainder(unsignedWord(a), unsignedWord(b)));
            default -> throw new AssertionError(op);
        };
    }
}
