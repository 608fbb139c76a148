package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aver remote watch}. */
@Command(name = "watch", mixinStandardHelpOptions = true, description = "Follows a job to its end.")
final class WatchVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    WatchVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return server.use(client -> Watching.follow(client, job, environment));
    }
}
