package dev.aver.verifier.stark;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import java.util.HexFormat;

/**
 * What a verifier knows before it sees a proof: the machine's tables, and the commitment to the fixed ones.
 *
 * @param suite what the commitment is made with
 * @param fixedCap its digests, one after the other
 */
@SuppressWarnings("ArrayRecordComponent")
public record VerifyingKey(Machine machine, HashSuite suite, int[] fixedCap) {
    /**
     * SHA-256 of the machine's version, the tables' digests in order, and the fixed tables' commitment: in hexadecimal.
     */
    public String digest() {
        return HexFormat.of().formatHex(KeyDigest.of(this));
    }
}
