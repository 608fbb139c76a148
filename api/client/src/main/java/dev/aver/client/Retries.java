package dev.aver.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to ask again. Only calls that may be repeated are: what reads, what is known by its content, and submissions
 * with an idempotency key.
 *
 * @param attempts how often to ask at most, 1 for never again
 * @param first the longest wait before the second attempt; it doubles with each
 * @param longest no wait is longer, but for one that the server asks for
 */
public record Retries(int attempts, Duration first, Duration longest) {
    /** Six attempts in about ten seconds. */
    public static final Retries STANDARD = new Retries(6, Duration.ofMillis(300), Duration.ofSeconds(5));

    /** Never. */
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    /** A hint beyond this is for the caller to decide on. */
    private static final Duration LONGEST_HINT = Duration.ofSeconds(30);

    /**
     * How long to wait after a failure, or nothing if it is final. The wait is random up to a bound that doubles, so
     * that clients that failed together do not come back together; never below what the server asks for.
     *
     * @param made attempts made, from 1
     */
    Optional<Duration> after(RemoteException failure, int made, RandomGenerator random) {
        boolean hinted = failure.retryAfter().isPresent();
        if (made >= attempts || !(hinted || failure.unreachable())) {
            return Optional.empty();
        }
        Duration hint = failure.retryAfter().orElse(Duration.ZERO);
        if (hint.compareTo(LONGEST_HINT) > 0) {
            return Optional.empty();
        }
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(made - 1, 20));
        return Optional.of(hint.plusMillis(random.nextLong(bound + 1)));
    }
}
