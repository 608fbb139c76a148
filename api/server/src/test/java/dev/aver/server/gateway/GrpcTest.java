package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.aver.proto.v1.CancelJobRequest;
import dev.aver.proto.v1.FetchReceiptRequest;
import dev.aver.proto.v1.FetchReceiptResponse;
import dev.aver.proto.v1.GetJobRequest;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.JobState;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ProvingServiceGrpc;
import dev.aver.proto.v1.ProvingServiceGrpc.ProvingServiceBlockingStub;
import dev.aver.proto.v1.RegisterProgramRequest;
import dev.aver.proto.v1.RegisterProgramResponse;
import dev.aver.proto.v1.SubmitJobRequest;
import dev.aver.proto.v1.WaitJobRequest;
import dev.aver.proto.v1.WatchJobRequest;
import dev.aver.proto.v1.WatchJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcTest {
    private static TestServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static ProvingServiceBlockingStub as(String key) {
        return ProvingServiceGrpc.newBlockingStub(channel).withInterceptors(withKey(key));
    }

    private static io.grpc.ClientInterceptor withKey(String key) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    /** Sends a program in chunks of this size. */
    private static CompletableFuture<RegisterProgramResponse> register(byte[] elf, int chunk) {
        CompletableFuture<RegisterProgramResponse> answer = new CompletableFuture<>();
        StreamObserver<RegisterProgramRequest> chunks = ProvingServiceGrpc.newStub(channel)
                .withInterceptors(withKey(TestServer.ALICE))
                .registerProgram(new StreamObserver<>() {
                    @Override
                    public void onNext(RegisterProgramResponse value) {
                        answer.complete(value);
                    }

                    @Override
                    public void onError(Throwable t) {
                        answer.completeExceptionally(t);
                    }

                    @Override
                    public void onCompleted() {}
                });
        for (int at = 0; at < elf.length; at += chunk) {
            chunks.onNext(RegisterProgramRequest.newBuilder()
                    .setName("sample")
                    .setChunk(ByteString.copyFrom(elf, at, Math.min(chunk, elf.length - at)))
                    .build());
        }
        chunks.onCompleted();
        return answer;
    }

    private static Job submit(String label) throws Exception {
        String program =
                register(Rest.elf(), 5).get(10, TimeUnit.SECONDS).getProgram().getId();
        return as(TestServer.ALICE)
                .submitJob(SubmitJobRequest.newBuilder()
                        .setSpec(JobSpec.newBuilder().setProgramId(program).setLabel(label))
                        .build())
                .getJob();
    }

    @Test
    void submitsWatchesAndFetches() throws Exception {
        Job job = submit("a proof");
        List<Job> seen = new ArrayList<>();
        Iterator<WatchJobResponse> watch = as(TestServer.ALICE)
                .watchJob(WatchJobRequest.newBuilder().setJobId(job.getId()).build());
        watch.forEachRemaining(event -> seen.add(event.getJob()));
        assertThat(seen).hasSizeGreaterThan(2);
        assertThat(seen.getLast().getState()).isEqualTo(JobState.JOB_STATE_COMPLETED);
        assertThat(seen.stream().map(Job::getVersion)).isSorted();

        long bytes = 0;
        long total = 0;
        Iterator<FetchReceiptResponse> receipt = as(TestServer.ALICE)
                .fetchReceipt(
                        FetchReceiptRequest.newBuilder().setJobId(job.getId()).build());
        while (receipt.hasNext()) {
            FetchReceiptResponse part = receipt.next();
            bytes += part.getChunk().size();
            total += part.getTotalBytes();
        }
        assertThat(bytes).isEqualTo(3_000_000).isEqualTo(total);
        assertThat(as(TestServer.ALICE)
                        .waitJob(WaitJobRequest.newBuilder()
                                .setJobId(job.getId())
                                .setVersion(999)
                                .build())
                        .getJob()
                        .getResult()
                        .getJournal()
                        .toStringUtf8())
                .isEqualTo("forty-two");
    }

    @Test
    void cancels() throws Exception {
        String id = submit("hang").getId();
        CancelJobRequest request = CancelJobRequest.newBuilder().setJobId(id).build();
        assertThat(as(TestServer.ALICE).cancelJob(request).getJob().getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
        assertThat(as(TestServer.ALICE).cancelJob(request).getJob().getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
    }

    @Test
    void endsAWatchWhoseClientHasGone() throws Exception {
        String id = submit("hang").getId();
        Iterator<WatchJobResponse> watch = as(TestServer.ALICE)
                .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                .watchJob(WatchJobRequest.newBuilder().setJobId(id).build());
        StatusRuntimeException late =
                catchThrowableOfType(StatusRuntimeException.class, () -> watch.forEachRemaining(event -> {}));
        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        server.awaitOutcomes(1, outcome -> outcome.code().equals("GONE"));
    }

    @Test
    void refusesWithAReasonAndAHint() throws Exception {
        StatusRuntimeException full = catchThrowableOfType(StatusRuntimeException.class, () -> submit("full"));
        assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        com.google.rpc.Status details = StatusProto.fromThrowable(full);
        assertThat(details.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(details.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(7);
    }

    @Test
    void refusesAProgramThatIsTooLarge() {
        CompletableFuture<RegisterProgramResponse> large = register(new byte[(1 << 20) + 1], 100_000);
        assertThat(large).failsWithin(java.time.Duration.ofSeconds(10));
        assertThat(Status.fromThrowable(large.exceptionNow()).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void needsAKey() {
        ListJobsRequest request = ListJobsRequest.getDefaultInstance();
        StatusRuntimeException none = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ProvingServiceGrpc.newBlockingStub(channel).listJobs(request));
        StatusRuntimeException wrong = catchThrowableOfType(
                StatusRuntimeException.class, () -> as("forged").listJobs(request));
        assertThat(none.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(wrong.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(wrong.getMessage()).doesNotContain("forged");
    }

    @Test
    void hidesWhatBelongsToOthers() throws Exception {
        GetJobRequest hers =
                GetJobRequest.newBuilder().setJobId(submit("hers").getId()).build();
        GetJobRequest none = GetJobRequest.newBuilder().setJobId("f".repeat(32)).build();
        StatusRuntimeException forBob = catchThrowableOfType(
                StatusRuntimeException.class, () -> as(TestServer.BOB).getJob(hers));
        StatusRuntimeException forNone = catchThrowableOfType(
                StatusRuntimeException.class, () -> as(TestServer.BOB).getJob(none));
        assertThat(forBob.getMessage()).isEqualTo(forNone.getMessage()).startsWith("NOT_FOUND");
        StatusRuntimeException reader = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> as(TestServer.READER)
                        .cancelJob(CancelJobRequest.newBuilder()
                                .setJobId(hers.getJobId())
                                .build()));
        assertThat(reader.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void tellsItsHealth() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.newBuilder()
                                .setService("aver.v1.ProvingService")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        StatusRuntimeException unknown = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.newBuilder()
                                .setService("other")
                                .build()));
        assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    /** A watch tells at once, and stays open; one of a service that is not known too. */
    @Test
    void tellsWhenItsHealthChanges() throws Exception {
        AtomicBoolean ready = new AtomicBoolean(true);
        try (TestServer other = TestServer.start(ready::get)) {
            ManagedChannel toOther = ManagedChannelBuilder.forAddress("127.0.0.1", other.port())
                    .usePlaintext()
                    .build();
            BlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();
            BlockingQueue<ServingStatus> toldOfUnknown = new LinkedBlockingQueue<>();
            watchHealth(toOther, "aver.v1.AdminService", told);
            watchHealth(toOther, "no.such.Service", toldOfUnknown);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
            assertThat(toldOfUnknown.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
            ready.set(false);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.NOT_SERVING);
            ready.set(true);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.SERVING);
            other.gateway().drain(java.time.Duration.ofSeconds(5));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(told.poll(10, TimeUnit.SECONDS)).as("the end").isEqualTo(ServingStatus.UNRECOGNIZED);
            toOther.shutdownNow();
        }
    }

    @Test
    void healthWatchesOfOneAddressAreFew() throws Exception {
        BlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();
        ManagedChannel own = ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        for (int i = 0; i < 20; i++) watchHealth(own, "", told);
        List<ServingStatus> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) all.add(told.poll(10, TimeUnit.SECONDS));
        assertThat(all).filteredOn(ServingStatus.SERVING::equals).hasSize(16);
        assertThat(all).filteredOn(ServingStatus.UNRECOGNIZED::equals).hasSize(4);
        own.shutdownNow();
    }

    /** Queues what is told; UNRECOGNIZED stands for an end. */
    private static void watchHealth(ManagedChannel over, String service, BlockingQueue<ServingStatus> told) {
        HealthGrpc.newStub(over)
                .watch(HealthCheckRequest.newBuilder().setService(service).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(HealthCheckResponse answer) {
                        told.add(answer.getStatus());
                    }

                    @Override
                    public void onError(Throwable t) {
                        told.add(ServingStatus.UNRECOGNIZED);
                    }

                    @Override
                    public void onCompleted() {
                        told.add(ServingStatus.UNRECOGNIZED);
                    }
                });
    }

    @Test
    void describesItself() throws Exception {
        List<ServerReflectionResponse> answers = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse value) {
                        answers.add(value);
                    }

                    @Override
                    public void onError(Throwable t) {
                        done.completeExceptionally(t);
                    }

                    @Override
                    public void onCompleted() {
                        done.complete(null);
                    }
                });
        questions.onNext(
                ServerReflectionRequest.newBuilder().setListServices("").build());
        questions.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("aver.v1.ProvingService")
                .build());
        questions.onCompleted();
        done.get(10, TimeUnit.SECONDS);
        assertThat(answers.get(0).getListServicesResponse().getServiceList().stream()
                        .map(s -> s.getName()))
                .contains("aver.v1.ProvingService", "aver.v1.AdminService", "grpc.health.v1.Health");
        assertThat(answers.get(1).getFileDescriptorResponse().getFileDescriptorProtoCount())
                .isGreaterThan(3);
    }
}
