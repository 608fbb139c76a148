package dev.aver.cli.remote;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobState;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.ListJobsResponse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aver remote list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the account's jobs, newest first.")
final class ListVerb implements Callable<Integer> {
    private static final int PAGE = 200;

    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only these: queued, running, completed, failed, cancelled, expired; may be repeated.")
    private List<String> states = new ArrayList<>();

    @Option(names = "--most", paramLabel = "N", description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int most = 50;

    ListVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        ListJobsRequest.Builder request = ListJobsRequest.newBuilder();
        for (String state : states) {
            try {
                request.addStates(JobState.valueOf("JOB_STATE_" + state.toUpperCase(ROOT)));
            } catch (IllegalArgumentException e) {
                throw new CliException(ExitStatus.USAGE, "--state cannot be " + state);
            }
        }
        return server.use(client -> {
            PrintWriter out = environment.outText();
            int left = most;
            ListJobsResponse page;
            do {
                page = client.jobs(
                        request.setPageSize(Math.clamp(left, 1, PAGE)).build());
                page.getJobsList().forEach(job -> out.println(line(job)));
                left -= page.getJobsCount();
                request.setPageToken(page.getNextPageToken());
            } while (left > 0 && !page.getNextPageToken().isEmpty());
            return 0;
        });
    }

    private static String line(Job job) {
        return format(
                ROOT,
                "%s  %s  %-9s  %s",
                job.getId(),
                Instant.ofEpochSecond(job.getCreatedAt().getSeconds()),
                JobLine.state(job),
                job.getSpec().getLabel());
    }
}
