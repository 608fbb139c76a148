package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.ShiftChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link ShiftChip}. */
public record ShiftTrace(ShiftChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            Op op = ProgramTable.op(fields);
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), events.rs1[event], events.rs1Time[event]);
            long amount = program.imm(events.row[event]);
            trace.set(chip.imm, row, amount);
            if (op.format() == Op.Format.R) {
                amount = events.rs2[event];
                trace.read(chip.rs2, row, ProgramTable.rs2(fields), amount, events.rs2Time[event]);
            } else {
                InstructionFill.idle(chip.rs2.before(), events, event, 1, trace, row);
            }
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            trace.setLimbs(chip.result, row, events.rd[event]);
            shift(op, events.rs1[event], (int) amount & 0xffff, events.rd[event], trace, row);
        }
    }

    private void shift(Op op, long operand, int amount, long result, Trace trace, int row) {
        boolean left = switch (op) {
            case SLL, SLLI, SLLW, SLLIW -> true;
            default -> false;
        };
        boolean word = switch (op) {
            case SLLW, SRLW, SRAW, SLLIW, SRLIW, SRAIW -> true;
            default -> false;
        };
        boolean arithmetic = switch (op) {
            case SRA, SRAI, SRAW, SRAIW -> true;
            default -> false;
        };
        long extended = word ? (arithmetic ? (int) operand : operand & 0xffffffffL) : operand;
        int modulus = word ? 32 : 64;
        int bits = amount & 15;
        int limbs = amount % modulus >>> 4;
        int cut = left ? 16 - bits : bits;
        trace.set(chip.bits, row, bits);
        trace.set(chip.ignored, row, amount / modulus);
        trace.set(chip.cut, row, cut);
        trace.set(chip.power, row, 1 << cut);
        trace.set(chip.copower, row, 1 << (16 - cut));
        for (int i = 0; i < 4; i++) {
            int limb = (int) (extended >>> (16 * i)) & 0xffff;
            trace.set(chip.lower[i], row, limb & ((1 << cut) - 1));
            trace.set(chip.upper[i], row, limb >>> cut);
        }
        if (limbs > 0) {
            if (left && word) trace.set(chip.leftWord, row, 1);
            else trace.set((left ? chip.left : chip.right)[limbs - 1], row, 1);
        }
        if (arithmetic || word) {
            long source = arithmetic ? operand >>> (word ? 16 : 48) : result >>> 16;
            trace.set(chip.signed, row, source & 0xffff);
            trace.set(arithmetic ? chip.fill : chip.sign, row, source >>> 15 & 1);
        }
    }
}
