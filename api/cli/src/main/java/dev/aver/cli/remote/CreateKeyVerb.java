package dev.aver.cli.remote;

import static java.util.Locale.ROOT;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.proto.v1.CreateKeyRequest;
import dev.aver.proto.v1.CreateKeyResponse;
import dev.aver.proto.v1.KeyScope;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote keys create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Makes a key, and prints it: it cannot be had again. Its id goes to standard error.")
final class CreateKeyVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            required = true,
            split = ",",
            description = "What it may be used for: submit, read, admin; several with commas, or repeated.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--name", paramLabel = "TEXT", description = "Shown in listings.")
    private String name = "";

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Times.Moment.class,
            description = "When it ends by itself, such as 2030-01-31 or 2030-01-31T12:00:00Z. Default: never.")
    private @Nullable Instant expires;

    @Option(names = "--out", paramLabel = "F", description = "Writes the key to a new file, for its owner only.")
    private @Nullable Path out;

    @Parameters(paramLabel = "ACCOUNT", description = "Whose it will be, 1 to 64 characters of a-z, 0-9 and -.")
    private String account = "";

    CreateKeyVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        CreateKeyRequest.Builder request =
                CreateKeyRequest.newBuilder().setAccount(account).setName(name);
        for (String scope : scopes) request.addScopes(scope(scope));
        Instant end = expires;
        if (end != null) request.setExpiresAt(Times.timestamp(end));
        return server.use(client -> {
            try (SecretOut secret = SecretOut.open(environment, out)) {
                CreateKeyResponse made = client.admin().createKey(request.build());
                secret.write(made.getSecret());
                PrintWriter err = environment.errText();
                err.println("aver: made " + made.getKey().getId());
                return 0;
            }
        });
    }

    private static KeyScope scope(String name) throws CliException {
        return switch (name.toLowerCase(ROOT)) {
            case "submit" -> KeyScope.KEY_SCOPE_SUBMIT;
            case "read" -> KeyScope.KEY_SCOPE_READ;
            case "admin" -> KeyScope.KEY_SCOPE_ADMIN;
            default -> throw new CliException(ExitStatus.USAGE, "--scope is submit, read or admin, not " + name);
        };
    }
}
