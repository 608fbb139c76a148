package dev.aver.verifier;

import java.util.Optional;

/**
 * What a verifier demands beyond a valid proof.
 *
 * @param minBits provable bits of security, at least {@link #LEAST_BITS}
 * @param exitCode the exit code; a run that ended with another has not done what was asked
 * @param input the input's digest, if a certain input is demanded
 */
public record Policy(int minBits, int exitCode, Optional<InputDigest> input) {
    /** No policy admits receipts with fewer provable bits. */
    public static final int LEAST_BITS = 100;

    /** Provable bits that the standard policy demands. */
    public static final int STANDARD_BITS = 128;

    /** @throws IllegalArgumentException if {@code minBits} is below {@link #LEAST_BITS} */
    public Policy {
        if (minBits < LEAST_BITS) {
            throw new IllegalArgumentException(
                    "a policy of " + minBits + " provable bits; at least " + LEAST_BITS + " have to be demanded");
        }
    }

    /** 128 provable bits, exit code 0, any input. */
    public static Policy standard() {
        return new Policy(STANDARD_BITS, 0, Optional.empty());
    }

    /** This, but with another minimum. */
    public Policy withMinBits(int bits) {
        return new Policy(bits, exitCode, input);
    }

    /** This, but demanding another exit code. */
    public Policy withExitCode(int code) {
        return new Policy(minBits, code, input);
    }

    /** This, but demanding an input. */
    public Policy withInput(InputDigest digest) {
        return new Policy(minBits, exitCode, Optional.of(digest));
    }
}
