package dev.aver.zkvm.program;

import static dev.aver.zkvm.program.MemoryMap.PAGE_BITS;
import static dev.aver.zkvm.program.MemoryMap.PAGE_SIZE;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The initial content of the program half: its pages that are not all zero, in ascending order. Everything else is
 * zero, so equal memory is an equal image however the file divides it. Immutable.
 */
public final class MemoryImage {
    private final int[] pageIds;
    /** The pages' bytes, one after another. */
    private final byte[] content;

    private MemoryImage(int[] pageIds, byte[] content) {
        this.pageIds = pageIds;
        this.content = content;
    }

    /**
     * Copies the segments' bytes into place.
     *
     * <p>The ELF header and the program header table describe the file to a loader. Where a segment maps them (GNU ld's
     * default script does), the machine sees zeros: they hold the section headers' offset, physical addresses and the
     * segments' order, so two builds of the same program, or a program and its stripped copy, would differ.
     */
    static MemoryImage of(ElfBytes file, ElfReader.Layout layout) {
        List<Segment> segments = layout.segments();
        int[] ids = touchedPages(segments);
        byte[] content = new byte[ids.length * PAGE_SIZE];
        for (Segment segment : segments) {
            if (segment.fileSize() == 0) {
                continue;
            }
            // A segment's pages have consecutive ids, so its bytes are contiguous in the content too.
            int at = Arrays.binarySearch(ids, pageOf(segment.address())) * PAGE_SIZE
                    + (int) (segment.address() & (PAGE_SIZE - 1));
            file.copy(segment.fileOffset(), content, at, segment.fileSize());
            blank(content, at, segment, 0, ElfReader.HEADER_SIZE);
            blank(content, at, segment, layout.tableOffset(), layout.tableSize());
        }
        return withoutZeroPages(ids, content);
    }

    private static int[] touchedPages(List<Segment> segments) {
        int[] ids =
                new int[segments.stream().mapToInt(MemoryImage::pagesTouched).sum()];
        int count = 0;
        for (Segment segment : segments) {
            int first = pageOf(segment.address());
            for (int i = 0; i < pagesTouched(segment); i++) {
                if (count == 0 || ids[count - 1] < first + i) {
                    ids[count++] = first + i;
                }
            }
        }
        return Arrays.copyOf(ids, count);
    }

    private static int pagesTouched(Segment segment) {
        return segment.fileSize() == 0
                ? 0
                : pageOf(segment.address() + segment.fileSize() - 1) - pageOf(segment.address()) + 1;
    }

    /** Zeroes what the segment, whose bytes stand at {@code at}, took from the file range [offset, offset + size). */
    private static void blank(byte[] content, int at, Segment segment, int offset, int size) {
        int from = Math.max(offset - segment.fileOffset(), 0);
        int to = Math.min(offset - segment.fileOffset() + size, segment.fileSize());
        if (from < to) {
            Arrays.fill(content, at + from, at + to, (byte) 0);
        }
    }

    private static MemoryImage withoutZeroPages(int[] ids, byte[] content) {
        int kept = 0;
        byte[] zeros = new byte[PAGE_SIZE];
        for (int i = 0; i < ids.length; i++) {
            int from = i * PAGE_SIZE;
            if (!Arrays.equals(content, from, from + PAGE_SIZE, zeros, 0, PAGE_SIZE)) {
                System.arraycopy(content, from, content, kept * PAGE_SIZE, PAGE_SIZE);
                ids[kept++] = ids[i];
            }
        }
        return kept == ids.length
                ? new MemoryImage(ids, content)
                : new MemoryImage(Arrays.copyOf(ids, kept), Arrays.copyOf(content, kept * PAGE_SIZE));
    }

    /** The id of the page that holds an address. */
    static int pageOf(long address) {
        return (int) (address >>> PAGE_BITS);
    }

    /** Number of pages that are not all zero. */
    public int pageCount() {
        return pageIds.length;
    }

    /** Bytes in these pages: {@link #pageCount} times {@link MemoryMap#PAGE_SIZE}. */
    public long byteSize() {
        return content.length;
    }

    /**
     * The id of the i-th page, its first address divided by {@link MemoryMap#PAGE_SIZE}; strictly increasing in i.
     *
     * @param i in [0, {@link #pageCount})
     */
    public int pageId(int i) {
        return pageIds[i];
    }

    /**
     * Copies the i-th page.
     *
     * @param i in [0, {@link #pageCount})
     * @param target receives {@link MemoryMap#PAGE_SIZE} bytes
     * @param offset where in it
     */
    public void copyPage(int i, byte[] target, int offset) {
        Objects.checkIndex(i, pageIds.length);
        System.arraycopy(content, i * PAGE_SIZE, target, offset, PAGE_SIZE);
    }

    /** The index of the page with this id, or −1 if that page is all zero. */
    public int find(int pageId) {
        return Math.max(Arrays.binarySearch(pageIds, pageId), -1);
    }

    /** The byte at an address, 0 … 255; 0 where no page is. */
    public int unsignedByte(long address) {
        int page = find(pageOf(address));
        return page < 0 ? 0 : content[page * PAGE_SIZE + (int) (address & (PAGE_SIZE - 1))] & 0xff;
    }

    /** The index of the first page whose id is at least this one, {@link #pageCount} if there is none. */
    int ceiling(int pageId) {
        int i = Arrays.binarySearch(pageIds, pageId);
        return i < 0 ? -i - 1 : i;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryImage image
                && Arrays.equals(pageIds, image.pageIds)
                && Arrays.equals(content, image.content);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(pageIds) + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "MemoryImage[" + pageIds.length + " pages]";
    }
}
