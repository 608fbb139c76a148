package dev.aver.verifier.stark;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.algebra.Algebra;
import dev.aver.verifier.pcs.Parameters;
import java.util.HexFormat;

/**
 * What a verifier knows before it sees a proof: the machine's tables, and the commitment to the fixed ones.
 *
 * @param suite what the commitment is made with
 * @param fixedCap its digests, one after the other
 */
@SuppressWarnings("ArrayRecordComponent")
public record VerifyingKey(Machine machine, HashSuite suite, int[] fixedCap) {
    /** Puts everything that the key and the parameters say into the transcript. */
    <V, D> void absorb(Algebra<V, D, ?, ?> algebra, Parameters parameters) {
        algebra.absorbNumber(Machine.VERSION);
        algebra.absorbString(parameters.suite().name());
        algebra.absorbNumber(parameters.logBlowup());
        algebra.absorbNumber(parameters.queries());
        algebra.absorbNumber(parameters.grindingBits());
        algebra.absorbNumber(parameters.capLog());
        algebra.absorbNumber(parameters.finalLog());
        algebra.absorbNumber(parameters.arityLog());
        algebra.absorbString(digest());
    }

    /** SHA-256 of the tables' digests, in order, and of the fixed tables' commitment: in hexadecimal. */
    public String digest() {
        return HexFormat.of().formatHex(KeyDigest.of(this));
    }
}
