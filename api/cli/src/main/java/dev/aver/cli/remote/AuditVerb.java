package dev.aver.cli.remote;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.proto.v1.AuditEntry;
import dev.aver.proto.v1.ListAuditEntriesRequest;
import dev.aver.proto.v1.ListAuditEntriesResponse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aver remote audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists who did what, newest first: time, action, account, key, and what it was done to; for"
                + " administrators.")
final class AuditVerb implements Callable<Integer> {
    private static final int PAGE = 200;

    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only what this account did.")
    private String account = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Times.Moment.class,
            description = "Only since then: 2030-01-31 or 2030-01-31T12:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--until", paramLabel = "TIME", converter = Times.Moment.class, description = "Only before that.")
    private @Nullable Instant until;

    @Option(names = "--most", paramLabel = "N", description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int most = 50;

    AuditVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        ListAuditEntriesRequest.Builder request =
                ListAuditEntriesRequest.newBuilder().setAccount(account);
        Instant first = from;
        Instant end = until;
        if (first != null) request.setFrom(Times.timestamp(first));
        if (end != null) request.setUntil(Times.timestamp(end));
        return server.use(client -> {
            PrintWriter out = environment.outText();
            int left = most;
            ListAuditEntriesResponse page;
            do {
                page = client.admin()
                        .auditLog(request.setPageSize(Math.clamp(left, 1, PAGE)).build());
                page.getEntriesList().forEach(entry -> out.println(line(entry)));
                left -= page.getEntriesCount();
                request.setPageToken(page.getNextPageToken());
            } while (left > 0 && !page.getNextPageToken().isEmpty());
            return 0;
        });
    }

    private static String line(AuditEntry entry) {
        return format(
                ROOT,
                "%s  %-16s  %-16s  %s  %s",
                Times.instant(entry.getAt()),
                entry.getAction(),
                entry.getAccount(),
                entry.getKeyId(),
                entry.getSubject());
    }
}
