package dev.aver.cli.remote;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.client.AdminClient;
import dev.aver.client.RemoteException;
import dev.aver.proto.v1.Backup;
import dev.aver.proto.v1.BackupState;
import dev.aver.proto.v1.ListBackupsRequest;
import dev.aver.proto.v1.ListBackupsResponse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Makes a backup in the server's directory for them, and waits for it; for administrators.")
final class BackupVerb implements Callable<Integer> {
    private static final int PAGE = 200;
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;
    private static final String PREFIX = "BACKUP_STATE_";

    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(names = "--list", description = "Lists backups instead: name, state, time, bytes.")
    private boolean list;

    @Option(names = "--no-wait", description = "Only begins it.")
    private boolean leave;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "What to call it: 1 to 64 characters of a-z, 0-9 and -. Again, it gives or finishes that one."
                    + " Default: the time.")
    private String name = "";

    BackupVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        PrintWriter out = environment.outText();
        return server.use(client -> list ? list(client.admin(), out) : make(client.admin(), out));
    }

    private int make(AdminClient server, PrintWriter out) throws RemoteException, InterruptedException {
        Backup backup = server.createBackup(name);
        out.println(backup.getName());
        for (long pause = FIRST_PAUSE;
                !leave && backup.getState() == BackupState.BACKUP_STATE_RUNNING;
                pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            Thread.sleep(pause);
            backup = server.backup(backup.getName());
        }
        PrintWriter err = environment.errText();
        err.println("aver: " + line(backup));
        return backup.getState() == BackupState.BACKUP_STATE_FAILED ? ExitStatus.NOT_COMPLETED.code() : 0;
    }

    private static int list(AdminClient server, PrintWriter out) throws RemoteException, InterruptedException {
        ListBackupsRequest.Builder request = ListBackupsRequest.newBuilder().setPageSize(PAGE);
        ListBackupsResponse page;
        do {
            page = server.backups(request.build());
            page.getBackupsList().forEach(backup -> out.println(line(backup)));
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return 0;
    }

    private static String line(Backup backup) {
        BackupState state = backup.getState();
        return format(
                ROOT,
                "%-20s  %-9s  %s  %,d bytes%s",
                backup.getName(),
                state == BackupState.UNRECOGNIZED
                        ? "other"
                        : state.name().substring(PREFIX.length()).toLowerCase(ROOT),
                Instant.ofEpochSecond(backup.getAt().getSeconds()),
                backup.getSizeBytes(),
                backup.getFailure().isEmpty() ? "" : ": " + backup.getFailure());
    }
}
