package dev.aver.server.engine;

import dev.aver.server.blob.BlobCipher;
import dev.aver.server.blob.BlobStore;
import dev.aver.server.keys.Keys;
import dev.aver.server.service.Administration;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditEntry.Action;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Page;
import dev.aver.server.service.ProvingService;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.service.Verdict;
import dev.aver.server.storage.DiskSpace;
import dev.aver.server.storage.StorageException;
import dev.aver.server.store.Acceptance;
import dev.aver.server.store.JobEnd;
import dev.aver.server.store.JobRow;
import dev.aver.server.store.NewJob;
import dev.aver.server.store.ProgramRow;
import dev.aver.server.store.SqliteStore;
import dev.aver.server.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The proving service on a directory: durable jobs, workers that do them, and everything kept for them. Opening it goes
 * on where the process before it ended, however it ended; closing it lets running proofs reach their next finished
 * segment and leaves what is not done to the next one.
 */
public final class Engine implements ProvingService, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Duration CLEANING = Duration.ofMinutes(1);

    private final EngineOptions options;
    private final EngineListener listener;
    private final DataDirectory directory;
    private final Store store;
    private final BlobStore blobs;
    private final DiskSpace space;
    private final Keys keys;
    private final LiveJobs jobs;
    private final Lookup lookup;
    private final Catalog catalog;
    private final Scheduler scheduler;
    private final Housekeeping housekeeping;
    private final ScheduledExecutorService timer;
    private final Guard guard;
    private final Misfits misfits;
    private final Backups backups;
    private final Administrator administrator;
    private volatile boolean accepting = true;
    private boolean closed;

    /**
     * Opens a directory, recovers what was under way, and starts the workers.
     *
     * @throws StorageException also if another server runs in the directory
     */
    public static Engine open(EngineOptions options, EngineListener listener, InstantSource clock) throws IOException {
        DataDirectory directory = new DataDirectory(options.directory());
        try {
            Store store = new SqliteStore(directory.database(), options.busyTimeout());
            try {
                return new Engine(options, listener, clock, directory, store);
            } catch (IOException | RuntimeException e) {
                store.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private Engine(
            EngineOptions options, EngineListener listener, InstantSource clock, DataDirectory directory, Store store)
            throws IOException {
        this.options = options;
        this.listener = listener;
        this.directory = directory;
        this.store = store;
        guard = new Guard(listener);
        space = DiskSpace.of(options.directory(), options.diskFloor());
        BlobCipher cipher = new BlobCipher(options.key());
        blobs = new BlobStore(directory.blobs(), cipher, space);
        keys = new Keys(store, clock);
        jobs = new LiveJobs(store, blobs, directory.segments(), listener, clock);
        lookup = new Lookup(store, jobs, guard, this::queue);
        catalog = new Catalog(options, store, blobs, jobs::now);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("aver-timer").daemon().factory());
        misfits = new Misfits(options, store);
        Worker worker = new Worker(options, store, blobs, cipher, jobs, misfits, listener, this::queueLater);
        scheduler = new Scheduler(worker, options.memory());
        housekeeping = new Housekeeping(options, store, blobs, jobs, directory.segments(), listener, lookup::forget);
        backups = new Backups(options.backups(), this::backup, listener, clock);
        administrator = new Administrator(keys, backups, store, guard, clock);
        recover();
        scheduler.start(options.executors(), options.provers());
        every(TICK, this::checkTimes);
        every(CLEANING, housekeeping::run);
        every(CLEANING, this::adopt);
    }

    /** Regularly, whatever one time comes to. */
    private void every(Duration interval, Runnable task) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                listener.trouble("", "a regular task ended in a defect", e);
            }
        };
        var _ = timer.scheduleWithFixedDelay(safe, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Every job that is not final gets into the lane where it belongs, or ends if it should have. */
    private void recover() throws StorageException {
        store.strike();
        for (JobRow row : store.unfinished()) {
            LiveJob job = jobs.add(row);
            if (row.stopRequested()) {
                finish(job, JobState.CANCELLED, Optional.empty());
            } else if (row.strikes() >= options.strikes()) {
                String message = "the server's process died %d times in a row while it worked on this job"
                        .formatted(row.strikes());
                Failure failure = new Failure(Failure.Kind.INTERNAL, true, message);
                jobs.end(job, version -> JobEnd.failed(failure, jobs.now(), version, 0), Optional.empty());
            } else {
                // What no longer fits is planned anew, with shorter segments.
                if (job.planned()
                        .filter(plan -> plan.bytes() > options.memory())
                        .isPresent()) job.plan(null);
                queue(job);
            }
        }
    }

    /** Takes in what should be in memory and is not, so that nobody has to ask for it. */
    private void adopt() {
        try {
            if (accepting) lookup.adoptAll();
        } catch (StorageException e) {
            listener.trouble("", "unfinished jobs could not be read", e);
        }
    }

    private void queue(LiveJob job) {
        if (job.current().state().isFinal()) return;
        boolean proof = job.current().submission().kind() == JobKind.PROVE;
        if (proof && job.planned().isPresent()) {
            scheduler.queueProof(job);
        } else {
            scheduler.queueExecution(job);
        }
    }

    private void queueLater(LiveJob job, Duration delay) {
        if (delay.isZero()) {
            queue(job);
        } else if (accepting) {
            var _ = timer.schedule(() -> queue(job), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean finish(LiveJob job, JobState state, Optional<AuditEntry> audit) throws StorageException {
        boolean ended = jobs.end(job, version -> JobEnd.of(state, jobs.now(), version), audit);
        scheduler.remove(job);
        return ended;
    }

    /** Ends what has run out of time. */
    private void checkTimes() {
        Instant now = jobs.now();
        for (LiveJob job : jobs.all()) {
            boolean late = job.current()
                    .submission()
                    .deadline()
                    .filter(end -> !now.isBefore(end))
                    .isPresent();
            if (late) stopOrFinish(job);
            boolean tooLong = job.runningSince()
                    .filter(since -> now.isAfter(since.plus(options.jobTime())))
                    .isPresent();
            if (tooLong) job.stop(StopReason.TIMEOUT);
        }
    }

    private void stopOrFinish(LiveJob job) {
        job.lock().lock();
        try {
            if (job.busy()) {
                job.stop(StopReason.EXPIRED);
            } else {
                finish(job, JobState.EXPIRED, Optional.empty());
            }
        } catch (StorageException e) {
            listener.trouble(job.id(), "a job's expiry could not be stored, and is tried again", e);
        } finally {
            job.lock().unlock();
        }
    }

    /** What administrators may do besides. */
    public Administration administration() {
        return administrator;
    }

    /** The keys of this server. */
    public Keys keys() {
        return keys;
    }

    private void requireAccepting() throws ServiceException {
        if (!accepting) {
            throw new ServiceException(ErrorCode.UNAVAILABLE, "the server is about to restart", Duration.ofSeconds(10));
        }
    }

    @Override
    public RegisteredProgram registerProgram(Caller caller, InputStream elf, String name)
            throws ServiceException, IOException {
        Guard.require(caller, Scope.SUBMIT);
        requireAccepting();
        try {
            return catalog.register(caller, elf, name);
        } catch (StorageException e) {
            throw guard.trouble(e);
        }
    }

    @Override
    public RegisteredProgram program(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.READ, Scope.SUBMIT);
        return guard.stored(() -> store.program(id))
                .map(ProgramRow::program)
                .orElseThrow(() -> Errors.notFound("program", id));
    }

    @Override
    public Page<RegisteredProgram> programs(Caller caller, int pageSize, Optional<String> token)
            throws ServiceException {
        Guard.require(caller, Scope.READ, Scope.SUBMIT);
        Submissions.requirePageSize(pageSize);
        return guard.listed(() -> store.programs(pageSize, token));
    }

    @Override
    public StoredInput upload(Caller caller, InputStream input, boolean secret) throws ServiceException, IOException {
        Guard.require(caller, Scope.SUBMIT);
        requireAccepting();
        try {
            return catalog.upload(caller, input, secret);
        } catch (StorageException e) {
            throw guard.trouble(e);
        }
    }

    @Override
    public Job submit(Caller caller, Submission submission) throws ServiceException {
        Guard.require(caller, Scope.SUBMIT);
        requireAccepting();
        Submission checked =
                Submissions.checked(submission, jobs.now(), options.limits().cycles());
        NewJob job = new NewJob(catalog.newId(), caller.account(), checked, jobs.now());
        AuditEntry audit = catalog.audit(caller, Action.SUBMIT, job.id());
        jobs.expect(job.id());
        try {
            Acceptance acceptance = guard.stored(() -> accept(job, audit));
            if (acceptance instanceof Acceptance.Accepted(JobRow row)) {
                LiveJob live = jobs.add(row);
                queue(live);
                listener.accepted(live.current());
                return live.current();
            }
            if (acceptance instanceof Acceptance.Repeated(JobRow row)) return lookup.current(row);
            throw Refusals.of(acceptance, checked, options.quota());
        } finally {
            jobs.arrived(job.id());
        }
    }

    /** What is known not to fit is not run to find that out. */
    private Acceptance accept(NewJob job, AuditEntry audit) throws StorageException {
        Optional<String> misfit = misfits.of(job);
        if (misfit.isPresent()) {
            Optional<Acceptance> earlier = store.earlier(job);
            return earlier.isPresent() ? earlier.get() : new Acceptance.DoesNotFit(misfit.get());
        }
        space.require(0);
        return store.accept(job, options.quota(), options.queue(), audit);
    }

    @Override
    public Job job(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.READ);
        return lookup.find(caller, id).job();
    }

    @Override
    public Page<Job> jobs(Caller caller, JobFilter filter, int pageSize, Optional<String> token)
            throws ServiceException {
        Guard.require(caller, Scope.READ);
        Submissions.requirePageSize(pageSize);
        boolean admin = caller.scopes().contains(Scope.ADMIN);
        if (!admin && filter.account().filter(other -> !caller.owns(other)).isPresent()) {
            throw new ServiceException(ErrorCode.FORBIDDEN, "only administrators list other accounts' jobs");
        }
        Optional<String> account = admin ? filter.account() : Optional.of(caller.account());
        JobFilter own = new JobFilter(filter.states(), filter.program(), account);
        Page<JobRow> rows = guard.listed(() -> store.jobs(own, pageSize, token));
        return new Page<>(rows.items().stream().map(lookup::current).toList(), rows.nextToken());
    }

    @Override
    public Job await(Caller caller, String id, long version, Duration atMost)
            throws ServiceException, InterruptedException {
        Guard.require(caller, Scope.READ);
        Lookup.Found found = lookup.find(caller, id);
        return found.live().isPresent() ? found.live().get().await(version, nanos(atMost)) : found.job();
    }

    /** A day at most: longer durations have no nanoseconds. */
    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : duration.toNanos();
    }

    @Override
    public Job cancel(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.SUBMIT);
        Lookup.Found found = lookup.find(caller, id);
        if (found.live().isEmpty()) return found.job();
        LiveJob job = found.live().get();
        AuditEntry audit = catalog.audit(caller, Action.CANCEL, id);
        return guard.stored(() -> {
            job.lock().lock();
            try {
                if (!job.busy()) {
                    finish(job, JobState.CANCELLED, Optional.of(audit));
                } else if (job.stopReason().filter(StopReason.CANCELLED::equals).isEmpty()) {
                    store.requestStop(id, audit);
                    job.stop(StopReason.CANCELLED);
                }
                return job.current();
            } finally {
                job.lock().unlock();
            }
        });
    }

    @Override
    public Content receipt(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.READ);
        JobRow row = lookup.row(caller, id);
        Optional<Job.Result> result = row.job().result();
        if (result.isEmpty() || result.get().receiptBytes().isEmpty()) {
            throw new ServiceException(
                    ErrorCode.NO_RECEIPT,
                    "the job has no receipt: it is " + row.job().state());
        }
        String blob = row.receiptBlob()
                .orElseThrow(() -> new ServiceException(ErrorCode.DELETED, "the receipt was kept its time"));
        return guard.stored(() -> {
            InputStream stream = blobs.open(blob, row.job().secret());
            store.audit(catalog.audit(caller, Action.READ_RECEIPT, id));
            return new Content(result.get().receiptBytes().getAsLong(), stream);
        });
    }

    @Override
    public Content profile(Caller caller, String id) throws ServiceException {
        Guard.require(caller, Scope.READ);
        JobRow row = lookup.row(caller, id);
        boolean executed = row.job().submission().kind() == JobKind.EXECUTE;
        if (!executed || row.job().state() != JobState.COMPLETED) {
            throw new ServiceException(
                    ErrorCode.NO_RECEIPT, "only completed executions have a profile: submit one of the same run");
        }
        String blob =
                row.profileBlob().orElseThrow(() -> new ServiceException(ErrorCode.DELETED, "the profile was deleted"));
        return guard.stored(() -> {
            boolean secret = row.job().secret();
            return new Content(blobs.length(blob, secret), blobs.open(blob, secret));
        });
    }

    @Override
    public Verdict verify(Caller caller, InputStream receipt, String imageId) throws ServiceException, IOException {
        Guard.require(caller, Scope.READ, Scope.SUBMIT);
        try {
            return catalog.verify(receipt, imageId);
        } catch (StorageException e) {
            throw guard.trouble(e);
        }
    }

    /**
     * Whether it makes sense to send it work: it accepts, there is room, and the database takes writes, which is tried.
     */
    public boolean ready() {
        EngineStatus status = status();
        if (!status.accepting() || status.diskFree() < 0 || status.diskFree() < status.diskFloor()) return false;
        try {
            store.probe();
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /** How the engine is doing; asking touches no storage. */
    public EngineStatus status() {
        long free = -1;
        try {
            free = space.usable().bytes();
        } catch (IOException e) {
            listener.trouble("", "the disk's free space cannot be told", e);
        }
        return new EngineStatus(
                accepting,
                scheduler.waiting(),
                scheduler.running(),
                scheduler.memoryTaken(),
                options.memory(),
                free,
                options.diskFloor());
    }

    /**
     * Writes a copy that a server can be started from, while this one works.
     *
     * @param to a directory without one; made if it is not there
     */
    public void backup(Path to) throws IOException {
        backup(to, () -> {});
    }

    private void backup(Path to, Backups.Proceed proceed) throws IOException {
        housekeeping.deleting().lock();
        try {
            Backup.write(store, blobs, to, options.diskFloor(), proceed);
        } finally {
            housekeeping.deleting().unlock();
        }
    }

    /** Deletes now what would be deleted within a minute: what is too old, and what nothing refers to. */
    public void collectGarbage() {
        housekeeping.run();
    }

    /**
     * Goes down: accepts nothing more, and lets running proofs reach their next finished segment, or, when the time is
     * up, stops them at their next step. What is not done is left to the next engine on the directory.
     */
    public synchronized void drain(Duration atMost) {
        if (closed) return;
        accepting = false;
        scheduler.stop();
        for (LiveJob job : jobs.all()) job.stop(StopReason.DRAIN);
        if (!scheduler.awaitEnd(atMost)) {
            for (LiveJob job : jobs.all()) job.stop(StopReason.DOWN);
            scheduler.awaitEnd(Duration.ofMinutes(1));
        }
        backups.stop();
        timer.shutdownNow();
        store.close();
        directory.close();
        closed = true;
    }

    /** As {@link #drain}, without waiting for segments. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
