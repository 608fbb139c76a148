package dev.aver.zkvm.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file's bytes, read little-endian. Callers ask {@link #contains} first: offsets in a file are anyone's claim. */
final class ElfBytes {
    private final byte[] bytes;
    private final ByteBuffer buffer;

    ElfBytes(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return bytes.length;
    }

    /** Whether [offset, offset + size), both unsigned, lies in the file. */
    boolean contains(long offset, long size) {
        return offset >= 0 && size >= 0 && size <= bytes.length - offset;
    }

    int u8(int offset) {
        return bytes[offset] & 0xff;
    }

    int u16(int offset) {
        return buffer.getShort(offset) & 0xffff;
    }

    long u32(int offset) {
        return buffer.getInt(offset) & 0xffffffffL;
    }

    /** All 64 bits: values from 2^63 are negative. */
    long u64(int offset) {
        return buffer.getLong(offset);
    }

    void copy(int offset, byte[] target, int targetOffset, int size) {
        System.arraycopy(bytes, offset, target, targetOffset, size);
    }
}
