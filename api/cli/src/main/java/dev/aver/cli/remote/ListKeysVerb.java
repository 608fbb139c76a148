package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.proto.v1.ListKeysRequest;
import dev.aver.proto.v1.ListKeysResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aver remote keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists keys, oldest first: id, account, scopes, state, name.")
final class ListKeysVerb implements Callable<Integer> {
    private static final int PAGE = 200;

    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account's.")
    private String account = "";

    @Option(names = "--valid", description = "Only those that open something.")
    private boolean valid;

    ListKeysVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        ListKeysRequest.Builder request =
                ListKeysRequest.newBuilder().setAccount(account).setPageSize(PAGE);
        return server.use(client -> {
            PrintWriter out = environment.outText();
            ListKeysResponse page;
            do {
                page = client.admin().keys(request.build());
                page.getKeysList().stream()
                        .filter(key -> !valid || key.getValid())
                        .forEach(key -> out.println(KeysCommand.line(key)));
                request.setPageToken(page.getNextPageToken());
            } while (!page.getNextPageToken().isEmpty());
            return 0;
        });
    }
}
