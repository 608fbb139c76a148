package dev.aver.zkvm.record;

import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.segment.SegmentCost;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Builds the snapshot of each segment while it runs: a page is copied when it is first touched. */
public final class SnapshotCapture implements Memory.TouchListener {
    private int index = -1;
    private int startRow;
    private long[] registers = new long[0];
    private int count;
    private int[] pageIds = new int[64];
    private byte[] pages = new byte[64 * MemoryMap.PAGE_SIZE];

    /** A segment starts in the machine's state. */
    public void begin(Machine machine) {
        index++;
        startRow = machine.row;
        registers = machine.x.clone();
        count = 0;
    }

    @Override
    public void touched(int pageId, byte[] content) {
        if (count == pageIds.length) {
            pageIds = Arrays.copyOf(pageIds, 2 * count);
            pages = Arrays.copyOf(pages, Math.multiplyExact(2 * count, MemoryMap.PAGE_SIZE));
        }
        pageIds[count] = pageId;
        System.arraycopy(content, 0, pages, count * MemoryMap.PAGE_SIZE, MemoryMap.PAGE_SIZE);
        count++;
    }

    /** The segment ended. */
    public SegmentSnapshot end(SegmentCost cost, boolean last) {
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(java.util.Comparator.comparingInt(i -> pageIds[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sortedIds = new int[count];
        byte[] sortedPages = new byte[count * MemoryMap.PAGE_SIZE];
        for (int i = 0; i < count; i++) {
            sortedIds[i] = pageIds[order[i]];
            System.arraycopy(
                    pages, order[i] * MemoryMap.PAGE_SIZE, sortedPages, i * MemoryMap.PAGE_SIZE, MemoryMap.PAGE_SIZE);
        }
        return new SegmentSnapshot(index, startRow, registers, last, cost, sortedIds, sortedPages);
    }
}
