package dev.aver.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.cli.CliTestBase;
import dev.aver.server.app.AverServer;
import dev.aver.server.app.Backend;
import dev.aver.server.config.Config;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verb against a server of its own, with the engine behind it. */
@Timeout(120)
class RemoteCommandTest extends CliTestBase {
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private static Path served;

    private static AverServer server;

    @BeforeAll
    static void serve() throws Exception {
        Map<String, String> flags = Map.of(
                "--data", served.resolve("data").toString(),
                "--listen-port", "0",
                "--disk-floor", "0",
                "--drain-seconds", "1");
        server = AverServer.start(Config.of(Optional.empty(), Map.of(), flags), Backend.engine());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path key() {
        return served.resolve("data").resolve("first.key");
    }

    private Result remote(String verb, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("remote", verb, "--server", server.url(), "--key-file", key()));
        words.addAll(List.of(arguments));
        return aver(words.toArray());
    }

    /** The id that a submission printed. */
    private static String id(Result result) {
        assertThat(result.out()).as(result.err()).matches("[0-9a-f]{32}\n");
        return result.out().strip();
    }

    private Path endless() throws Exception {
        return program(new Code().at("_start").jal(0, "_start"));
    }

    @Test
    void aProgramIsKnownByItsContent() throws Exception {
        Path program = halting("known", "known", 0);
        Result first = remote("program", program);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).matches("[0-9a-f]{64}\n");
        assertThat(remote("program", "--name", "another", program).out()).isEqualTo(first.out());

        Result submitted = remote("submit", "--execute", "--watch", first.out().strip());
        assertThat(submitted.status()).as(submitted.err()).isZero();
    }

    @Test
    void aProofIsSubmittedWatchedFetchedAndVerified() throws Exception {
        Path program = halting("proven", "proven", 0);
        Result submitted = remote("submit", program, "--hash", "blake3", "--label", "a proof", "--watch");
        assertThat(submitted.status()).as(submitted.err()).isZero();
        String id = id(submitted);
        assertThat(submitted.err()).contains("aver: completed: exit code 0", "128 provable bits");

        Path receipt = directory.resolve("receipt");
        assertThat(remote("receipt", id, receipt).status()).isZero();
        Result verified = aver("verify", receipt, "--program", program);
        assertThat(verified.status()).as(verified.err()).isZero();

        assertThat(remote("list", "--state", "completed").out()).containsPattern(id + ".* completed .* a proof\n");
        assertThat(remote("list", "--state", "failed", "--state", "expired").out())
                .doesNotContain(id);
    }

    @Test
    void anExecutionHasAProfileAndNoReceipt() throws Exception {
        Path input = write("input", new byte[] {1, 2, 3});
        Result submitted = remote("submit", "--execute", halting("run", "run", 0), "--input", input, "--watch");
        assertThat(submitted.err()).contains("aver: completed: exit code 0");
        String id = id(submitted);
        Path file = directory.resolve("out");

        assertThat(remote("receipt", "--profile", id, file).status()).isZero();
        assertThat(json(file)).containsKey("profiles");
        Files.delete(file);

        Result none = remote("receipt", id, file);
        assertThat(none.status()).isEqualTo(118);
        assertThat(none.err()).contains("NO_RECEIPT");
        assertThat(file).doesNotExist();
    }

    @Test
    void aJobIsCancelledOnceAndWatchingItSaysSo() throws Exception {
        String id = id(remote("submit", "--execute", endless()));
        assertThat(remote("cancel", id).status()).isZero();
        Result watched = remote("watch", id);
        assertThat(watched.status()).isEqualTo(117);
        assertThat(watched.err()).endsWith("aver: cancelled\n");
        assertThat(remote("cancel", id).out()).isEqualTo("cancelled\n");
    }

    @Test
    void aTrapIsAJobThatFailed() throws Exception {
        Path program = program(new Code().at("_start").op(Op.EBREAK, 0, 0, 0, 0));
        Result result = remote("submit", program, "--watch");
        assertThat(result.status()).isEqualTo(117);
        assertThat(result.err()).contains("aver: failed: ", "trap");
    }

    @Test
    void anIdempotencyKeyNamesOneSubmission() throws Exception {
        Path program = halting("once", "once", 0);
        String id = id(remote("submit", "--execute", "--idempotency-key", "k", program));
        assertThat(id(remote("submit", "--execute", "--idempotency-key", "k", program)))
                .isEqualTo(id);
        Result other = remote("submit", "--execute", "--idempotency-key", "k", halting("twice", "twice", 0));
        assertThat(other.status()).isEqualTo(118);
        assertThat(other.err()).contains("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void aPrivateProofNeedsItsSubmittersWord() throws Exception {
        Path program = halting("secret", "secret", 0);
        Path input = write("input", new byte[100]);
        Result refused = remote("submit", program, "--input", input, "--private");
        assertThat(refused.status()).isEqualTo(118);
        assertThat(refused.err()).contains("NOT_HIDING");
        String id = id(remote("submit", program, "--input", input, "--private", "--accept-not-hiding"));
        assertThat(remote("cancel", id).status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "118, NOT_FOUND, watch, " + UNKNOWN,
        "118, NOT_FOUND, cancel, " + UNKNOWN,
        "118, INVALID_ARGUMENT, cancel, ../x",
        "120, --state, list, --state=done",
        "120, --hash, submit, --hash=sha256",
        "121, no-such-file, program, no-such-file",
    })
    void whatIsWrongIsSaid(int status, String message, String verb, String argument) {
        Result result = verb.equals("submit") ? remote(verb, argument, "program") : remote(verb, argument);
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aFileThatIsNoProgramIsRefused() throws Exception {
        Result result = remote("program", write("text", "no ELF".getBytes(StandardCharsets.UTF_8)));
        assertThat(result.status()).isEqualTo(118);
        assertThat(result.err()).contains("INVALID_PROGRAM");
    }

    @Test
    void keysAreNeededAndChecked() throws Exception {
        Path wrong = write("wrong.key", "aver_wrong\n".getBytes(StandardCharsets.US_ASCII));
        Result refused = aver("remote", "list", "--server", server.url(), "--key-file", wrong);
        assertThat(refused.status()).isEqualTo(118);
        assertThat(refused.err()).contains("UNAUTHENTICATED");
        Result missing = aver("remote", "list", "--server", server.url(), "--key-file", directory.resolve("none"));
        assertThat(missing.status()).isEqualTo(121);
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        Result result = aver("remote", "list", "--server", "http://127.0.0.1:1", "--key-file", key());
        assertThat(result.status()).isEqualTo(118);
        assertThat(result.err()).contains("cannot reach http://127.0.0.1:1");
    }

    @Test
    void aVerbIsNeeded() {
        Result result = aver("remote");
        assertThat(result.status()).isEqualTo(120);
        assertThat(result.err()).contains("missing verb");
        assertThat(aver("remote", "--help").out()).contains("submit", "Exit status");
    }
}
