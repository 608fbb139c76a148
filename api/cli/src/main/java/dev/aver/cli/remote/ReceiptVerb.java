package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.UserFiles;
import dev.aver.client.AverClient;
import dev.aver.client.RemoteException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote receipt}. */
@Command(
        name = "receipt",
        mixinStandardHelpOptions = true,
        description =
                "Writes a completed job's receipt to a file; 'aver verify' checks it without trusting the server.")
final class ReceiptVerb implements Callable<Integer> {
    @Mixin
    private Server server = new Server();

    @Option(names = "--profile", description = "The profile of an execution instead, for speedscope.")
    private boolean profile;

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to write.")
    private Path file = Path.of("");

    /** Why there was nothing to write. */
    private @Nullable RemoteException refused;

    /** Needs nothing of it. */
    ReceiptVerb(Environment environment) {}

    @Override
    public Integer call() throws CliException, InterruptedException {
        UserFiles.checkOutputs(List.of(), List.of(file));
        return server.use(client -> {
            try {
                UserFiles.write(file, out -> fetch(client, out));
            } catch (CliException e) {
                // The file is not at fault if there was nothing to write.
                RemoteException refusal = refused;
                if (refusal != null) throw refusal;
                throw e;
            }
            return 0;
        });
    }

    private void fetch(AverClient client, OutputStream out) throws IOException {
        try {
            long bytes = profile ? client.profile(job, out) : client.receipt(job, out);
            if (bytes == 0) {
                throw new IOException("the server sent nothing");
            }
        } catch (RemoteException e) {
            refused = e;
            throw new IOException(e.code() + ": " + e.getMessage(), e);
        }
    }
}
