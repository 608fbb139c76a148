package dev.aver.server.engine;

import dev.aver.prover.ProverOptions;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.Submission;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.InputRow;
import dev.aver.server.store.NewJob;
import dev.aver.server.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known not to fit before it is run: what every proof needs with an input of this length, and runs that were
 * planned before and did not fit. It is known of the account's own runs only, since others' are none of its business,
 * and as long as the process lives, since settings do not change meanwhile.
 */
final class Misfits {
    private static final int MOST = 4096;

    /** An input is held twice while it is proven: as the guest's, and in its memory. */
    private static final long INPUT_COPIES = 2;

    /** A segment of the receipt, and what waits to be stored of others: {@link ReceiptParts}. */
    private static final long RECEIPT = 16 << 20;

    private final EngineOptions options;
    private final Store store;
    private final Map<Run, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Run, String> eldest) {
            return size() > MOST;
        }
    };

    private record Run(String account, String program, Optional<String> input) {
        static Run of(String account, Submission submission) {
            return new Run(account, submission.program(), submission.input());
        }
    }

    Misfits(EngineOptions options, Store store) {
        this.options = options;
        this.store = store;
    }

    /** A job was planned and does not fit. */
    synchronized void add(Job job, String why) {
        known.put(Run.of(job.account(), job.submission()), why);
    }

    private synchronized Optional<String> planned(NewJob job) {
        return Optional.ofNullable(known.get(Run.of(job.account(), job.submission())));
    }

    /** Why a job will not fit; empty if that takes a run to say. */
    Optional<String> of(NewJob job) throws StorageException {
        if (job.submission().kind() != JobKind.PROVE) return Optional.empty();
        long input = 0;
        if (job.submission().input().isPresent()) {
            Optional<InputRow> row = store.input(job.submission().input().get())
                    .filter(found -> found.account().equals(job.account()) && !found.deleted());
            // What is wrong with it is said when the job is to be stored.
            if (row.isEmpty()) return Optional.empty();
            input = row.get().input().bytes();
        }
        long least = ProverOptions.least() + beside(input);
        if (least > options.memory()) {
            return Optional.of(
                    "a proof takes at least %d MiB here, %d of them for the input, and the server's setting memory is %d MiB: raise it"
                            .formatted(least >> 20, beside(input) >> 20, options.memory() >> 20));
        }
        return planned(job);
    }

    /** What a job takes beside what the prover counts, with an input of this length. */
    static long beside(long input) {
        return INPUT_COPIES * input + RECEIPT;
    }
}
