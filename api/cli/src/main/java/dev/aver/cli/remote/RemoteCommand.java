package dev.aver.cli.remote;

import dev.aver.cli.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aver remote}: names its verbs. */
@Command(
        name = "remote",
        mixinStandardHelpOptions = true,
        description = "Asks a proving server.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "  0:done; for a job that was watched, it completed",
            "117:the job failed, was cancelled or expired; the backup failed",
            "118:the server refused, or cannot be reached",
            "120:the command line is wrong, or there is no key",
            "121:a file cannot be read or written",
            "125:Aver failed inside"
        })
public final class RemoteCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RemoteCommand() {}

    /** The command with its verbs. */
    public static CommandLine of(Environment environment) {
        return new CommandLine(new RemoteCommand())
                .addSubcommand(new ProgramVerb(environment))
                .addSubcommand(new SubmitVerb(environment))
                .addSubcommand(new WatchVerb(environment))
                .addSubcommand(new ReceiptVerb(environment))
                .addSubcommand(new CancelVerb(environment))
                .addSubcommand(new ListVerb(environment))
                .addSubcommand(KeysCommand.of(environment))
                .addSubcommand(new BackupVerb(environment))
                .addSubcommand(new AuditVerb(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing verb: program, submit, watch, receipt, cancel, list, keys, backup or audit");
    }
}
