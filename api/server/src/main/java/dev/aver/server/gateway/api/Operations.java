package dev.aver.server.gateway.api;

import dev.aver.proto.v1.CancelJobResponse;
import dev.aver.proto.v1.GetJobResponse;
import dev.aver.proto.v1.GetProgramResponse;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ListJobsResponse;
import dev.aver.proto.v1.ListProgramsResponse;
import dev.aver.proto.v1.ProvingServiceGrpc;
import dev.aver.proto.v1.RegisterProgramResponse;
import dev.aver.proto.v1.SubmitJobResponse;
import dev.aver.proto.v1.UploadInputResponse;
import dev.aver.proto.v1.VerifyReceiptResponse;
import dev.aver.proto.v1.WaitJobRequest;
import dev.aver.proto.v1.WaitJobResponse;
import dev.aver.proto.v1.WatchJobRequest;
import dev.aver.proto.v1.WatchJobResponse;
import dev.aver.server.gateway.api.Operation.Download;
import dev.aver.server.gateway.api.Operation.Events;
import dev.aver.server.gateway.api.Operation.Interruption;
import dev.aver.server.gateway.api.Operation.Sink;
import dev.aver.server.gateway.api.Operation.Unary;
import dev.aver.server.gateway.api.Operation.Upload;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Page;
import dev.aver.server.service.ProvingService;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server offers: each call of the contract with what it does. */
public final class Operations {
    /** Watchers hear at least this often, so that both sides notice when the other is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int WAIT_SECONDS = 30;
    private static final int MOST_WAIT_SECONDS = 60;

    private final ProvingService service;

    private Operations(ProvingService service) {
        this.service = service;
    }

    /**
     * Largest bodies, in bytes.
     *
     * @param program an ELF file
     * @param input an input
     * @param receipt a receipt to verify
     */
    public record Sizes(long program, long input, long receipt) {}

    /** Every call of the contract, on this service. */
    public static List<Operation<?, ?>> of(ProvingService service, Sizes sizes) {
        Operations on = new Operations(service);
        return List.of(
                new Upload<>(
                        ProvingServiceGrpc.getRegisterProgramMethod(),
                        sizes.program,
                        (caller, head, elf) -> RegisterProgramResponse.newBuilder()
                                .setProgram(Values.program(
                                        service.registerProgram(caller, elf, Arguments.label(head.getName(), "name"))))
                                .build()),
                new Unary<>(
                        ProvingServiceGrpc.getGetProgramMethod(),
                        (caller, question, interruption) -> GetProgramResponse.newBuilder()
                                .setProgram(Values.program(
                                        service.program(caller, Arguments.program(question.getProgramId()))))
                                .build(),
                        false),
                new Unary<>(
                        ProvingServiceGrpc.getListProgramsMethod(),
                        (caller, question, interruption) ->
                                on.programs(caller, question.getPageSize(), question.getPageToken()),
                        false),
                new Upload<>(
                        ProvingServiceGrpc.getUploadInputMethod(),
                        sizes.input,
                        (caller, head, input) -> UploadInputResponse.newBuilder()
                                .setInput(Values.input(service.upload(caller, input, head.getPrivateInput())))
                                .build()),
                new Unary<>(
                        ProvingServiceGrpc.getSubmitJobMethod(),
                        (caller, question, interruption) -> SubmitJobResponse.newBuilder()
                                .setJob(Values.whole(service.submit(
                                        caller, Values.submission(question.getSpec(), question.getIdempotencyKey()))))
                                .build(),
                        false),
                new Unary<>(
                        ProvingServiceGrpc.getGetJobMethod(),
                        (caller, question, interruption) -> GetJobResponse.newBuilder()
                                .setJob(Values.whole(service.job(caller, Arguments.job(question.getJobId()))))
                                .build(),
                        false),
                new Unary<>(
                        ProvingServiceGrpc.getListJobsMethod(),
                        (caller, question, interruption) -> on.jobs(caller, question),
                        false),
                new Unary<>(ProvingServiceGrpc.getWaitJobMethod(), on::await, true),
                new Events<>(ProvingServiceGrpc.getWatchJobMethod(), on::watch),
                new Unary<>(
                        ProvingServiceGrpc.getCancelJobMethod(),
                        (caller, question, interruption) -> CancelJobResponse.newBuilder()
                                .setJob(Values.whole(service.cancel(caller, Arguments.job(question.getJobId()))))
                                .build(),
                        false),
                new Download<>(
                        ProvingServiceGrpc.getFetchReceiptMethod(),
                        "application/octet-stream",
                        (caller, question) -> service.receipt(caller, Arguments.job(question.getJobId()))),
                new Download<>(
                        ProvingServiceGrpc.getFetchProfileMethod(),
                        "application/json",
                        (caller, question) -> service.profile(caller, Arguments.job(question.getJobId()))),
                new Upload<>(
                        ProvingServiceGrpc.getVerifyReceiptMethod(),
                        sizes.receipt,
                        (caller, head, receipt) -> VerifyReceiptResponse.newBuilder()
                                .setVerdict(Values.verdict(
                                        service.verify(caller, receipt, Arguments.image(head.getImageId()))))
                                .build()));
    }

    private ListProgramsResponse programs(Caller caller, int size, String token) throws ServiceException {
        Page<RegisteredProgram> page = service.programs(caller, Arguments.pageSize(size), Arguments.token(token));
        ListProgramsResponse.Builder answer = ListProgramsResponse.newBuilder();
        page.items().forEach(program -> answer.addPrograms(Values.program(program)));
        page.nextToken().ifPresent(answer::setNextPageToken);
        return answer.build();
    }

    private ListJobsResponse jobs(Caller caller, ListJobsRequest question) throws ServiceException {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (dev.aver.proto.v1.JobState state : question.getStatesList()) {
            states.add(Values.state(state));
        }
        JobFilter filter = new JobFilter(
                states,
                question.getProgramId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Arguments.program(question.getProgramId())),
                Arguments.account(question.getAccount()));
        Page<Job> page = service.jobs(
                caller, filter, Arguments.pageSize(question.getPageSize()), Arguments.token(question.getPageToken()));
        ListJobsResponse.Builder answer = ListJobsResponse.newBuilder();
        page.items().forEach(job -> answer.addJobs(Values.brief(job)));
        page.nextToken().ifPresent(answer::setNextPageToken);
        return answer.build();
    }

    private WaitJobResponse await(Caller caller, WaitJobRequest question, Interruption interruption)
            throws ServiceException, InterruptedException {
        String id = Arguments.job(question.getJobId());
        int seconds = question.getTimeoutSeconds() == 0
                ? WAIT_SECONDS
                : Arguments.range(question.getTimeoutSeconds(), 1, MOST_WAIT_SECONDS, "timeoutSeconds");
        if (question.getVersion() < 0) {
            throw Arguments.invalid("version", "one that a job had");
        }
        Job job = interruption.during(
                () -> service.await(caller, id, question.getVersion(), Duration.ofSeconds(seconds)));
        return WaitJobResponse.newBuilder().setJob(Values.whole(job)).build();
    }

    /** By waiting again and again: nothing queues up for a slow reader, who gets the newest state when ready. */
    private void watch(
            Caller caller, WatchJobRequest question, Sink<WatchJobResponse> answers, Interruption interruption)
            throws ServiceException, IOException, InterruptedException {
        String id = Arguments.job(question.getJobId());
        Job job = service.job(caller, id);
        answers.send(WatchJobResponse.newBuilder().setJob(Values.brief(job)).build());
        while (!job.state().isFinal()) {
            long known = job.version();
            job = interruption.during(() -> service.await(caller, id, known, HEARTBEAT));
            answers.send(WatchJobResponse.newBuilder().setJob(Values.brief(job)).build());
        }
    }
}
