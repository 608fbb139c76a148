package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.proto.v1.Program;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote program}: registers a program and prints its id. */
@Command(name = "program", mixinStandardHelpOptions = true, description = "Registers a program and prints its id.")
final class ProgramVerb implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(names = "--name", paramLabel = "NAME", description = "Shown in listings. Default: the file's name.")
    private String name = "";

    @Parameters(paramLabel = "PROGRAM.elf", description = "The program.")
    private Path program = Path.of("");

    ProgramVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        return server.use(client -> {
            Path file = program.getFileName();
            Program registered = client.register(
                    () -> Files.newInputStream(program), name.isEmpty() && file != null ? file.toString() : name);
            PrintWriter out = environment.outText();
            out.println(registered.getId());
            return 0;
        });
    }
}
