package dev.aver.server.gateway;

import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Failure;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Page;
import dev.aver.server.service.Progress;
import dev.aver.server.service.ProvingService;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Submission;
import dev.aver.server.service.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Plays the server: keeps everything in memory and proves nothing. A job goes through three segments in a moment; one
 * with the label "hang" stays in its first, one with "trap" fails, and one with "defect" breaks the server.
 */
public final class MemoryService implements ProvingService {
    private static final byte[] JOURNAL = "forty-two".getBytes(StandardCharsets.UTF_8);

    /** As the verifier writes them. */
    private static final List<String> SECURITY = List.of(
            "receipt: 128 provable bits, the least of 3 proofs, that of segment 1",
            "128.4 bits: batch 138.1, fold 131.0, query 128.4",
            "  query    128.4  145 queries at rate 1/2, list decoding up to the Johnson bound");

    /** As the profiler writes them. */
    static final String PROFILE = """
            {"shared":{"frames":[{"name":"main"},{"name":"hash"},{"name":"sort"}]},"profiles":[{"type":"evented",\
            "name":"cycles","unit":"none","startValue":0,"endValue":3000,"events":[{"type":"O","frame":0,"at":0},\
            {"type":"O","frame":1,"at":100},{"type":"C","frame":1,"at":1900},{"type":"O","frame":2,"at":1900},\
            {"type":"O","frame":1,"at":2000},{"type":"C","frame":1,"at":2400},{"type":"C","frame":2,"at":2900},\
            {"type":"C","frame":0,"at":3000}]}]}""";

    private final Map<String, RegisteredProgram> programs = new LinkedHashMap<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final long receiptBytes;
    private final Duration step;
    private long count;

    /**
     * Knows nothing yet.
     *
     * @param receiptBytes sizes of receipts and profiles
     * @param step how long each step of a job takes
     */
    public MemoryService(long receiptBytes, Duration step) {
        this.receiptBytes = receiptBytes;
        this.step = step;
    }

    @Override
    public RegisteredProgram registerProgram(Caller caller, InputStream elf, String name)
            throws ServiceException, IOException {
        need(caller, Scope.SUBMIT);
        byte[] bytes = elf.readAllBytes();
        if (bytes.length < 4 || bytes[0] != 0x7f) {
            throw new ServiceException(ErrorCode.INVALID_PROGRAM, "not an ELF file");
        }
        String id = sha256(bytes);
        synchronized (this) {
            return programs.computeIfAbsent(
                    id, key -> new RegisteredProgram(id, "ab".repeat(32), name, bytes.length, Instant.now()));
        }
    }

    @Override
    public synchronized RegisteredProgram program(Caller caller, String id) throws ServiceException {
        need(caller, Scope.READ);
        return found(programs.get(id), "program");
    }

    @Override
    public synchronized Page<RegisteredProgram> programs(Caller caller, int pageSize, Optional<String> token)
            throws ServiceException {
        need(caller, Scope.READ);
        return page(new ArrayList<>(programs.values()), pageSize, token);
    }

    @Override
    public StoredInput upload(Caller caller, InputStream input, boolean secret) throws ServiceException, IOException {
        need(caller, Scope.SUBMIT);
        long bytes = 0;
        byte[] part = new byte[1 << 16];
        int read;
        while ((read = input.read(part)) >= 0) {
            bytes += read;
        }
        synchronized (this) {
            String id = id();
            inputs.put(id, caller.account());
            return new StoredInput(id, bytes, secret, Instant.now());
        }
    }

    @Override
    public synchronized Job submit(Caller caller, Submission submission) throws ServiceException {
        need(caller, Scope.SUBMIT);
        if (submission.label().equals("defect")) {
            throw new IllegalStateException("a secret detail");
        }
        if (submission.kind() != JobKind.PROVE && submission.kind() != JobKind.EXECUTE) {
            throw new ServiceException(ErrorCode.UNIMPLEMENTED, "this kind is reserved");
        }
        if (submission.label().equals("full")) {
            throw new ServiceException(
                    ErrorCode.QUOTA_EXCEEDED, "the account's quota is used up", Duration.ofSeconds(7));
        }
        found(programs.get(submission.program()), "program");
        if (submission.input().isPresent()
                && !caller.owns(inputs.getOrDefault(submission.input().get(), "-"))) {
            throw new ServiceException(ErrorCode.NOT_FOUND, "no such input");
        }
        for (Job job : jobs.values()) {
            if (submission.idempotencyKey().isPresent()
                    && job.account().equals(caller.account())
                    && job.submission().idempotencyKey().equals(submission.idempotencyKey())) {
                if (!job.submission().equals(submission)) {
                    throw new ServiceException(ErrorCode.IDEMPOTENCY_CONFLICT, "the key was used for another job");
                }
                return job;
            }
        }
        Job job = new Job(
                id(),
                caller.account(),
                submission,
                false,
                JobState.QUEUED,
                1,
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        jobs.put(job.id(), job);
        Thread.ofVirtual().start(() -> work(job.id()));
        return job;
    }

    private void work(String id) {
        try {
            for (int segment = 0; segment <= 3; segment++) {
                int done = segment;
                Thread.sleep(step);
                synchronized (this) {
                    Job job = jobs.get(id);
                    if (job.state().isFinal()) {
                        return;
                    }
                    boolean traps = job.submission().label().equals("trap");
                    JobState state = traps ? JobState.FAILED : done == 3 ? JobState.COMPLETED : JobState.RUNNING;
                    jobs.put(id, changed(job, state, done));
                    notifyAll();
                    while (job.submission().label().equals("hang")
                            && !jobs.get(id).state().isFinal()) {
                        wait();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Job changed(Job job, JobState state, int done) {
        Instant now = Instant.now();
        boolean proves = job.submission().kind() == JobKind.PROVE;
        Optional<Progress> progress = state == JobState.CANCELLED
                ? job.progress()
                : Optional.of(new Progress(
                        Optional.of("commit"),
                        done,
                        OptionalInt.of(3),
                        done * 1000L,
                        3000,
                        250.5,
                        OptionalDouble.of(3 - done),
                        1L << 30,
                        1L << 28,
                        now));
        return new Job(
                job.id(),
                job.account(),
                job.submission(),
                job.secret(),
                state,
                job.version() + 1,
                job.created(),
                Optional.of(job.started().orElse(now)),
                state.isFinal() ? Optional.of(now) : Optional.empty(),
                1,
                progress,
                state != JobState.COMPLETED
                        ? Optional.empty()
                        : Optional.of(new Job.Result(
                                "ab".repeat(32),
                                0,
                                JOURNAL,
                                JOURNAL.length,
                                3000,
                                proves ? 3 : 0,
                                proves ? OptionalLong.of(receiptBytes) : OptionalLong.empty(),
                                proves ? OptionalInt.of(128) : OptionalInt.empty(),
                                1L << 29,
                                proves ? SECURITY : List.of())),
                state != JobState.FAILED
                        ? Optional.empty()
                        : Optional.of(new Failure(Failure.Kind.EXECUTION, false, "illegal instruction in main")));
    }

    @Override
    public synchronized Job job(Caller caller, String id) throws ServiceException {
        need(caller, Scope.READ);
        Job job = found(jobs.get(id), "job");
        if (!caller.owns(job.account())) {
            throw new ServiceException(ErrorCode.NOT_FOUND, "no such job");
        }
        return job;
    }

    @Override
    public synchronized Page<Job> jobs(Caller caller, JobFilter filter, int pageSize, Optional<String> token)
            throws ServiceException {
        need(caller, Scope.READ);
        List<Job> own = jobs.values().stream()
                .filter(job -> caller.owns(job.account()))
                .filter(job -> filter.states().isEmpty() || filter.states().contains(job.state()))
                .filter(job ->
                        filter.program().map(job.submission().program()::equals).orElse(true))
                .filter(job -> filter.account().map(job.account()::equals).orElse(true))
                .sorted(Comparator.comparing(Job::created).reversed())
                .toList();
        return page(own, pageSize, token);
    }

    @Override
    public synchronized Job await(Caller caller, String id, long version, Duration atMost)
            throws ServiceException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Job job = job(caller, id);
            long left = (end - System.nanoTime()) / 1_000_000;
            if (job.version() > version || job.state().isFinal() || left <= 0) {
                return job;
            }
            wait(left);
        }
    }

    @Override
    public synchronized Job cancel(Caller caller, String id) throws ServiceException {
        need(caller, Scope.SUBMIT);
        Job job = job(caller, id);
        if (!job.state().isFinal()) {
            job = changed(job, JobState.CANCELLED, 0);
            jobs.put(id, job);
            notifyAll();
        }
        return job;
    }

    @Override
    public Content receipt(Caller caller, String id) throws ServiceException {
        Job job = job(caller, id);
        if (job.state() != JobState.COMPLETED || job.submission().kind() != JobKind.PROVE) {
            throw new ServiceException(ErrorCode.NO_RECEIPT, "the job has no receipt");
        }
        return new Content(receiptBytes, new Zeros(receiptBytes));
    }

    @Override
    public Content profile(Caller caller, String id) throws ServiceException {
        job(caller, id);
        byte[] profile = PROFILE.getBytes(StandardCharsets.UTF_8);
        return new Content(profile.length, new ByteArrayInputStream(profile));
    }

    @Override
    public Verdict verify(Caller caller, InputStream receipt, String imageId) throws ServiceException, IOException {
        need(caller, Scope.READ);
        long bytes = receipt.transferTo(java.io.OutputStream.nullOutputStream());
        if (bytes == 0) {
            throw new ServiceException(ErrorCode.INVALID_RECEIPT, "the receipt is empty");
        }
        boolean valid = bytes == receiptBytes;
        return new Verdict(
                valid,
                valid ? Optional.empty() : Optional.of("MALFORMED: " + bytes + " bytes"),
                Optional.of(imageId),
                valid ? OptionalInt.of(0) : OptionalInt.empty(),
                valid ? JOURNAL : new byte[0],
                valid ? OptionalLong.of(3000) : OptionalLong.empty(),
                valid ? OptionalInt.of(128) : OptionalInt.empty(),
                valid ? SECURITY : List.of(),
                valid ? Optional.of("cd".repeat(32)) : Optional.empty());
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int now = (int) Math.min(length, left);
            left -= now;
            return now;
        }
    }

    private String id() {
        return String.format("%032x", 0x1234_5678_9abcL + count++);
    }

    private static void need(Caller caller, Scope scope) throws ServiceException {
        if (!caller.may(scope)) {
            throw new ServiceException(ErrorCode.FORBIDDEN, "the key lacks the scope " + scope);
        }
    }

    private static <T> T found(T item, String what) throws ServiceException {
        if (item == null) {
            throw new ServiceException(ErrorCode.NOT_FOUND, "no such " + what);
        }
        return item;
    }

    private static <T> Page<T> page(List<T> all, int size, Optional<String> token) throws ServiceException {
        int from;
        try {
            from = token.map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw new ServiceException(ErrorCode.INVALID_ARGUMENT, "pageToken must be one that a list gave");
        }
        if (from < 0 || from > all.size()) {
            throw new ServiceException(ErrorCode.INVALID_ARGUMENT, "pageToken must be one that a list gave");
        }
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(from, to), to == all.size() ? Optional.empty() : Optional.of("" + to));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
