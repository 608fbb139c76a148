package dev.aver.zkvm.record;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.machine.Tracer;
import dev.aver.zkvm.machine.TrapException;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/**
 * Executes a segment from its snapshot and writes down its events. Recording is always a replay, so segments come out
 * the same in whatever order, on however many threads (one recorder each) they are recorded.
 */
public final class SegmentRecorder {
    private final ProgramTable program;
    private final Memory memory;
    private @Nullable SegmentSnapshot current;

    public SegmentRecorder(ProgramTable program) {
        this.program = program;
        this.memory = Memory.withTimes((pageId, page) -> {
            if (current != null) {
                current.load(pageId, page);
            }
        });
    }

    /**
     * Records one segment.
     *
     * @param recycled a record no longer needed, whose buffers are filled anew, or null
     * @return the events; {@code recycled} where it was given
     * @throws IllegalStateException when the replay does not match the snapshot, which then was not made from this
     *     program
     */
    public SegmentRecord record(SegmentSnapshot snapshot, @Nullable SegmentRecord recycled) {
        SegmentRecord record = recycled == null ? new SegmentRecord() : recycled;
        current = snapshot;
        memory.clear();
        Machine machine = new Machine(memory, Host.NONE, snapshot.startRow());
        System.arraycopy(snapshot.registers(), 0, machine.x, 0, ProgramTable.REGISTERS);

        for (int i = 0; i < Chip.INSTRUCTION_CHIPS; i++) {
            // The halt is not a table.
            record.table(Chip.of(i))
                    .reset(i == Chip.HALT.ordinal() ? 0 : snapshot.cost().rows()[i]);
        }
        record.refreshes.size = 0;
        record.halt = null;
        record.index = snapshot.index();
        record.startRow = snapshot.startRow();
        record.cycles = snapshot.cost().cycles();

        Events events = new Events(machine, record);
        try {
            int done = new Interpreter(program, machine, events).run(record.cycles);
            record.endRow = machine.row;
            check(snapshot, record, done, machine);
        } catch (TrapException | ArrayIndexOutOfBoundsException e) {
            throw mismatch(snapshot, e);
        }
        collectPages(snapshot, record, machine, events.registerTime);
        return record;
    }

    private static void check(SegmentSnapshot snapshot, SegmentRecord record, int done, Machine machine) {
        boolean same = done == record.cycles
                && snapshot.last() == (machine.halt != null)
                && record.refreshes.size == snapshot.cost().rows(Chip.REFRESH);
        for (int i = 0; i < Chip.HALT.ordinal(); i++) {
            same &= record.table(Chip.of(i)).size == snapshot.cost().rows()[i];
        }
        if (!same) {
            throw mismatch(snapshot, null);
        }
    }

    private static IllegalStateException mismatch(SegmentSnapshot snapshot, @Nullable RuntimeException cause) {
        return new IllegalStateException(
                "segment " + snapshot.index()
                        + " replays differently from its snapshot: it was made from another program",
                cause);
    }

    private void collectPages(SegmentSnapshot snapshot, SegmentRecord record, Machine machine, int[] registerTime) {
        int pages = snapshot.pageIds().length;
        record.makeRoom(pages + 1);
        byte[] first = new byte[MemoryMap.PAGE_SIZE];
        for (int i = 0; i < pages; i++) {
            int pageId = snapshot.pageIds()[i];
            record.pageIds[i] = pageId;
            snapshot.load(pageId, first);
            memory.collect(
                    pageId, first, record.firstWords, record.lastWords, record.lastTimes, i * MemoryMap.PAGE_WORDS);
        }
        record.setRegisterPage(snapshot.registers(), machine.x, registerTime);
    }

    /** Turns each executed instruction into a row of its chip's table. */
    static class Events implements Tracer {
        private static final int RS1 = 0;
        private static final int RS2 = 1;
        private static final int MEMORY = 2;
        private static final int RD = 3;
        /** Timestamps per refresh window: WINDOW cycles of four slots. */
        private static final int WINDOW_SHIFT = 15;

        private final Memory memory;
        final long[] x;
        final SegmentRecord record;
        /** By operation code, as in a row's fields. */
        private final EventTable[] tables = new EventTable[1 << 8];

        final int[] registerTime = new int[ProgramTable.REGISTERS];
        int clk;
        /** Timestamp of slot 0 of the current cycle: 4 · clk. */
        int now;

        Events(Machine machine, SegmentRecord record) {
            this.memory = machine.memory;
            this.x = machine.x;
            this.record = record;
            for (Op op : Op.values()) {
                tables[op.code()] = record.table(op.chip());
            }
        }

        private void tick() {
            clk++;
            now += 4;
        }

        /**
         * Accesses a register now and returns when it was accessed before, refreshing it first if that is too long ago.
         */
        int access(int register, int slot) {
            int time = now + slot;
            int before = registerTime[register];
            registerTime[register] = time;
            if ((time >> WINDOW_SHIFT) - (before >> WINDOW_SHIFT) > 1) {
                record.refreshes.add(register, x[register], before, time - 1);
                return time - 1;
            }
            return before;
        }

        private int begin(EventTable t, int row) {
            tick();
            int i = t.size++;
            t.row[i] = row;
            t.clk[i] = clk;
            return i;
        }

        private void readRs1(EventTable t, int i, int fields) {
            int rs1 = ProgramTable.rs1(fields);
            t.rs1[i] = x[rs1];
            t.rs1Time[i] = access(rs1, RS1);
        }

        private void readRs2(EventTable t, int i, int fields) {
            int rs2 = ProgramTable.rs2(fields);
            t.rs2[i] = x[rs2];
            t.rs2Time[i] = access(rs2, RS2);
        }

        private void writeRd(EventTable t, int i, int rd, long value) {
            t.rdBefore[i] = x[rd];
            t.rdTime[i] = access(rd, RD);
            t.rd[i] = value;
        }

        @Override
        public void alu(int row, int fields, long result) {
            EventTable t = tables[fields & 0xff];
            int i = begin(t, row);
            if (t.rs1.length != 0) {
                readRs1(t, i, fields);
                if (ProgramTable.op(fields).format() == Op.Format.R) {
                    readRs2(t, i, fields);
                } else {
                    t.rs2[i] = 0;
                    t.rs2Time[i] = 0;
                }
            }
            writeRd(t, i, ProgramTable.rd(fields), result);
        }

        @Override
        public void branch(int row, int fields, int next) {
            EventTable t = tables[fields & 0xff];
            int i = begin(t, row);
            readRs1(t, i, fields);
            readRs2(t, i, fields);
            t.next[i] = next;
        }

        @Override
        public void jump(int row, int fields, long link, int next) {
            EventTable t = tables[fields & 0xff];
            int i = begin(t, row);
            if (ProgramTable.op(fields) == Op.JALR) {
                readRs1(t, i, fields);
            } else {
                t.rs1[i] = 0;
                t.rs1Time[i] = 0;
            }
            writeRd(t, i, ProgramTable.rd(fields), link);
            t.next[i] = next;
        }

        @Override
        public void load(int row, int fields, long address, int size, long result) {
            boolean crosses = crosses(address, size);
            EventTable t = crosses ? record.table(Chip.LOAD_CROSS) : tables[fields & 0xff];
            int i = begin(t, row);
            readRs1(t, i, fields);
            t.wordBefore[i] = memory.word(address);
            t.wordTime[i] = memory.swapTime(address, now + MEMORY);
            if (crosses) {
                t.word2Before[i] = memory.word(address + 8);
                t.word2Time[i] = memory.swapTime(address + 8, now + MEMORY);
            }
            writeRd(t, i, ProgramTable.rd(fields), result);
        }

        @Override
        public void store(int row, int fields, long address, int size, long value) {
            boolean crosses = crosses(address, size);
            EventTable t = crosses ? record.table(Chip.STORE_CROSS) : tables[fields & 0xff];
            int i = begin(t, row);
            readRs1(t, i, fields);
            readRs2(t, i, fields);
            int shift = 8 * ((int) address & 7);
            long mask = size == 8 ? -1L : (1L << (8 * size)) - 1;
            long before = memory.word(address);
            t.wordBefore[i] = before;
            t.wordTime[i] = memory.swapTime(address, now + MEMORY);
            t.word[i] = (before & ~(mask << shift)) | ((value & mask) << shift);
            if (crosses) {
                // shift > 0 here, so the part that spills is well defined.
                long before2 = memory.word(address + 8);
                t.word2Before[i] = before2;
                t.word2Time[i] = memory.swapTime(address + 8, now + MEMORY);
                t.word2[i] = (before2 & ~(mask >>> (64 - shift))) | ((value & mask) >>> (64 - shift));
            }
        }

        private static boolean crosses(long address, int size) {
            return (address & 7) + size > 8;
        }

        @Override
        public void atomic(int row, int fields, long address, int size, long result, long stored, long reservation) {
            EventTable t = tables[fields & 0xff];
            int i = begin(t, row);
            readRs1(t, i, fields);
            t.rs2[i] = 0;
            t.rs2Time[i] = 0;
            t.reservationBefore[i] = 0;
            t.reservationTime[i] = 0;
            t.reservation[i] = 0;
            Op op = ProgramTable.op(fields);
            boolean reserves = op == Op.LR_W || op == Op.LR_D;
            if (!reserves) {
                readRs2(t, i, fields);
            }
            if (reserves || op == Op.SC_W || op == Op.SC_D) {
                t.reservationBefore[i] = x[ProgramTable.RESERVATION];
                t.reservationTime[i] = access(ProgramTable.RESERVATION, MEMORY);
                t.reservation[i] = reservation;
            }
            long before = memory.word(address);
            t.wordBefore[i] = before;
            t.wordTime[i] = memory.swapTime(address, now + MEMORY);
            int shift = 8 * ((int) address & 7);
            long mask = size == 8 ? -1L : 0xffff_ffffL;
            t.word[i] = (before & ~(mask << shift)) | ((stored & mask) << shift);
            writeRd(t, i, ProgramTable.rd(fields), result);
        }

        @Override
        public void write(int row, long count) {
            EventTable t = record.table(Chip.WRITE);
            int i = begin(t, row);
            t.rs1[i] = x[SystemCall.A7];
            t.rs1Time[i] = access(SystemCall.A7, RS1);
            // a0 is written in slot 1 (docs/protocol.md, section 5), so that the ecall chips share their slots.
            t.rdBefore[i] = x[SystemCall.A0];
            t.rdTime[i] = access(SystemCall.A0, RS2);
            t.rd[i] = count;
            t.rs2[i] = x[SystemCall.A2];
            t.rs2Time[i] = access(SystemCall.A2, MEMORY);
        }

        @Override
        public void halt(int row, long digestAddress) {
            tick();
            long number = x[SystemCall.A7];
            int numberTime = access(SystemCall.A7, RS1);
            long code = x[SystemCall.A0];
            int codeTime = access(SystemCall.A0, RS2);
            int digestAddressTime = 0;
            long[] digest = {};
            int[] digestTimes = {};
            if (digestAddress != 0) {
                digestAddressTime = access(SystemCall.A1, MEMORY);
                digest = new long[4];
                digestTimes = new int[4];
                for (int i = 0; i < 4; i++) {
                    digest[i] = memory.word(digestAddress + 8L * i);
                    digestTimes[i] = memory.swapTime(digestAddress + 8L * i, now + MEMORY);
                }
            }
            record.halt = new HaltEvent(
                    row,
                    clk,
                    number,
                    numberTime,
                    code,
                    codeTime,
                    digestAddress,
                    digestAddressTime,
                    digest,
                    digestTimes);
        }
    }
}
