package dev.aver.zkvm.record;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The refresh rows of a segment, in execution order: re-reads of registers that rested too long. Only the first
 * {@link #size} entries count.
 */
public final class RefreshTable {
    int size;
    /** Register file index. */
    public int[] register = new int[64];
    /** Its value, which a refresh keeps. */
    public long[] value = new long[64];
    /** Timestamp of the access before. */
    public int[] before = new int[64];
    /** Timestamp of the refresh: one less than that of the access it precedes. */
    public int[] time = new int[64];

    /** Number of rows. */
    public int size() {
        return size;
    }

    void add(int register, long value, int before, int time) {
        if (size == this.register.length) {
            grow(2 * size);
        }
        this.register[size] = register;
        this.value[size] = value;
        this.before[size] = before;
        this.time[size] = time;
        size++;
    }

    private void grow(int capacity) {
        register = Arrays.copyOf(register, capacity);
        value = Arrays.copyOf(value, capacity);
        before = Arrays.copyOf(before, capacity);
        time = Arrays.copyOf(time, capacity);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(size);
        EventTable.writeInts(out, register, size);
        EventTable.writeLongs(out, value, size);
        EventTable.writeInts(out, before, size);
        EventTable.writeInts(out, time, size);
    }

    void readFrom(DataInputStream in) throws IOException {
        int rows = EventTable.readSize(in, "refresh rows");
        if (rows > register.length) {
            grow(rows);
        }
        size = rows;
        EventTable.readInts(in, register, size);
        EventTable.readLongs(in, value, size);
        EventTable.readInts(in, before, size);
        EventTable.readInts(in, time, size);
    }
}
