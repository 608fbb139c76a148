package dev.aver.server.service;

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
 */
@SuppressWarnings("ArrayRecordComponent")
public record Verdict(
        boolean valid,
        Optional<String> reason,
        Optional<String> imageId,
        OptionalInt exitCode,
        byte[] journal,
        OptionalLong cycles,
        OptionalInt provableBits) {}
