package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.DivChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link DivChip}. */
public record DivTrace(DivChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), events.rs1[event], events.rs1Time[event]);
            trace.read(chip.rs2, row, ProgramTable.rs2(fields), events.rs2[event], events.rs2Time[event]);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            trace.setLimbs(chip.result, row, events.rd[event]);
            divide(ProgramTable.op(fields), events.rs1[event], events.rs2[event], events.rd[event], trace, row);
        }
    }

    private void divide(Op op, long rs1, long rs2, long result, Trace trace, int row) {
        boolean word = switch (op) {
            case DIVW, DIVUW, REMW, REMUW -> true;
            default -> false;
        };
        boolean signed = switch (op) {
            case DIV, REM, DIVW, REMW -> true;
            default -> false;
        };
        boolean isQuotient = switch (op) {
            case DIV, DIVU, DIVW, DIVUW -> true;
            default -> false;
        };
        long n = extend(rs1, word, signed);
        long d = extend(rs2, word, signed);
        boolean dividendSign = signed && n < 0;
        boolean divisorSign = signed && d < 0;
        operand(trace, row, n, word, signed, chip.dividendTop, chip.dividendSign, chip.dividendHigh);
        operand(trace, row, d, word, signed, chip.divisorTop, chip.divisorSign, chip.divisorHigh);
        long dividend = dividendSign ? -n : n;
        long divisor = divisorSign ? -d : d;
        boolean byZero = divisor == 0;
        // By zero the absolute quotient is whatever gives all ones.
        long quotient = !byZero
                ? Long.divideUnsigned(dividend, divisor)
                : !isQuotient ? 0 : dividendSign ? 1 : word ? 0xffff_ffffL : -1;
        long remainder = byZero ? dividend : Long.remainderUnsigned(dividend, divisor);
        trace.setLimbs(chip.divisor, row, divisor);
        trace.setLimbs(chip.quotient, row, quotient);
        trace.setLimbs(chip.remainder, row, remainder);
        for (int i = 0; i < 4; i++) {
            trace.set(chip.divisorBytes[i], row, (divisor >>> (16 * i)) & 0xff);
            trace.set(chip.quotientBytes[i], row, (quotient >>> (16 * i)) & 0xff);
        }
        long carry = 0;
        for (int i = 0; i < 3; i++) {
            long limb = limb(n, i);
            carry += ByteProducts.limb(quotient, divisor, i) + limb(remainder, i) + (dividendSign ? limb : -limb);
            carry >>= 16;
            trace.set(chip.carries[i], row, carry);
        }
        trace.set(chip.byZero, row, byZero ? 1 : 0);
        if (!byZero) {
            int limb = (63 - Long.numberOfLeadingZeros(divisor ^ remainder)) / 16;
            trace.set(chip.differs[limb], row, 1);
            trace.set(chip.difference, row, limb(divisor, limb) - limb(remainder, limb));
        }
        trace.set(chip.negativeQuotient, row, isQuotient && dividendSign != divisorSign ? 1 : 0);
        trace.set(chip.negativeRemainder, row, !isQuotient && dividendSign ? 1 : 0);
        trace.set(chip.sign, row, word && result < 0 ? 1 : 0);
    }

    private static long extend(long value, boolean word, boolean signed) {
        if (!word) return value;
        return signed ? (int) value : value & 0xffff_ffffL;
    }

    private static void operand(
            Trace trace, int row, long value, boolean word, boolean signed, Column top, Column sign, Column[] high) {
        if (signed) {
            trace.set(top, row, limb(value, word ? 1 : 3));
            trace.set(sign, row, value >>> 63);
        }
        for (int i = 0; i < 2; i++) trace.set(high[i], row, limb(value, i + 2));
    }

    private static long limb(long value, int i) {
        return (value >>> (16 * i)) & 0xffff;
    }
}
