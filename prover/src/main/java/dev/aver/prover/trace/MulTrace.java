package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.MulChip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link MulChip}. */
public record MulTrace(MulChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.fill(chip.instruction, events, event, program, trace, row);
            long x = events.rs1[event];
            long y = events.rs2[event];
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), x, events.rs1Time[event]);
            trace.read(chip.rs2, row, ProgramTable.rs2(fields), y, events.rs2Time[event]);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            trace.setLimbs(chip.result, row, events.rd[event]);
            trace.setLimbs(chip.low, row, x * y);
            product(ProgramTable.op(fields), x, y, trace, row);
        }
    }

    private void product(Op op, long x, long y, Trace trace, int row) {
        boolean sign1 = x < 0 && (op == Op.MULH || op == Op.MULHSU);
        boolean sign2 = y < 0 && op == Op.MULH;
        trace.set(chip.sign2, row, sign2 ? 1 : 0);
        switch (op) {
            case MULH, MULHSU -> {
                trace.set(chip.signed, row, x >>> 48);
                trace.set(chip.sign1, row, x >>> 63);
            }
            case MULW -> {
                trace.set(chip.signed, row, ((x * y) >>> 16) & 0xffff);
                trace.set(chip.sign1, row, ((x * y) >>> 31) & 1);
            }
            default -> {}
        }
        for (int i = 0; i < 4; i++) {
            trace.set(chip.bytes1[i], row, (x >>> (16 * i)) & 0xff);
            trace.set(chip.bytes2[i], row, (y >>> (16 * i)) & 0xff);
        }
        long carry = 0;
        int limbs = op == Op.MUL || op == Op.MULW ? 4 : 8;
        for (int i = 0; i < limbs; i++) {
            carry += ByteProducts.limb(x, y, i);
            if (i >= 4 && sign1) carry -= (y >>> (16 * (i - 4))) & 0xffff;
            if (i >= 4 && sign2) carry -= (x >>> (16 * (i - 4))) & 0xffff;
            carry >>= 16;
            trace.set(chip.carries[i], row, carry);
        }
    }
}
