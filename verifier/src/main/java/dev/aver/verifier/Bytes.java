package dev.aver.verifier;

import dev.aver.circuits.hash.HashSuite;
import java.io.ByteArrayOutputStream;

/** Writes what {@link ByteReader} reads. */
final class Bytes {
    private Bytes() {}

    static void u16(ByteArrayOutputStream out, int number) {
        out.write(number);
        out.write(number >>> 8);
    }

    static void u32(ByteArrayOutputStream out, int number) {
        u16(out, number);
        u16(out, number >>> 16);
    }

    static void digests(ByteArrayOutputStream out, int[] digests) {
        int length = HashSuite.POSEIDON2.digestLength();
        for (int at = 0; at < digests.length; at += length) out.writeBytes(HashSuite.POSEIDON2.encode(digests, at));
    }
}
