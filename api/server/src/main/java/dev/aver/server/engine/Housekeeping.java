package dev.aver.server.engine;

import dev.aver.server.blob.BlobStore;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Retention and garbage: deletes what is too old, and blobs and finished segments that nothing refers to. */
final class Housekeeping {
    private final EngineOptions options;
    private final Store store;
    private final BlobStore blobs;
    private final LiveJobs jobs;
    private final Path segments;
    private final EngineListener listener;
    private final Runnable expired;
    private final ReentrantLock deleting = new ReentrantLock();

    /** @param expired told when jobs or receipts have gone */
    Housekeeping(
            EngineOptions options,
            Store store,
            BlobStore blobs,
            LiveJobs jobs,
            Path segments,
            EngineListener listener,
            Runnable expired) {
        this.options = options;
        this.store = store;
        this.blobs = blobs;
        this.jobs = jobs;
        this.segments = segments;
        this.listener = listener;
        this.expired = expired;
    }

    /** Held while blobs must not go: a backup copies them. */
    ReentrantLock deleting() {
        return deleting;
    }

    /** Does all of it once; what cannot be done now is done the next time. */
    void run() {
        deleting.lock();
        try {
            if (store.expire(options.retention(), jobs.now()) > 0) expired.run();
            // In this order: what is settled now and garbage was not waiting for its row to be stored.
            List<String> settled = blobs.settled();
            Set<String> wanted = store.blobs();
            for (String id : settled) {
                if (!wanted.contains(id)) blobs.delete(id);
            }
            collectSegments();
        } catch (StorageException e) {
            listener.trouble("", "garbage could not be collected", e);
        } finally {
            deleting.unlock();
        }
    }

    private void collectSegments() {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(segments)) {
            for (Path directory : directories) {
                String id = String.valueOf(directory.getFileName());
                // Jobs are taken in before they have segments, so what is not live has ended.
                if (jobs.find(id).isEmpty()) JobSegments.delete(directory);
            }
        } catch (IOException e) {
            listener.trouble("", "finished segments of ended jobs could not be deleted", e);
        }
    }
}
