package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aver remote cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Asks a job to stop; one that has ended stays as it is.")
final class CancelVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    CancelVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return server.use(client -> {
            PrintWriter out = environment.outText();
            out.println(JobLine.state(client.cancel(job)));
            return 0;
        });
    }
}
