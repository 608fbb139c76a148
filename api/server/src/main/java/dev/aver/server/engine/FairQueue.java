package dev.aver.server.engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Jobs in an order that is fair: accounts take turns, and of an account's jobs the one with the lowest priority number
 * comes first, the oldest of those. Not thread-safe.
 */
final class FairQueue {
    private static final Comparator<LiveJob> ORDER = Comparator.comparingInt(
                    (LiveJob job) -> job.current().submission().priority())
            .thenComparingLong(LiveJob::sequence);

    /** In the order of their turns; an account without jobs is not here, and comes last when it has one again. */
    private final Map<String, TreeSet<LiveJob>> accounts = new LinkedHashMap<>();

    private int size;

    void add(LiveJob job) {
        if (accounts.computeIfAbsent(job.current().account(), account -> new TreeSet<>(ORDER))
                .add(job)) size++;
    }

    /** Whose turn it is. */
    Optional<LiveJob> peek() {
        return accounts.values().stream().findFirst().map(TreeSet::first);
    }

    /** Takes a job out because its turn has come: the turn goes to the next account. */
    void take(LiveJob job) {
        String account = job.current().account();
        remove(job);
        TreeSet<LiveJob> rest = accounts.remove(account);
        if (rest != null) accounts.put(account, rest);
    }

    /** Takes a job out for another reason; nothing if it is not here. */
    void remove(LiveJob job) {
        String account = job.current().account();
        TreeSet<LiveJob> jobs = accounts.get(account);
        if (jobs == null || !jobs.remove(job)) return;
        size--;
        if (jobs.isEmpty()) accounts.remove(account);
    }

    int size() {
        return size;
    }
}
