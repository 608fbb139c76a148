package dev.aver.server.service;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What verification says of a receipt.
 *
 * @param valid whether it verifies and is about the expected program
 * @param reason why not: {@code InvalidReceiptException.Reason} and its message
 * @param imageId what it is about
 * @param exitCode of the run, if valid
 * @param journal public output, if valid
 * @param cycles of the run, if valid
 * @param provableBits if valid
 * @param security the security report, in lines, if valid
 * @param inputDigest of the run's input, in hexadecimal, if valid
 */
@SuppressWarnings("ArrayRecordComponent")
public record Verdict(
        boolean valid,
        Optional<String> reason,
        Optional<String> imageId,
        OptionalInt exitCode,
        byte[] journal,
        OptionalLong cycles,
        OptionalInt provableBits,
        List<String> security,
        Optional<String> inputDigest) {
    public Verdict {
        security = List.copyOf(security);
    }
}
