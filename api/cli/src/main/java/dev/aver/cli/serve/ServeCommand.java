package dev.aver.cli.serve;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.server.app.Backend;
import java.util.List;

/**
 * {@code aver serve}: the proving server. Its flags are those of the settings' table, so it reads them itself; a parser
 * for the other verbs' flags would be a quarter of its start.
 */
public final class ServeCommand {
    private ServeCommand() {}

    /**
     * Serves until the process is told to end.
     *
     * @param arguments what follows the verb
     * @return the exit status
     */
    public static int run(List<String> arguments, Environment environment) throws CliException, InterruptedException {
        return Serving.run(arguments, environment, System.getenv(), Backend.engine());
    }
}
