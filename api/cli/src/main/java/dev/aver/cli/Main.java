package dev.aver.cli;

import dev.aver.cli.bench.BenchCommand;
import dev.aver.cli.inspect.InspectCommand;
import dev.aver.cli.prove.ProveCommand;
import dev.aver.cli.remote.RemoteCommand;
import dev.aver.cli.serve.ServeCommand;
import dev.aver.cli.verify.VerifyCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code aver} command: names its verbs and hands over to the one that was asked for. */
@Command(
        name = "aver",
        description = "Runs RISC-V programs deterministically, proves the runs, and checks the receipts.",
        mixinStandardHelpOptions = true,
        version = "aver " + Main.VERSION)
public final class Main implements Runnable {
    /** Aver's version. */
    public static final String VERSION = "0.1.0-SNAPSHOT";

    private static final String SERVE = "Serves proofs to others, over gRPC, REST and a web page.";
    private static final String REMOTE = "Asks a proving server.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs the verb in {@code args} and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(args, Environment.ofProcess()));
    }

    /** Runs the verb in {@code args} and returns the exit status, 0 … 255. */
    public static int run(String[] args, Environment environment) {
        PrintWriter err = environment.errText();
        PrintWriter out = new PrintWriter(new OutputStreamWriter(environment.out(), StandardCharsets.UTF_8));
        try {
            String verb = args.length == 0 ? "" : args[0];
            if (verb.equals("serve")) {
                return ServeCommand.run(List.of(args).subList(1, args.length), environment);
            }
            int status = new CommandLine(new Main())
                    .addSubcommand(new RunCommand(environment))
                    .addSubcommand(new ProveCommand(environment))
                    .addSubcommand(new VerifyCommand(environment))
                    .addSubcommand(new InspectCommand())
                    .addSubcommand(new BenchCommand(environment))
                    .addSubcommand("serve", named(SERVE))
                    .addSubcommand("remote", verb.equals("remote") ? RemoteCommand.of(environment) : named(REMOTE))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setExpandAtFiles(false)
                    .setOut(out)
                    .setErr(err)
                    .setParameterExceptionHandler((wrong, given) -> misused(wrong, err))
                    .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err))
                    .execute(args);
            out.flush();
            return status;
        } catch (CliException | InterruptedException e) {
            return failed(e, err);
        } catch (OutOfMemoryError e) {
            err.println("aver: out of memory: the JVM has at most "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB; raise it with AVER_JAVA_OPTS=-Xmx8g, or lower --limit-memory, or --memory of a proof");
            return ExitStatus.FAILURE.code();
        }
    }

    /** A verb that is only listed: what it is made of would cost every other verb time. */
    private static CommandSpec named(String description) {
        CommandSpec verb = CommandSpec.create();
        verb.usageMessage().description(description);
        return verb;
    }

    private static int misused(ParameterException wrong, PrintWriter err) {
        err.println("aver: " + wrong.getMessage());
        err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE.code();
    }

    private static int failed(Exception failure, PrintWriter err) {
        if (failure instanceof CliException expected) {
            err.println("aver: " + expected.getMessage());
            return expected.status().code();
        }
        err.println("aver: internal error; please report it with this trace");
        failure.printStackTrace(err);
        return ExitStatus.FAILURE.code();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "missing verb: run, prove, verify, inspect, bench, serve or remote");
    }
}
