package dev.aver.prover.trace;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.AtomicChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Semantics;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** Fills {@link AtomicChip}. */
public record AtomicTrace(AtomicChip chip) implements ChipTrace {
    @Override
    public Air air() {
        return chip.air;
    }

    @Override
    public void fill(EventTable events, int first, int count, ProgramTable program, Trace trace) {
        for (int row = 0; row < count; row++) {
            int event = first + row;
            int fields = InstructionFill.place(chip.instruction, events, event, program, trace, row);
            Op op = ProgramTable.op(fields);
            boolean isDouble = op.code() >= Op.LR_D.code();
            boolean lr = op == Op.LR_W || op == Op.LR_D;
            boolean sc = op == Op.SC_W || op == Op.SC_D;
            trace.set(chip.is(op), row, 1);
            trace.set(chip.isDouble, row, isDouble ? 1 : 0);
            long address = events.rs1[event];
            trace.set(chip.upper, row, (address >>> 2) & 1);
            trace.read(chip.rs1, row, ProgramTable.rs1(fields), address, events.rs1Time[event]);
            if (lr) InstructionFill.idle(chip.rs2.before(), events, event, 1, trace, row);
            else trace.read(chip.rs2, row, ProgramTable.rs2(fields), events.rs2[event], events.rs2Time[event]);
            trace.write(chip.rd, row, ProgramTable.rd(fields), events.rdBefore[event], events.rdTime[event]);
            int time = AccessFill.time(events, event);
            trace.access(chip.word, row, events.wordBefore[event], events.wordTime[event], time);
            trace.setLimbs(chip.stored, row, events.word[event]);
            trace.setLimbs(chip.reservationWas, row, events.reservationBefore[event]);
            if (lr || sc) trace.set(chip.reservationBefore, row, events.reservationTime[event]);
            else InstructionFill.idle(chip.reservationBefore, events, event, 2, trace, row);
            for (int i = 0; i < 2; i++) {
                trace.set(chip.reserved[i], row, (events.reservation[event] >>> (16 * i)) & 0xffff);
            }
            long result = events.rd[event];
            trace.setLimbs(chip.result, row, result);
            long operand = isDouble ? events.rs2[event] : (int) events.rs2[event];
            int topLimb = isDouble ? 48 : 16;
            trace.set(chip.resultTop, row, (result >>> topLimb) & 0xffff);
            trace.set(chip.resultSign, row, (result >>> (topLimb + 15)) & 1);
            trace.set(chip.operandTop, row, (operand >>> topLimb) & 0xffff);
            trace.set(chip.operandSign, row, operand >>> 63);
            for (int i = 0; i < 2; i++) trace.set(chip.operandUpper[i], row, (operand >>> (32 + 16 * i)) & 0xffff);
            if (sc) {
                trace.setLimbs(chip.outcome, row, operand);
                trace.set(chip.fails, row, result);
                if (result != 0) inverses(address, events.reservationBefore[event], trace, row);
            } else if (!lr) {
                compute(op, result, operand, trace, row);
            }
        }
    }

    /** Proves that two addresses differ: the inverse of the first limb's difference that is not 0. */
    private void inverses(long address, long reservation, Trace trace, int row) {
        int limb = Long.numberOfTrailingZeros(address ^ reservation) / 16;
        int reserved = (int) (reservation >>> (16 * limb)) & 0xffff;
        int addressed = (int) (address >>> (16 * limb)) & 0xffff;
        int difference = KoalaBear.sub(KoalaBear.of(reserved), KoalaBear.of(addressed));
        trace.setElement(chip.helper[limb], row, KoalaBear.inverse(difference));
    }

    private void compute(Op op, long old, long operand, Trace trace, int row) {
        long outcome = Semantics.amo(op, old, operand);
        trace.setLimbs(chip.outcome, row, outcome);
        switch (op) {
            case AMOADD_W, AMOADD_D -> trace.setLimbs(chip.helper, row, outcome);
            case AMOXOR_W, AMOXOR_D, AMOAND_W, AMOAND_D, AMOOR_W, AMOOR_D -> bytes(old, operand, trace, row);
            case AMOSWAP_W, AMOSWAP_D -> {}
            default -> {
                trace.setLimbs(chip.helper, row, old - operand);
                boolean less = switch (op) {
                    case AMOMIN_W, AMOMIN_D, AMOMAX_W, AMOMAX_D -> old < operand;
                    default -> Long.compareUnsigned(old, operand) < 0;
                };
                boolean minimum = switch (op) {
                    case AMOMIN_W, AMOMIN_D, AMOMINU_W, AMOMINU_D -> true;
                    default -> false;
                };
                trace.set(chip.keeps, row, less == minimum ? 1 : 0);
            }
        }
    }

    private void bytes(long old, long operand, Trace trace, int row) {
        for (int i = 0; i < 8; i++) trace.set(chip.and[i], row, ((old & operand) >>> (8 * i)) & 0xff);
        for (int i = 0; i < 4; i++) {
            trace.set(chip.resultHigh[i], row, (old >>> (16 * i + 8)) & 0xff);
            trace.set(chip.operandHigh[i], row, (operand >>> (16 * i + 8)) & 0xff);
        }
    }
}
