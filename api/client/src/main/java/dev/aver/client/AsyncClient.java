package dev.aver.client;

import dev.aver.proto.v1.CancelJobRequest;
import dev.aver.proto.v1.CancelJobResponse;
import dev.aver.proto.v1.GetJobRequest;
import dev.aver.proto.v1.GetJobResponse;
import dev.aver.proto.v1.GetProgramRequest;
import dev.aver.proto.v1.GetProgramResponse;
import dev.aver.proto.v1.Input;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ListJobsResponse;
import dev.aver.proto.v1.ListProgramsRequest;
import dev.aver.proto.v1.ListProgramsResponse;
import dev.aver.proto.v1.Program;
import dev.aver.proto.v1.ProvingServiceGrpc.ProvingServiceStub;
import dev.aver.proto.v1.RegisterProgramRequest;
import dev.aver.proto.v1.RegisterProgramResponse;
import dev.aver.proto.v1.SubmitJobRequest;
import dev.aver.proto.v1.SubmitJobResponse;
import dev.aver.proto.v1.UploadInputRequest;
import dev.aver.proto.v1.UploadInputResponse;
import dev.aver.proto.v1.Verdict;
import dev.aver.proto.v1.VerifyReceiptRequest;
import dev.aver.proto.v1.VerifyReceiptResponse;
import dev.aver.proto.v1.WaitJobRequest;
import dev.aver.proto.v1.WaitJobResponse;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A server's calls as futures, which complete with a {@link RemoteException} when refused for good. Cancelling a future
 * does not take back what was asked.
 */
public final class AsyncClient implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 60;
    private static final int UPLOAD_SECONDS = 900;
    private static final int WAIT_SECONDS = 30;

    private final ManagedChannel channel;
    private final ProvingServiceStub stub;
    private final Repeating repeating;
    private final AsyncAdmin admin;

    private AsyncClient(ManagedChannel channel, Connection connection, Repeating repeating) {
        this.channel = channel;
        this.repeating = repeating;
        stub = connection.stub(channel);
        admin = new AsyncAdmin(connection.adminStub(channel), repeating);
    }

    /**
     * Connects when first asked.
     *
     * @param random for waits before repetitions, and idempotency keys
     * @throws IOException if certificates cannot be read
     */
    public static AsyncClient connect(Connection connection, Retries retries, RandomGenerator random)
            throws IOException {
        return new AsyncClient(connection.open(), connection, new Repeating(retries, random));
    }

    /** The calls for administrators. */
    public AsyncAdmin admin() {
        return admin;
    }

    /** Registers a program. */
    public CompletableFuture<Program> register(Source elf, String name) {
        return upload(
                        elf,
                        bytes -> Upload.<RegisterProgramRequest, RegisterProgramResponse>send(
                                bytes,
                                chunk -> RegisterProgramRequest.newBuilder()
                                        .setName(name)
                                        .setChunk(chunk)
                                        .build(),
                                limited(UPLOAD_SECONDS)::registerProgram),
                        true)
                .thenApply(RegisterProgramResponse::getProgram);
    }

    /** A program. */
    public CompletableFuture<Program> program(String id) {
        GetProgramRequest request =
                GetProgramRequest.newBuilder().setProgramId(id).build();
        return repeating
                .call(() -> Answer.<GetProgramResponse>of(answer -> limited().getProgram(request, answer)), true)
                .thenApply(GetProgramResponse::getProgram);
    }

    /** A part of all programs. */
    public CompletableFuture<ListProgramsResponse> programs(ListProgramsRequest request) {
        return repeating.call(() -> Answer.of(answer -> limited().listPrograms(request, answer)), true);
    }

    /** Keeps an input. Not repeated if the answer is lost, since that would keep it twice. */
    public CompletableFuture<Input> upload(Source input, boolean privately) {
        return upload(
                        input,
                        bytes -> Upload.<UploadInputRequest, UploadInputResponse>send(
                                bytes,
                                chunk -> UploadInputRequest.newBuilder()
                                        .setPrivateInput(privately)
                                        .setChunk(chunk)
                                        .build(),
                                limited(UPLOAD_SECONDS)::uploadInput),
                        false)
                .thenApply(UploadInputResponse::getInput);
    }

    /**
     * Submits a job.
     *
     * @param idempotencyKey names this submission, so that it can be repeated, by this client and by its caller; a
     *     random one if empty
     */
    public CompletableFuture<Job> submit(JobSpec spec, String idempotencyKey) {
        byte[] unique = new byte[16];
        repeating.random().nextBytes(unique);
        SubmitJobRequest request = SubmitJobRequest.newBuilder()
                .setSpec(spec)
                .setIdempotencyKey(idempotencyKey.isEmpty() ? HexFormat.of().formatHex(unique) : idempotencyKey)
                .build();
        return repeating
                .call(() -> Answer.<SubmitJobResponse>of(answer -> limited().submitJob(request, answer)), true)
                .thenApply(SubmitJobResponse::getJob);
    }

    /** A job. */
    public CompletableFuture<Job> job(String id) {
        GetJobRequest request = GetJobRequest.newBuilder().setJobId(id).build();
        return repeating
                .call(() -> Answer.<GetJobResponse>of(answer -> limited().getJob(request, answer)), true)
                .thenApply(GetJobResponse::getJob);
    }

    /** A part of the account's jobs. */
    public CompletableFuture<ListJobsResponse> jobs(ListJobsRequest request) {
        return repeating.call(() -> Answer.of(answer -> limited().listJobs(request, answer)), true);
    }

    /** A job, as soon as its version is above this or it is final, or as it is after half a minute. */
    public CompletableFuture<Job> await(String id, long version) {
        WaitJobRequest request = WaitJobRequest.newBuilder()
                .setJobId(id)
                .setVersion(version)
                .setTimeoutSeconds(WAIT_SECONDS)
                .build();
        return repeating
                .call(() -> Answer.<WaitJobResponse>of(answer -> limited().waitJob(request, answer)), true)
                .thenApply(WaitJobResponse::getJob);
    }

    /** A job, when it is final. */
    public CompletableFuture<Job> completion(String id) {
        return completion(id, 0);
    }

    private CompletableFuture<Job> completion(String id, long version) {
        return await(id, version)
                .thenCompose(job -> States.isFinal(job.getState())
                        ? CompletableFuture.completedFuture(job)
                        : completion(id, job.getVersion()));
    }

    /** Asks a job to stop. */
    public CompletableFuture<Job> cancel(String id) {
        CancelJobRequest request = CancelJobRequest.newBuilder().setJobId(id).build();
        return repeating
                .call(() -> Answer.<CancelJobResponse>of(answer -> limited().cancelJob(request, answer)), true)
                .thenApply(CancelJobResponse::getJob);
    }

    /** What the server says of a receipt; whoever must not trust it verifies on their own. */
    public CompletableFuture<Verdict> verify(Source receipt, String imageId) {
        return upload(
                        receipt,
                        bytes -> Upload.<VerifyReceiptRequest, VerifyReceiptResponse>send(
                                bytes,
                                chunk -> VerifyReceiptRequest.newBuilder()
                                        .setImageId(imageId)
                                        .setChunk(chunk)
                                        .build(),
                                limited(UPLOAD_SECONDS)::verifyReceipt),
                        true)
                .thenApply(VerifyReceiptResponse::getVerdict);
    }

    ProvingServiceStub stub() {
        return stub;
    }

    Repeating repeating() {
        return repeating;
    }

    ManagedChannel channel() {
        return channel;
    }

    private ProvingServiceStub limited() {
        return limited(DEADLINE_SECONDS);
    }

    private ProvingServiceStub limited(int seconds) {
        return stub.withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    private <A> CompletableFuture<A> upload(
            Source source, Function<InputStream, CompletableFuture<A>> send, boolean repeatable) {
        return repeating.call(
                () -> {
                    try {
                        return send.apply(source.open());
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                },
                repeatable);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        channel.shutdownNow();
    }
}
