package dev.aver.server.service;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a submitter asks for.
 *
 * @param kind execute or prove; others are reserved
 * @param program a registered program's id
 * @param input an uploaded input's id; none for the empty input
 * @param suite "poseidon2" or "blake3"
 * @param securityBits provable bits that the receipt must have, 100 to 128
 * @param bindInput whether others can compute the input's digest: no salt
 * @param maxCycles the run's limit; none for the server's
 * @param priority 0 (first) to 9 (last), 5 ordinarily; between jobs of one account
 * @param deadline when the job is no longer wanted: one that has not completed expires
 * @param acceptNotHiding a private input needs this to be true, since composite receipts do not hide
 * @param deleteWhenDone whether the input, and all that is derived from it but the receipt, is deleted when the job
 *     ends
 * @param idempotencyKey 1 to 128 printable characters: a repeated submission of the account gives the same job
 * @param label shown in listings, at most 128 characters, or empty
 */
public record Submission(
        JobKind kind,
        String program,
        Optional<String> input,
        String suite,
        int securityBits,
        boolean bindInput,
        OptionalLong maxCycles,
        int priority,
        Optional<Instant> deadline,
        boolean acceptNotHiding,
        boolean deleteWhenDone,
        Optional<String> idempotencyKey,
        String label) {}
