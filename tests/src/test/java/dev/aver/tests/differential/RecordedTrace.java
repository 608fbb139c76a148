package dev.aver.tests.differential;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A trace kept in memory, to be compared with many times: before each instruction the pc and what changed. */
final class RecordedTrace {

    /** pc, number of changed registers, and for each its number and value. */
    private static final int LARGEST_RECORD = Integer.BYTES + 1 + 32 * (1 + Long.BYTES);

    private ByteBuffer records = ByteBuffer.allocate(1 << 16);

    private RecordedTrace() {}

    /** Records a trace to its end. Addresses are below 2^31. */
    static RecordedTrace of(Trace trace) throws IOException {
        RecordedTrace recorded = new RecordedTrace();
        long[] last = new long[32];
        while (trace.next()) {
            recorded.add(trace.pc(), trace.registers(), last);
        }
        recorded.records.flip();
        return recorded;
    }

    private void add(long pc, long[] registers, long[] last) {
        if (records.remaining() < LARGEST_RECORD) {
            records = ByteBuffer.allocate(2 * records.capacity()).put(records.flip());
        }
        records.putInt((int) pc);
        int countAt = records.position();
        records.put((byte) 0);
        int count = 0;
        for (int i = 0; i < 32; i++) {
            if (registers[i] != last[i]) {
                last[i] = registers[i];
                records.put((byte) i).putLong(registers[i]);
                count++;
            }
        }
        records.put(countAt, (byte) count);
    }

    /** The trace, from its start. */
    Trace replay() {
        ByteBuffer in = records.asReadOnlyBuffer();
        return new Trace() {
            private long pc;
            private final long[] registers = new long[32];

            @Override
            public boolean next() {
                if (!in.hasRemaining()) {
                    return false;
                }
                pc = in.getInt();
                for (int count = in.get(); count > 0; count--) {
                    int register = in.get();
                    registers[register] = in.getLong();
                }
                return true;
            }

            @Override
            public long pc() {
                return pc;
            }

            @Override
            public long[] registers() {
                return registers;
            }
        };
    }
}
