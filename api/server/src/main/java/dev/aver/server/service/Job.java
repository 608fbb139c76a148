package dev.aver.server.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job as its owner sees it.
 *
 * @param id random, 128 bits in hexadecimal
 * @param account whose it is
 * @param submission what was asked for
 * @param secret whether its input is private
 * @param state where it stands
 * @param version grows with every change: what {@code watch} and {@code wait} compare
 * @param created when it was accepted
 * @param started when it first ran
 * @param finished when it became final
 * @param attempts how often it was started: more than once if the server went down in between
 * @param progress while it runs, and the last one after
 * @param result once completed
 * @param failure once failed
 */
public record Job(
        String id,
        String account,
        Submission submission,
        boolean secret,
        JobState state,
        long version,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> finished,
        int attempts,
        Optional<Progress> progress,
        Optional<Result> result,
        Optional<Failure> failure) {

    /**
     * What a job came to.
     *
     * @param imageId hexadecimal, of the program
     * @param exitCode the guest's
     * @param journal public output; empty where jobs are listed
     * @param journalBytes its length, where it is left out too
     * @param cycles of the run
     * @param segments proofs in the receipt; 0 for an execution
     * @param receiptBytes the receipt's size, if there is one
     * @param provableBits of the receipt, if there is one
     * @param peakRssBytes the process's peak resident memory while it ran
     * @param security the receipt's security report, in lines; none for an execution, and where jobs are listed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Result(
            String imageId,
            int exitCode,
            byte[] journal,
            long journalBytes,
            long cycles,
            int segments,
            OptionalLong receiptBytes,
            OptionalInt provableBits,
            long peakRssBytes,
            List<String> security) {
        public Result {
            security = List.copyOf(security);
        }
    }
}
