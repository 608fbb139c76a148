package dev.aver.server.engine;

import dev.aver.server.service.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The final jobs that were asked for last, so that clients that ask again and again cost no disk. Bounded in number and
 * in the length of their journals; a final job does not change until retention deletes it.
 */
final class FinalJobs {
    private static final int MOST = 2048;
    private static final int LONGEST_JOURNAL = 4096;

    private final Map<String, Job> jobs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized void add(Job job) {
        int journal = job.result().map(result -> result.journal().length).orElse(0);
        if (journal <= LONGEST_JOURNAL) jobs.put(job.id(), job);
    }

    synchronized void clear() {
        jobs.clear();
    }
}
