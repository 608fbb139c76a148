package dev.aver.verifier;

/** Verification without the policy's demand for bits of security, so that tests can do with few queries. */
public final class AnyParameters {
    private AnyParameters() {}

    /**
     * Verifies a receipt's proofs, whatever they are worth.
     *
     * @throws InvalidReceiptException if the bytes are not a receipt, or a proof does not verify
     */
    public static void verify(byte[] bytes) throws InvalidReceiptException {
        Receipt receipt = Receipt.decode(bytes);
        Verifier.verifySegments(receipt, receipt.image().id());
    }
}
