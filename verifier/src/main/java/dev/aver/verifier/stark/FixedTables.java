package dev.aver.verifier.stark;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ProgramCommitment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The commitments to the fixed tables, one for each suite, at rate 1/2 with a cap of 64 digests. They are constants of
 * the machine, pinned as files beside this class, because computing one takes longer than verifying a proof; a test
 * computes them.
 */
public final class FixedTables {
    private FixedTables() {}

    /** Read when first asked for. */
    private static final class Poseidon2 {
        private static final VerifyingKey KEY = load(HashSuite.POSEIDON2);
    }

    /** Read when first asked for. */
    private static final class Blake3 {
        private static final VerifyingKey KEY = load(HashSuite.BLAKE3);
    }

    /** The verifying key of the current machine for proofs with this suite. */
    public static VerifyingKey key(HashSuite suite) {
        return suite == HashSuite.POSEIDON2 ? Poseidon2.KEY : Blake3.KEY;
    }

    private static VerifyingKey load(HashSuite suite) {
        int count = 1 << ProgramCommitment.CAP_LOG;
        int length = suite.digestLength();
        int[] cap = new int[count * length];
        byte[] bytes = read(suite.name() + ".cap");
        boolean valid = bytes.length == 4 * cap.length;
        for (int i = 0; i < count && valid; i++) valid = suite.decode(bytes, 4 * i * length, cap, i * length);
        if (!valid) throw new IllegalStateException("this build's commitment to the fixed tables is damaged");
        return new VerifyingKey(Machine.CURRENT, suite, cap);
    }

    private static byte[] read(String name) {
        try (InputStream in = FixedTables.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("this build lacks " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("this build's " + name + " cannot be read", e);
        }
    }
}
