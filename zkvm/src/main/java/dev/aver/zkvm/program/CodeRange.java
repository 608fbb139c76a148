package dev.aver.zkvm.program;

import static dev.aver.zkvm.program.MemoryMap.PAGE_BITS;
import static dev.aver.zkvm.program.MemoryMap.PAGE_SIZE;

import dev.aver.zkvm.program.InvalidProgramException.Reason;
import java.util.Arrays;
import java.util.List;

/**
 * The executable bytes and their hull [base, end), as rows of two bytes: row r is the halfword at base + 2r. The hull
 * is what the program table has rows for; rows in it that no executable segment covers are not executable and read as
 * 0.
 *
 * <p>Canonical: adjacent executable segments are one range; a byte that is no part of an aligned halfword does not
 * count, nor does a page of zeros before, after or between the content (a zero-filled tail of an executable segment
 * would otherwise make program tables huge; fetching there traps either way). Immutable.
 */
public final class CodeRange {
    /** Largest number of rows: a hull of 16 MiB. */
    public static final int MAX_ROWS = 1 << 23;

    /** Start and end of each executable range, even, strictly increasing. */
    private final long[] bounds;

    private final MemoryImage image;

    private CodeRange(long[] bounds, MemoryImage image) {
        this.bounds = bounds;
        this.image = image;
    }

    /**
     * Unites the executable segments.
     *
     * @param layout where their headers stand, for messages
     * @throws InvalidProgramException if nothing is executable or the hull has more than {@link #MAX_ROWS} rows
     */
    static CodeRange of(ElfReader.Layout layout, MemoryImage image) throws InvalidProgramException {
        List<Segment> segments =
                layout.segments().stream().filter(Segment::executable).toList();
        long[] bounds = new long[2 * segments.size()];
        int count = 0;
        for (int i = 0; i < segments.size(); ) {
            long start = segments.get(i).address();
            long end = segments.get(i++).end();
            while (i < segments.size() && segments.get(i).address() == end) {
                end = segments.get(i++).end();
            }
            count = addContent(bounds, count, start, end, image);
        }
        if (count == 0) {
            throw new InvalidProgramException(
                    Reason.NO_CODE,
                    layout.tableOffset(),
                    "p_flags",
                    segments.isEmpty() ? "no segment with PF_X" : "only zeros in segments with PF_X",
                    "a segment with PF_X that holds the code");
        }
        CodeRange code = new CodeRange(Arrays.copyOf(bounds, count), image);
        if (code.end() - code.base() > 2L * MAX_ROWS) {
            throw new InvalidProgramException(
                    Reason.CODE_TOO_LARGE,
                    layout.tableOffset(),
                    "p_vaddr",
                    "executable bytes from 0x%x to 0x%x".formatted(code.base(), code.end()),
                    "at most 0x%x bytes".formatted(2L * MAX_ROWS));
        }
        return code;
    }

    /** Appends [start, end) without odd edges and without the pages of zeros at both ends; returns the new count. */
    private static int addContent(long[] bounds, int count, long start, long end, MemoryImage image) {
        int first = image.ceiling(MemoryImage.pageOf(start));
        int last = image.ceiling(MemoryImage.pageOf(end - 1) + 1) - 1;
        if (first > last) {
            return count;
        }
        long contentStart = (long) image.pageId(first) << PAGE_BITS;
        long contentEnd = ((long) image.pageId(last) << PAGE_BITS) + PAGE_SIZE;
        long from = Math.max(start + (start & 1), contentStart);
        // One halfword more: the last instruction's upper half may be zero, as that of ecall is.
        long to = Math.min(end - (end & 1), contentEnd + 2);
        if (from < to) {
            bounds[count++] = from;
            bounds[count++] = to;
        }
        return count;
    }

    /** First address of the hull, even. */
    public long base() {
        return bounds[0];
    }

    /** One past the last address of the hull, even. */
    public long end() {
        return bounds[bounds.length - 1];
    }

    /** Number of rows, 1 … {@link #MAX_ROWS}. */
    public int rows() {
        return (int) ((end() - base()) >>> 1);
    }

    /**
     * The 16 bits at {@code base + 2·row}, little-endian; 0 if the row is not executable.
     *
     * @param row any number; rows outside [0, {@link #rows}) are not executable
     */
    public int halfword(int row) {
        if (!executable(row)) {
            return 0;
        }
        long address = base() + 2L * row;
        return image.unsignedByte(address) | image.unsignedByte(address + 1) << 8;
    }

    /**
     * Whether both bytes of the row are executable. A 4-byte instruction needs that of the row after its own too.
     *
     * @param row any number; rows outside [0, {@link #rows}) are not executable
     */
    public boolean executable(int row) {
        return executable(base() + 2L * row);
    }

    /** Whether the halfword that holds an address is executable. */
    boolean executable(long address) {
        int i = Arrays.binarySearch(bounds, address);
        // Found at an even index, it starts a range; not found with an odd insertion point, it is inside one.
        return i >= 0 ? (i & 1) == 0 : (-i - 1 & 1) == 1;
    }

    /** Whether the same addresses are executable; says nothing of what stands there. */
    boolean coversSame(CodeRange other) {
        return Arrays.equals(bounds, other.bounds);
    }

    /** Hash of the executable addresses. */
    int coverHash() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "CodeRange[0x%x, 0x%x)".formatted(base(), end());
    }
}
