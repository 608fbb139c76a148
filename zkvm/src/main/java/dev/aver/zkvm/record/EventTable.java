package dev.aver.zkvm.record;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.segment.SegmentRule;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The events of one instruction chip in one segment: one entry per row, in execution order, as flat columns. A column
 * that the chip has no use for is an empty array. Only the first {@link #size} entries of a column count; the rest is
 * spare room.
 *
 * <p>A time is the timestamp, in the segment, of the access before this one: 0 for the initial value. The access itself
 * happens at 4·clk + slot (docs/protocol.md, section 5). An operand that a row does not use (rs2 of an immediate form,
 * rs1 of JAL) has value and time 0.
 *
 * <p>WRITE rows use rs1 for a7, rs2 for a2 and rd for a0.
 */
public final class EventTable {
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    public final Chip chip;
    int size;

    /** Row of the program table. */
    public int[] row = NO_INTS;
    /** Cycle within the segment; the first is 1. */
    public int[] clk = NO_INTS;
    /** Value of rs1, and the time of its previous access. */
    public long[] rs1 = NO_LONGS;

    public int[] rs1Time = NO_INTS;
    /** Value of rs2, and the time of its previous access. */
    public long[] rs2 = NO_LONGS;

    public int[] rs2Time = NO_INTS;
    /** Value of rd before the write, the time of its previous access, and the value written. */
    public long[] rdBefore = NO_LONGS;

    public int[] rdTime = NO_INTS;
    public long[] rd = NO_LONGS;
    /** Row executed next: branches and jumps. */
    public int[] next = NO_INTS;
    /** The 8-byte word accessed: before, time of its previous access, after (stores and atomics). */
    public long[] wordBefore = NO_LONGS;

    public int[] wordTime = NO_INTS;
    public long[] word = NO_LONGS;
    /** The second word of a crossing access. */
    public long[] word2Before = NO_LONGS;

    public int[] word2Time = NO_INTS;
    public long[] word2 = NO_LONGS;
    /** The reservation: before, time of its previous access, after. LR and SC only; else 0. */
    public long[] reservationBefore = NO_LONGS;

    public int[] reservationTime = NO_INTS;
    public long[] reservation = NO_LONGS;

    EventTable(Chip chip) {
        this.chip = chip;
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    private boolean usesRs1() {
        return chip != Chip.CONST;
    }

    private boolean usesRs2() {
        return switch (chip) {
            case CONST, JUMP, LOAD_DOUBLE, LOAD, LOAD_CROSS -> false;
            default -> true;
        };
    }

    private boolean usesRd() {
        return switch (chip) {
            case BRANCH, STORE_DOUBLE, STORE, STORE_CROSS -> false;
            default -> true;
        };
    }

    /** Whether the rows access memory; {@code written} asks for those that may change it. */
    private boolean usesMemory(boolean written) {
        return switch (chip) {
            case LOAD_DOUBLE, LOAD, LOAD_CROSS -> !written;
            case STORE_DOUBLE, STORE, STORE_CROSS, ATOMIC -> true;
            default -> false;
        };
    }

    /** Empties the table and makes room for {@code rows} rows, keeping arrays that are large enough. */
    void reset(int rows) {
        size = 0;
        if (row.length >= rows) {
            return;
        }
        row = new int[rows];
        clk = new int[rows];
        if (usesRs1()) {
            rs1 = new long[rows];
            rs1Time = new int[rows];
        }
        if (usesRs2()) {
            rs2 = new long[rows];
            rs2Time = new int[rows];
        }
        if (usesRd()) {
            rdBefore = new long[rows];
            rdTime = new int[rows];
            rd = new long[rows];
        }
        if (chip == Chip.BRANCH || chip == Chip.JUMP) {
            next = new int[rows];
        }
        if (usesMemory(false)) {
            wordBefore = new long[rows];
            wordTime = new int[rows];
        }
        if (usesMemory(true)) {
            word = new long[rows];
        }
        if (chip == Chip.LOAD_CROSS || chip == Chip.STORE_CROSS) {
            word2Before = new long[rows];
            word2Time = new int[rows];
        }
        if (chip == Chip.STORE_CROSS) {
            word2 = new long[rows];
        }
        if (chip == Chip.ATOMIC) {
            reservationBefore = new long[rows];
            reservationTime = new int[rows];
            reservation = new long[rows];
        }
    }

    private List<int[]> intColumns() {
        return List.of(row, clk, rs1Time, rs2Time, rdTime, next, wordTime, word2Time, reservationTime);
    }

    private List<long[]> longColumns() {
        return List.of(rs1, rs2, rdBefore, rd, wordBefore, word, word2Before, word2, reservationBefore, reservation);
    }

    /**
     * Writes the number of rows and then every non-empty column, big-endian: the int columns first, each list in field
     * order.
     */
    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(size);
        for (int[] column : intColumns()) {
            if (column.length > 0) {
                writeInts(out, column, size);
            }
        }
        for (long[] column : longColumns()) {
            if (column.length > 0) {
                writeLongs(out, column, size);
            }
        }
    }

    void readFrom(DataInputStream in) throws IOException {
        int rows = readSize(in, "rows of " + chip);
        reset(rows);
        size = rows;
        for (int[] column : intColumns()) {
            if (column.length > 0) {
                readInts(in, column, rows);
            }
        }
        for (long[] column : longColumns()) {
            if (column.length > 0) {
                readLongs(in, column, rows);
            }
        }
    }

    static int readSize(DataInputStream in, String what) throws IOException {
        int size = in.readInt();
        if (size < 0 || size >= SegmentRule.CYCLE_BOUND) {
            throw new IOException("not a segment record: " + size + " " + what);
        }
        return size;
    }

    static void writeInts(DataOutputStream out, int[] column, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * size);
        buffer.asIntBuffer().put(column, 0, size);
        out.write(buffer.array());
    }

    static void writeLongs(DataOutputStream out, long[] column, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 * size);
        buffer.asLongBuffer().put(column, 0, size);
        out.write(buffer.array());
    }

    static void readInts(DataInputStream in, int[] column, int size) throws IOException {
        ByteBuffer.wrap(exactly(in, 4 * size)).asIntBuffer().get(column, 0, size);
    }

    static void readLongs(DataInputStream in, long[] column, int size) throws IOException {
        ByteBuffer.wrap(exactly(in, 8 * size)).asLongBuffer().get(column, 0, size);
    }

    private static byte[] exactly(DataInputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length != size) {
            throw new IOException("not a segment record: it ends inside a column");
        }
        return bytes;
    }
}
