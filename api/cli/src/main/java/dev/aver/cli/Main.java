package dev.aver.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code aver} command: names its verbs and hands over to the one that was asked for. */
@Command(
        name = "aver",
        description = "Runs RISC-V programs deterministically and accounts for what they cost.",
        mixinStandardHelpOptions = true,
        version = "aver 0.1.0-SNAPSHOT")
public final class Main implements Runnable {
    private Main() {}

    /** Runs the verb in {@code args} and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.err);
    }
}
