package dev.aver.zkvm;

import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.LimitException;
import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.MemoryMap;
import java.io.ByteArrayOutputStream;

/** The host side of the write system call: console and journal, clipped to what is mapped. */
final class GuestOutput implements Host {
    private static final int CHUNK = 1 << 16;

    private final Console console;
    private final long journalLimit;
    private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[CHUNK];
    private long clipped;
    private long ignored;

    GuestOutput(Console console, long journalLimit) {
        this.console = console;
        this.journalLimit = journalLimit;
    }

    @Override
    public void write(long fd, long address, long count, Memory memory) {
        if (fd < 1 || fd > 3) {
            ignored++;
            return;
        }
        long size = count;
        if (address < MemoryMap.PROGRAM_START || address >= MemoryMap.SALT_START) {
            size = 0;
        } else if (Long.compareUnsigned(count, MemoryMap.SALT_START - address) > 0) {
            size = MemoryMap.SALT_START - address;
        }
        if (size != count) {
            clipped++;
        }
        if (fd == 3 && journal.size() + size > journalLimit) {
            throw new LimitException(Limit.JOURNAL);
        }
        for (long done = 0; done < size; ) {
            int length = (int) Math.min(CHUNK, size - done);
            memory.peek(address + done, buffer, 0, length);
            if (fd == 3) {
                journal.write(buffer, 0, length);
            } else {
                console.write((int) fd, buffer, length);
            }
            done += length;
        }
    }

    byte[] journal() {
        return journal.toByteArray();
    }

    Execution.WriteFaults faults() {
        return new Execution.WriteFaults(clipped, ignored);
    }
}
