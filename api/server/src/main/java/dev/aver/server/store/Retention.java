package dev.aver.server.store;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param inputs after their upload, and as long as a job needs them
 * @param receipts and profiles, after their job's end
 * @param jobs after their end, no shorter than receipts; a submission repeated later is a new job
 */
public record Retention(Duration inputs, Duration receipts, Duration jobs) {
    /** @throws IllegalArgumentException if a job would go before its receipt */
    public Retention {
        if (jobs.compareTo(receipts) < 0) {
            throw new IllegalArgumentException("jobs are kept " + jobs + ", shorter than receipts, " + receipts);
        }
    }
}
