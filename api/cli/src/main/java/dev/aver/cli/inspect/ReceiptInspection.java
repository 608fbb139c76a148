package dev.aver.cli.inspect;

import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.security.ReceiptSecurity;

/**
 * Everything that {@code aver inspect} tells about a receipt, which it does not verify.
 *
 * @param path as given
 * @param fileBytes its length
 * @param receipt what it says
 * @param security of its proofs, if they are accepted
 */
record ReceiptInspection(String path, long fileBytes, Receipt receipt, ReceiptSecurity security) {
    static ReceiptInspection of(String path, long fileBytes, Receipt receipt) {
        return new ReceiptInspection(path, fileBytes, receipt, Verifier.security(receipt));
    }
}
