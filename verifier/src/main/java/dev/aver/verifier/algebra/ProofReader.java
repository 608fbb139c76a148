package dev.aver.verifier.algebra;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.Objects;

/**
 * Reads a proof's bytes in order. Each thing is checked to be there and to be in the one form it may have, before
 * anything is computed from it. The messages say at which byte.
 */
public final class ProofReader {
    private static final int ELEMENT_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads all of {@code bytes}, which are kept and must not change. */
    public ProofReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /**
     * Reads {@code length} bytes from {@code bytes[from]}, which are kept and must not change.
     *
     * @throws IndexOutOfBoundsException if they are not there: the caller has made sure of that
     */
    public ProofReader(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        this.bytes = bytes;
        position = from;
        end = from + length;
    }

    /** An element of K, in Montgomery form. */
    public int base() throws InvalidReceiptException {
        require(ELEMENT_BYTES, "a field element");
        return next();
    }

    /** An element of E. */
    public E6 element() throws InvalidReceiptException {
        require(ELEMENT_BYTES * E6.DEGREE, "an extension element");
        return new E6(next(), next(), next(), next(), next(), next());
    }

    /**
     * A row of elements of K, in Montgomery form.
     *
     * @param width at least 0; nothing is allocated unless so many elements are there
     */
    public int[] row(int width) throws InvalidReceiptException {
        require((long) ELEMENT_BYTES * width, "a row");
        int[] row = new int[width];
        for (int i = 0; i < width; i++) row[i] = next();
        return row;
    }

    /** A digest. */
    public int[] digest(HashSuite suite) throws InvalidReceiptException {
        int length = 4 * suite.digestLength();
        require(length, "a digest");
        int[] digest = new int[suite.digestLength()];
        if (!suite.decode(bytes, position, digest, 0)) {
            throw new InvalidReceiptException(Reason.NOT_CANONICAL, "no " + suite.name() + " digest" + at());
        }
        position += length;
        return digest;
    }

    /** Rejects what has more bytes than were read. */
    public void end() throws InvalidReceiptException {
        if (position < end) {
            throw new InvalidReceiptException(Reason.TRAILING_BYTES, end - position + " bytes left over" + at());
        }
    }

    private void require(long length, String what) throws InvalidReceiptException {
        if (end - position < length) {
            throw new InvalidReceiptException(Reason.MALFORMED, "the proof ends in " + what + at());
        }
    }

    private int next() throws InvalidReceiptException {
        int at = position;
        int canonical = (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | (bytes[at + 3] << 24);
        if (!KoalaBear.isCanonical(canonical)) {
            String number = Integer.toUnsignedString(canonical);
            throw new InvalidReceiptException(Reason.NOT_CANONICAL, number + " is not below p" + at());
        }
        position = at + ELEMENT_BYTES;
        return KoalaBear.of(canonical);
    }

    private String at() {
        return ", at byte " + position;
    }
}
