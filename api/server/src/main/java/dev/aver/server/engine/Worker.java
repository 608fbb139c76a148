package dev.aver.server.engine;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.FixedKeys;
import dev.aver.prover.NotProvableException;
import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import dev.aver.prover.Proved;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.server.blob.BlobCipher;
import dev.aver.server.blob.BlobStore;
import dev.aver.server.blob.NewBlob;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Progress;
import dev.aver.server.service.Submission;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import dev.aver.server.store.InputRow;
import dev.aver.server.store.JobEnd;
import dev.aver.server.store.JobRow;
import dev.aver.server.store.ProgramRow;
import dev.aver.server.store.Store;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Does jobs. Whatever happens, a job leaves its worker final, or queued again with its finished segments kept; storage
 * that fails for a while delays jobs, and fails none.
 */
final class Worker implements Scheduler.Work {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final double HOUR = 3600;

    private final EngineOptions options;
    private final Store store;
    private final BlobStore blobs;
    private final BlobCipher cipher;
    private final LiveJobs jobs;
    private final Misfits misfits;
    private final EngineListener listener;
    private final BiConsumer<LiveJob, Duration> queue;
    private final FixedKeys fixedKeys = new FixedKeys();

    /** @param queue puts a job into the lane where it belongs, after a while */
    Worker(
            EngineOptions options,
            Store store,
            BlobStore blobs,
            BlobCipher cipher,
            LiveJobs jobs,
            Misfits misfits,
            EngineListener listener,
            BiConsumer<LiveJob, Duration> queue) {
        this.options = options;
        this.store = store;
        this.blobs = blobs;
        this.cipher = cipher;
        this.jobs = jobs;
        this.misfits = misfits;
        this.listener = listener;
        this.queue = queue;
    }

    @Override
    public long memory(LiveJob job) {
        return job.planned().map(JobRow.Planned::bytes).orElse(options.memory());
    }

    /** What a job runs. */
    private record Task(Program program, String imageId, Input input) {}

    /** A step that may end in any of the ways that a job may end. */
    private interface Step {
        void run() throws IOException, NotProvableException;
    }

    @Override
    public void execute(LiveJob job) {
        boolean proof = job.current().submission().kind() == JobKind.PROVE;
        guard(job, () -> {
            if (proof) {
                if (jobs.beginExecution(job)) plan(job);
            } else if (jobs.begin(job)) {
                listener.started(job.current());
                run(job);
            }
        });
    }

    @Override
    public void prove(LiveJob job) {
        guard(job, () -> {
            if (!jobs.begin(job)) return;
            listener.started(job.current());
            try {
                proveOnce(job);
            } catch (StorageException e) {
                throw e;
            } catch (IOException e) {
                // The finished segments are not this proof's: it is another version's, or the disk lies.
                listener.trouble(job.id(), "finished segments are of no use, and are proven again", e);
                segments(job).clear();
                proveOnce(job);
            }
        });
    }

    /** Runs a step; a worker outlives whatever it does. */
    private void guard(LiveJob job, Step step) {
        try {
            finish(job, step);
        } catch (RuntimeException | Error e) {
            listener.trouble(job.id(), "a job could not be ended, and waits for the next start", e);
            jobs.release(job);
        }
    }

    /** Runs a step and makes of its end what becomes of the job. */
    private void finish(LiveJob job, Step step) {
        try {
            step.run();
        } catch (StoppedException e) {
            stopped(job, e.reason());
        } catch (NotProvableException e) {
            refuse(job, Failures.of(e, options.memory()), cycles(e));
        } catch (StorageException e) {
            listener.trouble(job.id(), "storage failed under a job", e);
            if (e.kind() == Kind.DAMAGED) {
                fail(job, new Failure(Failure.Kind.INTERNAL, false, String.valueOf(e.getMessage())), 0);
            } else {
                jobs.release(job);
                queue.accept(job, AGAIN);
            }
        } catch (Throwable e) {
            listener.trouble(job.id(), "a job ended in a defect", e);
            fail(job, Failures.defect(e, memory(job)), 0);
        }
    }

    private static long cycles(NotProvableException refusal) {
        return refusal.outcome().orElse(null) instanceof Outcome.LimitReached reached && reached.limit() == Limit.CYCLES
                ? reached.allowed()
                : 0;
    }

    private void stopped(LiveJob job, StopReason reason) {
        switch (reason) {
            case CANCELLED -> end(job, JobState.CANCELLED);
            case EXPIRED -> end(job, JobState.EXPIRED);
            case TIMEOUT ->
                fail(
                        job,
                        new Failure(
                                Failure.Kind.TIMEOUT,
                                true,
                                "it ran for the %d seconds that the server lets a job run: raise the server's job time"
                                        .formatted(options.jobTime().toSeconds())),
                        0);
            case DRAIN, DOWN -> jobs.release(job);
        }
    }

    private void end(LiveJob job, JobState state) {
        jobs.endForSure(job, () -> jobs.end(job, version -> JobEnd.of(state, jobs.now(), version), Optional.empty()));
    }

    /** The job's program has been run, and there will be no proof. */
    private void refuse(LiveJob job, Failure failure, long cycles) {
        if (failure.code().equals(Optional.of(ErrorCode.DOES_NOT_FIT))) misfits.add(job.current(), failure.message());
        fail(job, failure, cycles);
    }

    private void fail(LiveJob job, Failure failure, long cycles) {
        jobs.endForSure(
                job,
                () -> jobs.end(job, version -> JobEnd.failed(failure, jobs.now(), version, cycles), Optional.empty()));
    }

    private Task load(LiveJob job) throws StorageException {
        Submission submission = job.current().submission();
        ProgramRow program = store.program(submission.program())
                .orElseThrow(() -> new StorageException(Kind.DAMAGED, "the job's program is not there any more"));
        Input input = Input.empty();
        if (submission.input().isPresent()) {
            InputRow row = store.input(submission.input().get())
                    .filter(found -> !found.deleted())
                    .orElseThrow(() -> new StorageException(Kind.DAMAGED, "the job's input is not there any more"));
            input = Input.of(blobs.read(row.blob(), row.input().secret()));
        }
        try {
            byte[] elf = blobs.read(program.blob(), false);
            return new Task(Program.fromElf(elf), program.program().imageId(), input);
        } catch (InvalidProgramException e) {
            throw new StorageException(Kind.DAMAGED, "the job's program is not what was registered", e);
        }
    }

    private Limits limits(Submission submission) {
        long most = options.limits().cycles();
        return options.limits().withCycles(Math.min(most, submission.maxCycles().orElse(most)));
    }

    private ProverOptions proverOptions(LiveJob job, Input input) {
        Submission submission = job.current().submission();
        HashSuite suite = submission.suite().equals("blake3") ? HashSuite.BLAKE3 : HashSuite.POSEIDON2;
        long memory = options.memory() - Misfits.beside(input.length());
        return ProverOptions.standard()
                .withSuite(suite)
                .withSecurityBits(submission.securityBits())
                .withMemory(Math.max(1, memory))
                .withSegmentCycles(options.segmentCycles())
                .withBackend(options.backend())
                .withBindInput(submission.bindInput())
                .withLimits(limits(submission));
    }

    private void plan(LiveJob job) throws StorageException, NotProvableException {
        Task task = load(job);
        tellExecuting(job);
        Plan plan = Prover.create(proverOptions(job, task.input()).withProgress(new ProgressListener() {
                    @Override
                    public void executing() {
                        job.check();
                    }
                }))
                .plan(task.program(), task.input());
        job.check();
        if (plan.seconds() > options.jobTime().toSeconds()) {
            String message =
                    "proving its %d cycles takes about %.0f hours here, and the server's setting job.hours is %.1f: raise it"
                            .formatted(
                                    plan.cycles(),
                                    plan.seconds() / HOUR,
                                    options.jobTime().toSeconds() / HOUR);
            refuse(job, Failure.doesNotFit(message), plan.cycles());
            return;
        }
        JobRow.Planned planned = new JobRow.Planned(
                plan.cycles(),
                plan.segments(),
                plan.segmentCycles(),
                plan.peakBytes() + Misfits.beside(task.input().length()),
                plan.seconds());
        if (!jobs.planned(job, planned, options.quota().cyclesADay())) {
            String message = "its %d cycles exceed what is left of the account's %d a day: submit it tomorrow"
                    .formatted(plan.cycles(), options.quota().cyclesADay());
            fail(job, new Failure(Failure.Kind.RESOURCES, true, message), 0);
            return;
        }
        new ProofProgress(job, planned, jobs, store, listener).waiting();
        queue.accept(job, Duration.ZERO);
    }

    private void tellExecuting(LiveJob job) {
        job.progress(new Progress(
                Optional.of("execute"),
                0,
                OptionalInt.empty(),
                0,
                0,
                0,
                OptionalDouble.empty(),
                0,
                ProcessMemory.residentBytes(),
                jobs.now()));
    }

    private void run(LiveJob job) throws StorageException {
        Task task = load(job);
        tellExecuting(job);
        Submission submission = job.current().submission();
        GuestRun run = GuestRun.of(task.program(), task.input(), limits(submission), job::check);
        Optional<Failure> failure = Failures.of(run.outcome());
        if (failure.isPresent()) {
            fail(job, failure.get(), run.cycles());
            return;
        }
        Job.Result result = new Job.Result(
                task.imageId(),
                ((Outcome.Halted) run.outcome()).exitCode(),
                run.journal(),
                run.journal().length,
                run.cycles(),
                0,
                OptionalLong.empty(),
                OptionalInt.empty(),
                ProcessMemory.peakBytes(),
                List.of());
        jobs.endForSure(job, () -> {
            if (submission.deleteWhenDone()) {
                complete(job, result, Optional.empty(), Optional.empty(), run.cycles());
                return;
            }
            try (NewBlob blob = blobs.create(job.current().secret())) {
                run.writeProfile(submission.label(), blob);
                blob.finish();
                complete(job, result, Optional.empty(), Optional.of(blob.id()), run.cycles());
            }
        });
    }

    private JobSegments segments(LiveJob job) {
        Optional<BlobCipher> encryption = job.current().secret() ? Optional.of(cipher) : Optional.empty();
        return new JobSegments(
                jobs.segments(job.id()),
                encryption,
                e -> listener.trouble(job.id(), "a finished segment could not be kept or read", e));
    }

    private void proveOnce(LiveJob job) throws IOException, NotProvableException {
        Task task = load(job);
        JobRow.Planned planned = job.planned().orElseThrow();
        JobSegments segments = segments(job);
        ReceiptParts parts = new ReceiptParts(job, segments);
        ProverOptions how =
                proverOptions(job, task.input()).withProgress(new ProofProgress(job, planned, jobs, store, listener));
        // A proof of one segment is stored as its receipt at once, and has nothing before that to go on from.
        if (planned.segments() > 1) how = how.withCheckpoint(segments);
        Proved proved = Prover.create(how, fixedKeys).proveTo(parts, task.program(), task.input());
        byte[] header = proved.receipt().encodeHeader(parts.count());
        byte[] journal = proved.execution().journal();
        Job.Result result = new Job.Result(
                proved.receipt().image().id().toString(),
                proved.receipt().exitCode(),
                journal,
                journal.length,
                proved.execution().cycles(),
                parts.count(),
                OptionalLong.of(header.length + parts.bytes()),
                OptionalInt.of(proved.provableBits()),
                ProcessMemory.peakBytes(),
                SecurityLines.of(parts.security(proved.receipt())));
        jobs.<ReceiptParts.LostException>endForSure(job, () -> {
            try (NewBlob blob = blobs.create(job.current().secret())) {
                blob.write(header, 0, header.length);
                parts.writeTo(blob);
                blob.finish();
                complete(job, result, Optional.of(blob.id()), Optional.empty(), 0);
            }
        });
    }

    private void complete(
            LiveJob job, Job.Result result, Optional<String> receipt, Optional<String> profile, long cycles)
            throws StorageException {
        jobs.end(
                job,
                version -> new JobEnd(
                        JobState.COMPLETED,
                        jobs.now(),
                        version,
                        Optional.of(result),
                        Optional.empty(),
                        receipt,
                        profile,
                        cycles,
                        0),
                Optional.empty());
    }
}
