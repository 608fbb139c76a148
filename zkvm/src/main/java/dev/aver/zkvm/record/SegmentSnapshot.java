package dev.aver.zkvm.record;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.segment.SegmentCost;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Everything needed to execute one segment again, alone: where it starts, and the content of every page it touches as
 * it found them. So segments can be recorded in any order, in parallel, in another process.
 *
 * @param index 0 for the first segment
 * @param startRow row of the first instruction
 * @param registers the register file at the start, {@link ProgramTable#REGISTERS} values
 * @param last whether the segment ends with the guest's halt
 * @param cost what it costs; {@code cost.cycles()} instructions belong to it
 * @param pageIds touched memory pages, increasing; the register page is not listed
 * @param pages their contents, page i at byte i · page size
 */
public record SegmentSnapshot(
        int index, int startRow, long[] registers, boolean last, SegmentCost cost, int[] pageIds, byte[] pages) {
    private static final int MAGIC = 0x41765353; // "AvSS"

    /**
     * Writes the snapshot; {@link #readFrom} reads it back. Big-endian fields in declaration order behind a magic
     * number.
     */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(index);
        out.writeInt(startRow);
        for (long register : registers) {
            out.writeLong(register);
        }
        out.writeBoolean(last);
        out.writeInt(cost.cycles());
        for (int rows : cost.rows()) {
            out.writeInt(rows);
        }
        out.writeInt(pageIds.length);
        for (int pageId : pageIds) {
            out.writeInt(pageId);
        }
        out.write(pages);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException when the bytes are not a snapshot
     */
    public static SegmentSnapshot readFrom(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a segment snapshot: bad magic number");
        }
        int index = in.readInt();
        int startRow = in.readInt();
        long[] registers = new long[ProgramTable.REGISTERS];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = in.readLong();
        }
        boolean last = in.readBoolean();
        int cycles = in.readInt();
        int[] rows = new int[Chip.COUNT];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = in.readInt();
        }
        int count = in.readInt();
        // An instruction touches at most two pages, so a longer list is not one that writeTo wrote.
        if (count < 0 || count > 2L * cycles) {
            throw new IOException("not a segment snapshot: " + count + " pages for " + cycles + " cycles");
        }
        int[] pageIds = new int[count];
        for (int i = 0; i < count; i++) {
            pageIds[i] = in.readInt();
            if (pageIds[i] <= (i == 0 ? 0 : pageIds[i - 1])) {
                throw new IOException("not a segment snapshot: page ids do not increase");
            }
        }
        byte[] pages = in.readNBytes(Math.multiplyExact(count, MemoryMap.PAGE_SIZE));
        if (pages.length != count * MemoryMap.PAGE_SIZE) {
            throw new IOException("not a segment snapshot: it ends inside a page");
        }
        return new SegmentSnapshot(
                index, startRow, registers, last, new SegmentCost(cycles, count, rows), pageIds, pages);
    }

    /** Fills {@code page} with the start content of a page the segment touches. */
    void load(int pageId, byte[] page) {
        int i = Arrays.binarySearch(pageIds, pageId);
        if (i < 0) {
            throw new IllegalStateException(
                    "segment " + index + " touches page " + pageId + ", which its snapshot lacks");
        }
        System.arraycopy(pages, i * MemoryMap.PAGE_SIZE, page, 0, MemoryMap.PAGE_SIZE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentSnapshot s
                && index == s.index
                && startRow == s.startRow
                && last == s.last
                && cost.equals(s.cost)
                && Arrays.equals(registers, s.registers)
                && Arrays.equals(pageIds, s.pageIds)
                && Arrays.equals(pages, s.pages);
    }

    @Override
    public int hashCode() {
        return 31 * index + cost.hashCode();
    }

    @Override
    public String toString() {
        return "SegmentSnapshot[index=" + index + ", startRow=" + startRow + ", last=" + last + ", " + cost + "]";
    }
}
