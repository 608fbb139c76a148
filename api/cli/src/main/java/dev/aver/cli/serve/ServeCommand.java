package dev.aver.cli.serve;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.server.app.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code aver serve}: the proving server. Its flags are those of the settings' table, which {@link Serving} reads. */
@Command(
        name = "serve",
        description = "Serves proofs to others: jobs that survive restarts, over gRPC, REST and a web page.")
public final class ServeCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "SETTING", hidden = true)
    private List<String> arguments = new ArrayList<>();

    /** For these streams. */
    public ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return Serving.run(arguments, environment, System.getenv(), Backend.engine());
    }
}
