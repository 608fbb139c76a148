package dev.aver.server.gateway.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each name, refilled steadily. Remembers so many names and forgets those not seen for longest,
 * whose buckets are full again anyway if the number is chosen well.
 */
public final class TokenBuckets {
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets;

    private static final class Bucket {
        double tokens;
        long at;
    }

    /**
     * Full buckets.
     *
     * @param perSecond tokens that come back each second
     * @param burst tokens in a full bucket, at least 1
     * @param names how many to remember
     */
    public TokenBuckets(double perSecond, double burst, int names, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > names;
            }
        };
    }

    /** Takes a token, or says how long until there is one. */
    public synchronized Optional<Duration> take(String name) {
        Bucket bucket = refilled(name);
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return Optional.empty();
        }
        return Optional.of(untilOne(bucket));
    }

    /** How long until there is a token, without taking it; nothing if there is one. */
    public synchronized Optional<Duration> look(String name) {
        Bucket bucket = refilled(name);
        return bucket.tokens >= 1 ? Optional.empty() : Optional.of(untilOne(bucket));
    }

    private Duration untilOne(Bucket bucket) {
        return Duration.ofMillis((long) Math.ceil((1 - bucket.tokens) / perSecond * 1000));
    }

    private Bucket refilled(String name) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            buckets.put(name, bucket);
        } else {
            bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1e9 * perSecond);
        }
        bucket.at = now;
        return bucket;
    }
}
