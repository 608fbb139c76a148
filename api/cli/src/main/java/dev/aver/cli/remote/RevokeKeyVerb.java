package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aver remote keys revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key at once.")
final class RevokeKeyVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Parameters(paramLabel = "KEY", description = "The key's id.")
    private String key = "";

    RevokeKeyVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return server.use(client -> {
            PrintWriter out = environment.outText();
            out.println(KeysCommand.line(client.admin().revokeKey(key)));
            return 0;
        });
    }
}
