package dev.aver.client;

import com.google.protobuf.ByteString;
import dev.aver.proto.v1.FetchProfileRequest;
import dev.aver.proto.v1.FetchProfileResponse;
import dev.aver.proto.v1.FetchReceiptRequest;
import dev.aver.proto.v1.FetchReceiptResponse;
import dev.aver.proto.v1.Input;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ListJobsResponse;
import dev.aver.proto.v1.ListProgramsRequest;
import dev.aver.proto.v1.ListProgramsResponse;
import dev.aver.proto.v1.Program;
import dev.aver.proto.v1.ProvingServiceGrpc;
import dev.aver.proto.v1.ProvingServiceGrpc.ProvingServiceBlockingStub;
import dev.aver.proto.v1.Verdict;
import dev.aver.proto.v1.WatchJobRequest;
import dev.aver.proto.v1.WatchJobResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A server's calls, one after the other. Threads may share a client. */
public final class AverClient implements AutoCloseable {
    private static final int DOWNLOAD_SECONDS = 900;

    private final AsyncClient async;
    private final ProvingServiceBlockingStub blocking;

    private AverClient(AsyncClient async, ProvingServiceBlockingStub blocking) {
        this.async = async;
        this.blocking = blocking;
    }

    /** Connects when first asked; repeats by {@link Retries#STANDARD}. */
    public static AverClient connect(Connection connection) throws IOException {
        return connect(connection, Retries.STANDARD, RandomGenerator.of("SecureRandom"));
    }

    /** Connects when first asked. */
    public static AverClient connect(Connection connection, Retries retries, RandomGenerator random)
            throws IOException {
        AsyncClient async = AsyncClient.connect(connection, retries, random);
        return new AverClient(
                async, ProvingServiceGrpc.newBlockingStub(async.channel()).withInterceptors(connection.withKey()));
    }

    /** The same calls as futures, over the same connection. */
    public AsyncClient async() {
        return async;
    }

    /** The calls for administrators, over the same connection. */
    public AdminClient admin() {
        return new AdminClient(async.admin());
    }

    /** Registers a program. */
    public Program register(Source elf, String name) throws RemoteException, IOException, InterruptedException {
        return read(async.register(elf, name));
    }

    /** A program. */
    public Program program(String id) throws RemoteException, InterruptedException {
        return get(async.program(id));
    }

    /** A part of all programs. */
    public ListProgramsResponse programs(ListProgramsRequest request) throws RemoteException, InterruptedException {
        return get(async.programs(request));
    }

    /** Keeps an input. */
    public Input upload(Source input, boolean privately) throws RemoteException, IOException, InterruptedException {
        return read(async.upload(input, privately));
    }

    /** Submits a job; {@link AsyncClient#submit}. */
    public Job submit(JobSpec spec, String idempotencyKey) throws RemoteException, InterruptedException {
        return get(async.submit(spec, idempotencyKey));
    }

    /** A job. */
    public Job job(String id) throws RemoteException, InterruptedException {
        return get(async.job(id));
    }

    /** A part of the account's jobs. */
    public ListJobsResponse jobs(ListJobsRequest request) throws RemoteException, InterruptedException {
        return get(async.jobs(request));
    }

    /** A job, when it is final. */
    public Job completion(String id) throws RemoteException, InterruptedException {
        return get(async.completion(id));
    }

    /** Asks a job to stop. */
    public Job cancel(String id) throws RemoteException, InterruptedException {
        return get(async.cancel(id));
    }

    /** What the server says of a receipt. */
    public Verdict verify(Source receipt, String imageId) throws RemoteException, IOException, InterruptedException {
        return read(async.verify(receipt, imageId));
    }

    /**
     * Tells of a job until it is final, across lost connections and restarts of the server: each version once, and
     * versions only grow.
     *
     * @param listener called on this thread
     * @return the job at its end, without its journal
     */
    public Job watch(String id, Consumer<Job> listener) throws RemoteException, InterruptedException {
        WatchJobRequest request = WatchJobRequest.newBuilder().setJobId(id).build();
        long version = -1;
        int failures = 0;
        while (true) {
            try {
                Iterator<WatchJobResponse> events = blocking.watchJob(request);
                while (events.hasNext()) {
                    Job job = events.next().getJob();
                    failures = 0;
                    if (job.getVersion() > version) {
                        version = job.getVersion();
                        listener.accept(job);
                    }
                    if (States.isFinal(job.getState())) {
                        return job;
                    }
                }
                failures++;
                pause(Duration.ofMillis(200));
            } catch (StatusRuntimeException e) {
                failures++;
                RemoteException failure = RemoteException.of(e);
                Optional<Duration> wait = async.repeating()
                        .retries()
                        .after(failure, failures, async.repeating().random());
                if (wait.isEmpty()) {
                    throw failure;
                }
                pause(wait.get());
            }
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /**
     * Writes a completed job's receipt. What was written before a failure is of no use.
     *
     * @return its size
     */
    public long receipt(String id, OutputStream to) throws RemoteException, IOException {
        FetchReceiptRequest request =
                FetchReceiptRequest.newBuilder().setJobId(id).build();
        try {
            Iterator<FetchReceiptResponse> parts = blocking.withDeadlineAfter(DOWNLOAD_SECONDS, TimeUnit.SECONDS)
                    .fetchReceipt(request);
            return write(parts, FetchReceiptResponse::getChunk, FetchReceiptResponse::getTotalBytes, to);
        } catch (StatusRuntimeException e) {
            throw RemoteException.of(e);
        }
    }

    /**
     * Writes a completed execution's profile.
     *
     * @return its size
     */
    public long profile(String id, OutputStream to) throws RemoteException, IOException {
        FetchProfileRequest request =
                FetchProfileRequest.newBuilder().setJobId(id).build();
        try {
            Iterator<FetchProfileResponse> parts = blocking.withDeadlineAfter(DOWNLOAD_SECONDS, TimeUnit.SECONDS)
                    .fetchProfile(request);
            return write(parts, FetchProfileResponse::getChunk, FetchProfileResponse::getTotalBytes, to);
        } catch (StatusRuntimeException e) {
            throw RemoteException.of(e);
        }
    }

    private static <A> long write(
            Iterator<A> parts,
            java.util.function.Function<A, ByteString> chunk,
            java.util.function.ToLongFunction<A> total,
            OutputStream to)
            throws IOException {
        long announced = 0;
        long written = 0;
        while (parts.hasNext()) {
            A part = parts.next();
            announced += total.applyAsLong(part);
            chunk.apply(part).writeTo(to);
            written += chunk.apply(part).size();
        }
        if (written != announced) {
            throw new IOException("the server sent " + written + " bytes and announced " + announced);
        }
        return written;
    }

    static <A> A get(CompletableFuture<A> future) throws RemoteException, InterruptedException {
        try {
            return read(future);
        } catch (IOException e) {
            throw new IllegalStateException("this call reads no file", e);
        }
    }

    private static <A> A read(CompletableFuture<A> future) throws RemoteException, IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RemoteException refusal -> throw refusal;
                case IOException unreadable -> throw unreadable;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        async.close();
    }
}
