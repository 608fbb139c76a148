package dev.aver.tests.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A generated program: an ELF file with two segments, code that starts at its first byte and is not written, and data.
 * It ends by writing its data to descriptor 1 and exiting.
 *
 * @param name to repeat it by
 * @param elf the file
 */
record GuestProgram(String name, byte[] elf) {

    /** Address of the code. */
    static final long CODE = 0x10000;
    /** Address of the data: one that a lui makes. */
    static final long DATA = 0x4000_0000;
    /** Bytes of data. */
    static final int DATA_SIZE = 0x8000;

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    /** File offsets are congruent to addresses modulo the page size, as user-mode emulation wants them. */
    private static final int PAGE = 0x1000;

    /** Puts code and the first bytes of the data into a file; the rest of the data is zero. */
    static GuestProgram of(String name, byte[] code, byte[] data) {
        int dataAt = PAGE + (code.length + PAGE - 1) / PAGE * PAGE;
        ByteBuffer file = ByteBuffer.allocate(dataAt + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 243).putInt(1); // executable, RISC-V
        file.putLong(CODE).putLong(HEADER).putLong(0);
        file.putInt(1); // flags: compressed instructions, soft float
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
        file.position(HEADER);
        programHeader(file, 5, PAGE, CODE, code.length, code.length);
        programHeader(file, 6, dataAt, DATA, data.length, DATA_SIZE);
        file.position(PAGE).put(code);
        file.position(dataAt).put(data);
        return new GuestProgram(name, file.array());
    }

    private static void programHeader(ByteBuffer file, int flags, long offset, long address, long fileSize, long size) {
        file.putInt(1).putInt(flags).putLong(offset).putLong(address).putLong(address);
        file.putLong(fileSize).putLong(size).putLong(PAGE);
    }

    @Override
    public String toString() {
        return name;
    }
}
