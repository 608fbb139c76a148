package dev.aver.server.store;

import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * How a job ended.
 *
 * @param state final
 * @param at when
 * @param version the job's last
 * @param result if it completed
 * @param failure if it failed
 * @param receiptBlob where its receipt is, if it has one
 * @param profileBlob where its profile is, if it has one
 * @param cycles that were executed and not counted to its account's day before
 * @param kHz cycles proven in a millisecond
 */
public record JobEnd(
        JobState state,
        Instant at,
        long version,
        Optional<Job.Result> result,
        Optional<Failure> failure,
        Optional<String> receiptBlob,
        Optional<String> profileBlob,
        long cycles,
        double kHz) {

    /** Without result or failure. */
    public static JobEnd of(JobState state, Instant at, long version) {
        return new JobEnd(
                state, at, version, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);
    }

    /** A failure. */
    public static JobEnd failed(Failure failure, Instant at, long version, long cycles) {
        return new JobEnd(
                JobState.FAILED,
                at,
                version,
                Optional.empty(),
                Optional.of(failure),
                Optional.empty(),
                Optional.empty(),
                cycles,
                0);
    }

    /** This with a speed. */
    public JobEnd withKHz(double value) {
        return new JobEnd(state, at, version, result, failure, receiptBlob, profileBlob, cycles, value);
    }
}
