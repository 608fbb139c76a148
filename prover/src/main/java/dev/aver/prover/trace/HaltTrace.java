package dev.aver.prover.trace;

import dev.aver.circuits.chips.HaltChip;
import dev.aver.prover.backend.Buffers;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.HaltEvent;
import org.jspecify.annotations.Nullable;

/** Fills {@link HaltChip}: one row, or none in a segment that does not end the run. */
public final class HaltTrace {
    private HaltTrace() {}

    /** The table, in a new array. */
    public static Trace of(HaltChip chip, @Nullable HaltEvent halt, ProgramTable program) {
        return of(chip, halt, program, Buffers.FRESH);
    }

    /** The table. */
    static Trace of(HaltChip chip, @Nullable HaltEvent halt, ProgramTable program, Buffers buffers) {
        Trace trace = new Trace(chip.air, Trace.logHeightFor(1), buffers);
        if (halt == null) return trace;
        trace.set(chip.instruction.row, 0, halt.row());
        trace.set(chip.instruction.clk, 0, halt.clk());
        trace.set(chip.instruction.step, 0, ProgramTable.length(program.fields(halt.row())) / 2);
        trace.set(chip.instruction.is(Op.ECALL), 0, 1);
        trace.set(chip.exit, 0, halt.number() == SystemCall.EXIT ? 1 : 0);
        trace.set(chip.exitGroup, 0, halt.number() == SystemCall.EXIT_GROUP ? 1 : 0);
        trace.read(chip.number, 0, SystemCall.A7, halt.number(), halt.numberTime());
        trace.read(chip.code, 0, SystemCall.A0, halt.code(), halt.codeTime());
        boolean digest = halt.number() == SystemCall.HALT;
        int time = 4 * halt.clk() + 2;
        if (digest) trace.read(chip.address, 0, SystemCall.A1, halt.digestAddress(), halt.digestAddressTime());
        else trace.set(chip.address.before(), 0, time);
        for (int i = 0; i < HaltChip.WORDS; i++) {
            if (digest) {
                trace.access(chip.digest[i], 0, halt.digest()[i], halt.digestTimes()[i], time);
            } else {
                trace.set(chip.digest[i].before(), 0, time);
                for (int j = 0; j < 4; j++) {
                    trace.set(chip.digest[i].was()[j], 0, HaltChip.emptyDigest(4 * i + j));
                }
            }
        }
        return trace;
    }
}
