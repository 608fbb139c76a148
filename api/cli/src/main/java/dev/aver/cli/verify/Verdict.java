package dev.aver.cli.verify;

import dev.aver.verifier.Claim;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.security.ReceiptSecurity;
import java.util.Optional;

/**
 * What {@code aver verify} found.
 *
 * @param claim what the receipt proves, if it is valid
 * @param rejection why it is not, if it is not
 * @param receipt the receipt, if the bytes are one; what it says is to be believed only with a claim
 * @param security of its proofs, if they are accepted
 * @param receiptBytes length of the file
 * @param wallSeconds from the first byte read to the verdict
 */
record Verdict(
        Optional<Claim> claim,
        Optional<InvalidReceiptException> rejection,
        Optional<Receipt> receipt,
        Optional<ReceiptSecurity> security,
        long receiptBytes,
        double wallSeconds) {

    boolean valid() {
        return claim.isPresent();
    }
}
