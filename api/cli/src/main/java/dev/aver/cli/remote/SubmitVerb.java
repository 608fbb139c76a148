package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.client.AverClient;
import dev.aver.client.RemoteException;
import dev.aver.proto.v1.HashSuite;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobKind;
import dev.aver.proto.v1.JobSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver remote submit}: submits a job and prints its id. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Submits a job and prints its id.")
final class SubmitVerb implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Environment environment;

    @Mixin
    private Server server = new Server();

    @Option(names = "--input", paramLabel = "F", description = "The program's input. Default: empty.")
    private @Nullable Path input;

    @Option(names = "--execute", description = "Only runs the program, without a proof.")
    private boolean execute;

    @Option(names = "--hash", paramLabel = "H", description = "poseidon2 or blake3. Default: ${DEFAULT-VALUE}.")
    private String hash = "poseidon2";

    @Option(
            names = "--private",
            description =
                    "Encrypts the input at rest, and deletes it when the job ends. Needs --accept-not-hiding for a proof.")
    private boolean secret;

    @Option(
            names = "--accept-not-hiding",
            description = "Accepts that whoever has the receipt may learn something of the input.")
    private boolean acceptNotHiding;

    @Option(names = "--priority", paramLabel = "N", description = "0 (first) to 9 (last). Default: ${DEFAULT-VALUE}.")
    private int priority = 5;

    @Option(names = "--label", paramLabel = "TEXT", description = "Shown in listings.")
    private String label = "";

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Names this submission: again, it gives the same job.")
    private String idempotencyKey = "";

    @Option(names = "--watch", description = "Follows the job to its end.")
    private boolean watch;

    @Parameters(paramLabel = "PROGRAM", description = "A registered program's id, or a file, which is registered.")
    private String program = "";

    SubmitVerb(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        HashSuite suite = switch (hash) {
            case "poseidon2" -> HashSuite.HASH_SUITE_POSEIDON2;
            case "blake3" -> HashSuite.HASH_SUITE_BLAKE3;
            default -> throw new CliException(ExitStatus.USAGE, "--hash is poseidon2 or blake3, not " + hash);
        };
        return server.use(client -> submit(client, suite));
    }

    private int submit(AverClient client, HashSuite suite) throws RemoteException, IOException, InterruptedException {
        JobSpec.Builder spec = JobSpec.newBuilder()
                .setKind(execute ? JobKind.JOB_KIND_EXECUTE : JobKind.JOB_KIND_PROVE)
                .setProgramId(program(client))
                .setHashSuite(suite)
                .setPriority(priority)
                .setAcceptNotHiding(acceptNotHiding)
                .setDeleteWhenDone(secret)
                .setLabel(label);
        Path content = input;
        if (content != null) {
            spec.setInputId(
                    client.upload(() -> Files.newInputStream(content), secret).getId());
        }
        Job job = client.submit(spec.build(), idempotencyKey);
        PrintWriter out = environment.outText();
        out.println(job.getId());
        return watch ? Watching.follow(client, job.getId(), environment) : 0;
    }

    private String program(AverClient client) throws RemoteException, IOException, InterruptedException {
        if (ID.matcher(program).matches()) {
            return program;
        }
        Path file = Path.of(program);
        Path name = file.getFileName();
        return client.register(() -> Files.newInputStream(file), name == null ? "" : name.toString())
                .getId();
    }
}
