package dev.aver.prover.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.verifier.AnyPolicy;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt;
import java.util.Optional;
import java.util.Set;

/** What becomes of a receipt. Any exception but a typed rejection is thrown on, and fails the test. */
final class Verdict {
    private Verdict() {}

    /** Why these bytes are rejected; empty if they are accepted. */
    static Optional<Reason> of(byte[] receipt) {
        try {
            AnyPolicy.verify(Receipt.decode(receipt));
            return Optional.empty();
        } catch (InvalidReceiptException e) {
            return Optional.of(e.reason());
        }
    }

    /** Why a receipt is rejected; empty if it is accepted. */
    static Optional<Reason> of(Receipt receipt) {
        try {
            AnyPolicy.verify(receipt);
            return Optional.empty();
        } catch (InvalidReceiptException e) {
            return Optional.of(e.reason());
        }
    }

    static void isOneOf(Set<Reason> expected, Optional<Reason> verdict, String attack) {
        assertThat(verdict).as(attack).isPresent();
        assertThat(verdict.orElseThrow()).as(attack).isIn(expected);
    }
}
