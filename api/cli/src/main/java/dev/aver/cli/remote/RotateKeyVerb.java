package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.proto.v1.RotateKeyResponse;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Makes a key like another one, which ends, and prints the new one: it cannot be had again.")
final class RotateKeyVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Times.Span.class,
            description = "How long the old key stays valid, such as 90s, 30m, 12h or 7d. Default: it ends at once.")
    private Duration grace = Duration.ZERO;

    @Option(names = "--out", paramLabel = "F", description = "Writes the key to a new file, for its owner only.")
    private @Nullable Path out;

    @Parameters(paramLabel = "KEY", description = "The old key's id.")
    private String key = "";

    RotateKeyVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return server.use(client -> {
            try (SecretOut secret = SecretOut.open(environment, out)) {
                RotateKeyResponse made = client.admin().rotateKey(key, grace);
                secret.write(made.getSecret());
                PrintWriter err = environment.errText();
                err.println("aver: made " + made.getKey().getId());
                err.println("aver: " + KeysCommand.line(made.getReplaced()));
                return 0;
            }
        });
    }
}
