package dev.aver.zkvm.machine;

import dev.aver.zkvm.program.MemoryImage;
import dev.aver.zkvm.program.MemoryMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The guest's memory: 512-byte pages that come into being when first accessed, from the program's image, the input or
 * zero.
 *
 * <p>Every access also does the bookkeeping that proving cost needs, at no price on the fast path: {@code live} holds
 * only the pages touched since the current segment began, so its null check is the mapping check, the first-touch check
 * and the presence check at once. Whatever is not an aligned access to a live page takes a slow path that sorts it out.
 *
 * <p>Host-side reads ({@link #peek}) touch nothing. Not thread-safe.
 */
public final class Memory {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PAGE_BITS = MemoryMap.PAGE_BITS;
    private static final int OFFSET = MemoryMap.PAGE_SIZE - 1;
    private static final int DIRECTORY_BITS = 12;
    /** Address bits that an aligned access below 2^32 has clear. */
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;

    /** Told when a page is first touched in a segment, before the access happens. */
    @FunctionalInterface
    public interface TouchListener {
        /**
         * The segment is about to access a page for the first time.
         *
         * @param pageId 0x1000/page size ≤ pageId &lt; the salt page's id
         * @param content the page as the segment found it, in the first page-size bytes; not to be kept or changed
         */
        void touched(int pageId, byte[] content);
    }

    /** Where the content of a page that was never accessed comes from. */
    @FunctionalInterface
    public interface Source {
        /** Fills the zeroed {@code page}; leaves it alone where the initial content is zero. */
        void load(int pageId, byte[] page);
    }

    private final byte[] @Nullable [] live = new byte[1 << (32 - PAGE_BITS)][];
    private final byte[] @Nullable [] @Nullable [] pages = new byte[1 << (32 - PAGE_BITS - DIRECTORY_BITS)][][];
    private final Source source;
    private final TouchListener listener;
    private final long maxPages;
    /** Bytes behind each page's content: its words' timestamps, so that finding the page finds them too. */
    private final int trailer;

    private int[] touched = new int[256];
    private int touchedCount;
    private long pageCount;

    private long misaligned;
    private int crossLoadDouble;
    private int crossLoad;
    private int crossStoreDouble;
    private int crossStore;

    /**
     * A memory for running.
     *
     * @param source initial content
     * @param maxPages largest number of distinct pages the guest may access
     * @param listener told of first touches
     */
    public Memory(Source source, long maxPages, TouchListener listener) {
        this(source, maxPages, listener, 0);
    }

    private Memory(Source source, long maxPages, TouchListener listener, int trailer) {
        this.trailer = trailer;
        this.source = source;
        this.maxPages = maxPages;
        this.listener = listener;
    }

    /** A memory that also keeps a timestamp for every word, 0 at first: for recording. */
    public static Memory withTimes(Source source) {
        return new Memory(source, Long.MAX_VALUE, (pageId, content) -> {}, 4 * MemoryMap.PAGE_WORDS);
    }

    /** Initial content of a run: the image below 2^31; above it the input's length, then the input. */
    public static Source initial(MemoryImage image, byte[] input) {
        return (pageId, page) -> {
            long start = (long) pageId << PAGE_BITS;
            if (start < MemoryMap.INPUT_START) {
                int index = image.find(pageId);
                if (index >= 0) {
                    image.copyPage(index, page, 0);
                }
                return;
            }
            long from = start - MemoryMap.INPUT_DATA;
            if (from < 0) {
                LONG.set(page, 0, (long) input.length);
                System.arraycopy(input, 0, page, 8, Math.min(input.length, MemoryMap.PAGE_SIZE - 8));
            } else if (from < input.length) {
                System.arraycopy(input, (int) from, page, 0, (int) Math.min(input.length - from, MemoryMap.PAGE_SIZE));
            }
        };
    }

    /**
     * The live pages by id, for {@link #load8(byte[][], long)} and its siblings: translated code keeps this reference,
     * the same for the memory's whole life, in a local variable.
     */
    public byte[] @Nullable [] live() {
        return live;
    }

    // Loads: the bytes at an address, zero-extended

    public long load8(long address) {
        return load8(live, address);
    }

    public long load8(byte[] @Nullable [] live, long address) {
        if ((address & HIGH) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                return page[(int) address & OFFSET] & 0xffL;
            }
        }
        return loadSlow(address, 1);
    }

    public long load16(long address) {
        return load16(live, address);
    }

    public long load16(byte[] @Nullable [] live, long address) {
        if ((address & (HIGH | 1)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                return (short) SHORT.get(page, (int) address & OFFSET) & 0xffffL;
            }
        }
        return loadSlow(address, 2);
    }

    public long load32(long address) {
        return load32(live, address);
    }

    public long load32(byte[] @Nullable [] live, long address) {
        if ((address & (HIGH | 3)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                return (int) INT.get(page, (int) address & OFFSET) & 0xffff_ffffL;
            }
        }
        return loadSlow(address, 4);
    }

    public long load64(long address) {
        return load64(live, address);
    }

    public long load64(byte[] @Nullable [] live, long address) {
        if ((address & (HIGH | 7)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                return (long) LONG.get(page, (int) address & OFFSET);
            }
        }
        return loadSlow(address, 8);
    }

    // Stores: the low bytes of a value

    public void store8(long address, long value) {
        store8(live, address, value);
    }

    public void store8(byte[] @Nullable [] live, long address, long value) {
        if ((address & HIGH) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                page[(int) address & OFFSET] = (byte) value;
                return;
            }
        }
        storeSlow(address, value, 1);
    }

    public void store16(long address, long value) {
        store16(live, address, value);
    }

    public void store16(byte[] @Nullable [] live, long address, long value) {
        if ((address & (HIGH | 1)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                SHORT.set(page, (int) address & OFFSET, (short) value);
                return;
            }
        }
        storeSlow(address, value, 2);
    }

    public void store32(long address, long value) {
        store32(live, address, value);
    }

    public void store32(byte[] @Nullable [] live, long address, long value) {
        if ((address & (HIGH | 3)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                INT.set(page, (int) address & OFFSET, (int) value);
                return;
            }
        }
        storeSlow(address, value, 4);
    }

    public void store64(long address, long value) {
        store64(live, address, value);
    }

    public void store64(byte[] @Nullable [] live, long address, long value) {
        if ((address & (HIGH | 7)) == 0) {
            byte[] page = live[(int) address >>> PAGE_BITS];
            if (page != null) {
                LONG.set(page, (int) address & OFFSET, value);
                return;
            }
        }
        storeSlow(address, value, 8);
    }

    private long loadSlow(long address, int size) {
        if (!mapped(address, size)) {
            throw new TrapException(TrapCause.LOAD_ACCESS, address);
        }
        if (countMisaligned(address, size)) {
            if (size == 8) {
                crossLoadDouble++;
            } else {
                crossLoad++;
            }
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            long at = address + i;
            value |= (page(at)[(int) at & OFFSET] & 0xffL) << (8 * i);
        }
        return value;
    }

    private void storeSlow(long address, long value, int size) {
        touchForStore(address, size);
        if (countMisaligned(address, size)) {
            if (size == 8) {
                crossStoreDouble++;
            } else {
                crossStore++;
            }
        }
        for (int i = 0; i < size; i++) {
            long at = address + i;
            page(at)[(int) at & OFFSET] = (byte) (value >>> (8 * i));
        }
    }

    /**
     * What a store does before it stores: traps, or touches both pages, so that a limit leaves no half store behind.
     */
    void touchForStore(long address, int size) {
        if (!mapped(address, size)) {
            throw new TrapException(TrapCause.STORE_ACCESS, address);
        }
        page(address);
        page(address + size - 1);
    }

    /** Counts an access that is not naturally aligned; true where it crosses an 8-byte word. */
    private boolean countMisaligned(long address, int size) {
        if ((address & (size - 1)) != 0) {
            misaligned++;
        }
        return (address & 7) + size > 8;
    }

    /** Whether the guest may access all of [address, address + size). */
    public static boolean mapped(long address, int size) {
        return address >= MemoryMap.PROGRAM_START && address <= MemoryMap.SALT_START - size;
    }

    private byte[] page(long address) {
        byte[] page = live[(int) (address >>> PAGE_BITS)];
        return page != null ? page : touch((int) (address >>> PAGE_BITS));
    }

    private byte[] touch(int pageId) {
        byte[] page = find(pageId);
        if (page == null) {
            if (pageCount >= maxPages) {
                throw new LimitException(LimitException.Limit.MEMORY);
            }
            pageCount++;
            page = new byte[MemoryMap.PAGE_SIZE + trailer];
            source.load(pageId, page);
            keep(pageId, page);
        }
        listener.touched(pageId, page);
        if (touchedCount == touched.length) {
            touched = java.util.Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = pageId;
        live[pageId] = page;
        return page;
    }

    private byte @Nullable [] find(int pageId) {
        byte[] @Nullable [] directory = pages[pageId >>> DIRECTORY_BITS];
        return directory == null ? null : directory[pageId & ((1 << DIRECTORY_BITS) - 1)];
    }

    private void keep(int pageId, byte[] page) {
        byte[] @Nullable [] directory = pages[pageId >>> DIRECTORY_BITS];
        if (directory == null) {
            directory = new byte[1 << DIRECTORY_BITS][];
            pages[pageId >>> DIRECTORY_BITS] = directory;
        }
        directory[pageId & ((1 << DIRECTORY_BITS) - 1)] = page;
    }

    /** Forgets which pages were touched and the crossing counts: a new segment begins. Contents stay. */
    public void beginSegment() {
        for (int i = 0; i < touchedCount; i++) {
            live[touched[i]] = null;
        }
        touchedCount = 0;
        crossLoadDouble = 0;
        crossLoad = 0;
        crossStoreDouble = 0;
        crossStore = 0;
    }

    /** Forgets everything, as if newly made. */
    public void clear() {
        beginSegment();
        java.util.Arrays.fill(pages, null);
        pageCount = 0;
        misaligned = 0;
    }

    /**
     * Sets the timestamp of the word that contains {@code address} and returns the one before; only {@link #withTimes}.
     */
    public int swapTime(long address, int time) {
        byte[] page = page(address);
        int at = MemoryMap.PAGE_SIZE + (((int) address & OFFSET) >> 3 << 2);
        int before = (int) INT.get(page, at);
        INT.set(page, at, time);
        return before;
    }

    /**
     * Writes down a live page of a memory {@link #withTimes} next to its content at the start: word w goes to index
     * {@code at} + w.
     *
     * @param first content at the start
     * @param firstWords receives its words
     * @param lastWords receives the words now
     * @param lastTimes receives the words' timestamps
     */
    public void collect(int pageId, byte[] first, long[] firstWords, long[] lastWords, int[] lastTimes, int at) {
        byte[] page = page((long) pageId << PAGE_BITS);
        for (int w = 0; w < MemoryMap.PAGE_WORDS; w++) {
            firstWords[at + w] = (long) LONG.get(first, 8 * w);
            lastWords[at + w] = (long) LONG.get(page, 8 * w);
            lastTimes[at + w] = (int) INT.get(page, MemoryMap.PAGE_SIZE + 4 * w);
        }
    }

    /** The 8-byte word that contains {@code address}, whose page must be live. */
    public long word(long address) {
        return (long) LONG.get(page(address), (int) address & OFFSET & -8);
    }

    /**
     * Reads for the host, touching nothing.
     *
     * @return false, with {@code target} partly written, where some byte is not mapped
     */
    public boolean peek(long address, byte[] target, int offset, int size) {
        if (!mapped(address, size)) {
            return false;
        }
        byte[] fresh = new byte[MemoryMap.PAGE_SIZE];
        int done = 0;
        while (done < size) {
            long at = address + done;
            int pageId = (int) (at >>> PAGE_BITS);
            byte[] page = find(pageId);
            if (page == null) {
                java.util.Arrays.fill(fresh, (byte) 0);
                source.load(pageId, fresh);
                page = fresh;
            }
            int from = (int) at & OFFSET;
            int length = Math.min(size - done, MemoryMap.PAGE_SIZE - from);
            System.arraycopy(page, from, target, offset + done, length);
            done += length;
        }
        return true;
    }

    /** Number of pages touched since the segment began. */
    public int touchedCount() {
        return touchedCount;
    }

    /** Id of the i-th page touched since the segment began, in order of first touch. */
    public int touched(int i) {
        return touched[i];
    }

    /** Number of distinct pages accessed since the run began. */
    public long pageCount() {
        return pageCount;
    }

    /** Accesses since the run began that were not naturally aligned. */
    public long misaligned() {
        return misaligned;
    }

    /** Eight-byte loads of this segment that crossed a word. */
    public int crossLoadDouble() {
        return crossLoadDouble;
    }

    /** Smaller loads of this segment that crossed a word. */
    public int crossLoad() {
        return crossLoad;
    }

    /** Eight-byte stores of this segment that crossed a word. */
    public int crossStoreDouble() {
        return crossStoreDouble;
    }

    /** Smaller stores of this segment that crossed a word. */
    public int crossStore() {
        return crossStore;
    }
}
