package dev.aver.server.app;

import dev.aver.server.config.Config;
import dev.aver.server.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The whole server on a directory, for clients from outside the JVM that ask quickly: prints its port and its
 * administrator's key, and serves until its standard input ends.
 */
final class EngineServer {
    private EngineServer() {}

    /**
     * Starts it.
     *
     * @param arguments an empty directory
     */
    public static void main(String[] arguments) throws IOException, ConfigException, InterruptedException {
        Path data = Path.of(arguments[0]).resolve("data");
        Map<String, String> flags = Map.of(
                "--data", data.toString(),
                "--backups", data.resolveSibling("backups").toString(),
                "--listen-port", "0",
                "--disk-floor", "0",
                "--limit-account-rate", "1000000",
                "--limit-address-rate", "1000000");
        try (AverServer server = AverServer.start(Config.of(Optional.empty(), Map.of(), flags), Backend.engine())) {
            System.out.println(URI.create(server.url()).getPort() + " "
                    + Files.readString(data.resolve("first.key")).strip());
            while (System.in.read() >= 0) {
                // Whoever started it holds its input open.
            }
        }
    }
}
