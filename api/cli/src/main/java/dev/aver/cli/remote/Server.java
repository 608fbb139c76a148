package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import dev.aver.client.AverClient;
import dev.aver.client.Connection;
import dev.aver.client.RemoteException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and the key to it: options that all verbs share. */
final class Server {
    private static final String LOCAL = "http://127.0.0.1:8547";
    private static final int LONGEST_KEY = 1024;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server, https://HOST:PORT. Default: what AVER_SERVER says, or " + LOCAL + ".")
    private @Nullable String url;

    @Option(
            names = "--key-file",
            paramLabel = "F",
            description = "A file with the key. Default: the key in AVER_KEY, or the file that AVER_KEY_FILE names.")
    private @Nullable Path keyFile;

    @Option(
            names = "--trust",
            paramLabel = "F",
            description = "PEM file of who signed the server's certificate. Default: those that the JDK trusts.")
    private @Nullable Path trusted;

    /** What is done with a server. */
    @FunctionalInterface
    interface Use {
        /** Returns the exit status. */
        int with(AverClient client) throws CliException, RemoteException, IOException, InterruptedException;
    }

    /** Connects, and turns what goes wrong into messages. */
    int use(Use use) throws CliException, InterruptedException {
        Map<String, String> variables = System.getenv();
        String where = url != null ? url : variables.getOrDefault("AVER_SERVER", LOCAL);
        Connection connection;
        try {
            connection =
                    new Connection(URI.create(where), key(variables), Optional.ofNullable(trusted), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
        try (AverClient client = AverClient.connect(connection)) {
            return use.with(client);
        } catch (RemoteException e) {
            throw new CliException(
                    ExitStatus.REFUSED, (e.unreachable() ? "cannot reach " + where : e.code()) + ": " + e.getMessage());
        } catch (IOException e) {
            String file = e instanceof FileSystemException system ? "cannot read " + system.getFile() + ": " : "";
            throw new CliException(ExitStatus.FILE, file + UserFiles.reason(e));
        }
    }

    private String key(Map<String, String> variables) throws CliException {
        String inVariable = variables.get("AVER_KEY");
        if (keyFile == null && inVariable != null) {
            return inVariable.strip();
        }
        String named = variables.get("AVER_KEY_FILE");
        Path file = keyFile != null ? keyFile : named != null ? Path.of(named) : null;
        if (file == null) {
            throw new CliException(ExitStatus.USAGE, "there is no key; set AVER_KEY, or name its file with --key-file");
        }
        return new String(UserFiles.read(file, LONGEST_KEY), StandardCharsets.US_ASCII).strip();
    }
}
