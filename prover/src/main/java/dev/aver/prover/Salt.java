package dev.aver.prover;

import dev.aver.circuits.hash.Sha256;
import dev.aver.circuits.memory.MemoryTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/** The five words that make an input's digest say nothing about the input. */
final class Salt {
    private Salt() {}

    /**
     * Zeros where the digest is to be computable; the checkpoint's, so that a resumed proof is of the same run; new.
     */
    static long[] choose(ProverOptions options, Optional<Checkpoint> checkpoint) throws IOException {
        long[] salt = new long[MemoryTree.SALT_WORDS];
        if (options.bindInput()) return salt;
        if (options.seed().isPresent()) return fromSeed(options.seed().getAsLong());
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < salt.length; i++) salt[i] = random.nextLong();
        return checkpoint.isPresent() ? checkpoint.get().salt(salt) : salt;
    }

    private static long[] fromSeed(long seed) {
        long[] salt = new long[MemoryTree.SALT_WORDS];
        for (int i = 0; i < salt.length; i++) {
            byte[] block = ByteBuffer.allocate(12).putLong(seed).putInt(i).array();
            salt[i] = ByteBuffer.wrap(Sha256.of(block)).getLong();
        }
        return salt;
    }
}
