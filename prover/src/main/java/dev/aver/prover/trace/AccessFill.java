package dev.aver.prover.trace;

import dev.aver.circuits.chips.ByteAddress;
import dev.aver.circuits.chips.Placement;
import dev.aver.circuits.chips.RegisterRead;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;

/** What every load and store writes first. */
final class AccessFill {
    /** The slot of memory within a cycle. */
    private static final int SLOT = 2;

    private AccessFill() {}

    /**
     * Fills in the address of event {@code event}, and rs1, its base.
     *
     * @return the byte address
     */
    static long address(
            ByteAddress address,
            RegisterRead rs1,
            EventTable events,
            int event,
            ProgramTable program,
            Trace trace,
            int row) {
        int register = ProgramTable.rs1(program.fields(events.row[event]));
        trace.read(rs1, row, register, events.rs1[event], events.rs1Time[event]);
        long imm = program.imm(events.row[event]);
        trace.set(address.immLow(), row, imm & 0xffff);
        trace.set(address.immHigh(), row, imm < 0 ? 0xffff : 0);
        long sum = events.rs1[event] + imm;
        trace.set(address.wordLow(), row, (sum & 0xffff) >>> 3);
        trace.set(address.high(), row, sum >>> 16);
        return sum;
    }

    /** When event {@code event} accesses memory. */
    static int time(EventTable events, int event) {
        return 4 * events.clk[event] + SLOT;
    }

    /** Sets the flags of an access, of these bytes at this offset in its first word. */
    static void place(Placement placement, int bytes, int offset, Trace trace, int row) {
        trace.set(placement.form(bytes, (offset & 1) != 0), row, 1);
        if (offset > 1) trace.set(placement.limbs[(offset >> 1) - 1], row, 1);
    }

    /** Byte {@code i}, 0 to 15, of two words. */
    static int byteAt(int i, long word, long word2) {
        return (int) ((i < 8 ? word : word2) >>> (8 * (i & 7))) & 0xff;
    }
}
