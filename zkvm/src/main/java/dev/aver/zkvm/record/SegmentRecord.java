package dev.aver.zkvm.record;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one segment, from which a prover builds its traces without executing anything: one {@link EventTable}
 * per instruction chip, the refreshes, the halt, and for each touched page (and the register page, which comes last)
 * every word's first and last value and last access time.
 *
 * <p>A record may be handed back to the recorder to be filled again, so that a long run reuses one set of buffers.
 */
public final class SegmentRecord {
    private static final int MAGIC = 0x41765352; // "AvSR"

    private final EventTable[] tables = new EventTable[Chip.INSTRUCTION_CHIPS];
    final RefreshTable refreshes = new RefreshTable();

    @Nullable
    HaltEvent halt;

    int index;
    int startRow;
    int endRow;
    int cycles;
    int[] pageIds = {};
    long[] firstWords = {};
    long[] lastWords = {};
    int[] lastTimes = {};

    public SegmentRecord() {
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new EventTable(Chip.of(i));
        }
    }

    /** Position of the segment in its run, from 0. */
    public int index() {
        return index;
    }

    /** Row of the first instruction. */
    public int startRow() {
        return startRow;
    }

    /** Row after the last instruction; 0 after a halt. */
    public int endRow() {
        return endRow;
    }

    /** Instructions executed. */
    public int cycles() {
        return cycles;
    }

    /** The events of an instruction chip other than {@link Chip#HALT}, whose table stays empty. */
    public EventTable table(Chip chip) {
        return tables[chip.ordinal()];
    }

    public RefreshTable refreshes() {
        return refreshes;
    }

    /** The halt; null where the segment does not end the run. */
    public @Nullable HaltEvent halt() {
        return halt;
    }

    /** Touched pages, increasing; the last is {@link MemoryMap#REGISTER_PAGE}. */
    public int[] pageIds() {
        return pageIds;
    }

    /** Values before the segment: word w of page i at i · PAGE_WORDS + w. */
    public long[] firstWords() {
        return firstWords;
    }

    /** Values after the segment, laid out alike. */
    public long[] lastWords() {
        return lastWords;
    }

    /** Timestamps of last accesses, 0 for words never accessed, laid out alike. */
    public int[] lastTimes() {
        return lastTimes;
    }

    /** Writes everything; {@link #readFrom} reads it back. Equal records give equal bytes. */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(index);
        out.writeInt(startRow);
        out.writeInt(endRow);
        out.writeInt(cycles);
        for (EventTable table : tables) {
            table.writeTo(out);
        }
        refreshes.writeTo(out);
        out.writeInt(pageIds.length);
        EventTable.writeInts(out, pageIds, pageIds.length);
        EventTable.writeLongs(out, firstWords, firstWords.length);
        EventTable.writeLongs(out, lastWords, lastWords.length);
        EventTable.writeInts(out, lastTimes, lastTimes.length);
        HaltEvent end = halt;
        out.writeBoolean(end != null);
        if (end != null) {
            out.writeInt(end.row());
            out.writeInt(end.clk());
            out.writeLong(end.number());
            out.writeInt(end.numberTime());
            out.writeLong(end.code());
            out.writeInt(end.codeTime());
            out.writeLong(end.digestAddress());
            out.writeInt(end.digestAddressTime());
            out.writeInt(end.digest().length);
            EventTable.writeLongs(out, end.digest(), end.digest().length);
            EventTable.writeInts(out, end.digestTimes(), end.digestTimes().length);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException when the bytes are not a record
     */
    public static SegmentRecord readFrom(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a segment record: bad magic number");
        }
        SegmentRecord record = new SegmentRecord();
        record.index = in.readInt();
        record.startRow = in.readInt();
        record.endRow = in.readInt();
        record.cycles = in.readInt();
        for (EventTable table : record.tables) {
            table.readFrom(in);
        }
        record.refreshes.readFrom(in);
        int pages = EventTable.readSize(in, "pages");
        record.makeRoom(pages);
        EventTable.readInts(in, record.pageIds, pages);
        EventTable.readLongs(in, record.firstWords, record.firstWords.length);
        EventTable.readLongs(in, record.lastWords, record.lastWords.length);
        EventTable.readInts(in, record.lastTimes, record.lastTimes.length);
        if (in.readBoolean()) {
            int row = in.readInt();
            int clk = in.readInt();
            long number = in.readLong();
            int numberTime = in.readInt();
            long code = in.readLong();
            int codeTime = in.readInt();
            long digestAddress = in.readLong();
            int digestAddressTime = in.readInt();
            int words = in.readInt();
            if (words != 0 && words != 4) {
                throw new IOException("not a segment record: a digest of " + words + " words");
            }
            long[] digest = new long[words];
            int[] digestTimes = new int[words];
            EventTable.readLongs(in, digest, words);
            EventTable.readInts(in, digestTimes, words);
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
        return record;
    }

    /** Sizes the page columns for this many pages, the register page included. */
    void makeRoom(int pages) {
        pageIds = new int[pages];
        firstWords = new long[pages * MemoryMap.PAGE_WORDS];
        lastWords = new long[pages * MemoryMap.PAGE_WORDS];
        lastTimes = new int[pages * MemoryMap.PAGE_WORDS];
    }

    /** Puts the register file into the page columns, as the last page. */
    void setRegisterPage(long[] first, long[] last, int[] times) {
        int page = pageIds.length - 1;
        pageIds[page] = MemoryMap.REGISTER_PAGE;
        System.arraycopy(first, 0, firstWords, page * MemoryMap.PAGE_WORDS, ProgramTable.REGISTERS);
        System.arraycopy(last, 0, lastWords, page * MemoryMap.PAGE_WORDS, ProgramTable.REGISTERS);
        System.arraycopy(times, 0, lastTimes, page * MemoryMap.PAGE_WORDS, ProgramTable.REGISTERS);
    }
}
