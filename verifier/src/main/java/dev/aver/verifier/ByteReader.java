package dev.aver.verifier;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.Arrays;

/** Reads a receipt's bytes in order; nothing is allocated that the bytes that are there could not fill. */
final class ByteReader {
    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int u8(String what) throws InvalidReceiptException {
        require(1, what);
        return bytes[position++] & 0xff;
    }

    int u16(String what) throws InvalidReceiptException {
        return u8(what) | u8(what) << 8;
    }

    /** Four bytes, as a number of 32 bits. */
    int u32(String what) throws InvalidReceiptException {
        return u16(what) | u16(what) << 16;
    }

    /** A number of 32 bits in a range. */
    int count(String what, int min, int max) throws InvalidReceiptException {
        long value = Integer.toUnsignedLong(u32(what));
        if (value < min || value > max) {
            throw new InvalidReceiptException(
                    Reason.MALFORMED, what + " is " + value + ", outside " + min + " to " + max);
        }
        return (int) value;
    }

    byte[] bytes(long length, String what) throws InvalidReceiptException {
        require(length, what);
        byte[] read = Arrays.copyOfRange(bytes, position, position + (int) length);
        position += (int) length;
        return read;
    }

    /** Poseidon2 digests, one after the other, as elements in Montgomery form. */
    int[] digests(int count, String what) throws InvalidReceiptException {
        HashSuite suite = HashSuite.POSEIDON2;
        int length = suite.digestLength();
        require(4L * length * count, what);
        int[] digests = new int[length * count];
        for (int i = 0; i < count; i++) {
            if (!suite.decode(bytes, position, digests, i * length)) {
                throw new InvalidReceiptException(
                        Reason.NOT_CANONICAL, what + ", at byte " + position + ", has an element of p or above");
            }
            position += 4 * length;
        }
        return digests;
    }

    void end() throws InvalidReceiptException {
        if (position < bytes.length) {
            throw new InvalidReceiptException(
                    Reason.TRAILING_BYTES, bytes.length - position + " bytes after the end, at byte " + position);
        }
    }

    private void require(long length, String what) throws InvalidReceiptException {
        if (bytes.length - position < length) {
            throw new InvalidReceiptException(
                    Reason.MALFORMED, "the receipt ends in " + what + ", at byte " + position);
        }
    }
}
