package dev.aver.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.config.Config;
import dev.aver.server.gateway.api.Authenticator;
import dev.aver.server.service.Administration;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ProvingService;
import dev.aver.server.service.Scope;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server under a thousand connections: clients that send a byte a second, clients that read nothing, and ten
 * times more submissions than the queue holds. Another account goes on asking for its job meanwhile.
 */
@Tag("long")
@Timeout(300)
class OverloadedServerTest {
    private static final int QUEUE = 100;
    private static final int SUBMITTERS = 400;
    private static final int SLOW_WRITERS = 300;
    private static final int SLOW_READERS = 300;
    private static final int GETS = 300;

    @TempDir
    private Path data;

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    /** The engine, with keys of two accounts. */
    private record Keyed(Backend engine) implements Backend {
        @Override
        public ProvingService service() {
            return engine.service();
        }

        @Override
        public Administration administration() {
            return engine.administration();
        }

        @Override
        public Authenticator keys() {
            return key -> Optional.of(new Caller(key, key, Set.of(Scope.SUBMIT, Scope.READ)));
        }

        @Override
        public boolean ready() {
            return engine.ready();
        }

        @Override
        public void drain(Duration atMost) {
            engine.drain(atMost);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void memoryIsBoundedTheRestIsRefusedAndOthersAreServed(TestReporter reporter) throws Exception {
        Map<String, String> flags = Map.of(
                "--data", data.toString(),
                "--listen-port", "0",
                "--disk-floor", "0",
                "--queue", "" + QUEUE,
                "--limit-account-rate", "1000000",
                "--limit-address-rate", "1000000",
                "--limit-seconds", "10",
                "--drain-seconds", "1");
        List<Socket> sockets = new ArrayList<>();
        try (AverServer server = AverServer.start(
                        Config.of(Optional.empty(), Map.of(), flags),
                        (config, metrics) -> new Keyed(Backend.engine().open(config, metrics)));
                HttpClient client = HttpClient.newHttpClient()) {
            int port = URI.create(server.url()).getPort();
            String program = field(post(client, server, "quiet", "/v1/programs?name=endless", endless()), "id");
            String job = field(submit(client, server, "quiet", program), "id");
            long before = heap();

            CountDownLatch done = new CountDownLatch(SUBMITTERS);
            for (int i = 0; i < SLOW_WRITERS; i++) sockets.add(connect(port, this::dribble));
            for (int i = 0; i < SLOW_READERS; i++) sockets.add(connect(port, OverloadedServerTest::neverRead));
            for (int i = 0; i < SUBMITTERS; i++) {
                sockets.add(connect(port, socket -> {
                    for (int n = 0; n < 10 * QUEUE / SUBMITTERS + 1; n++)
                        answers.merge(flood(socket, program), 1, Integer::sum);
                    done.countDown();
                }));
            }
            long[] nanos = new long[GETS];
            for (int i = 0; i < GETS; i++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = get(client, server, "quiet", "/v1/jobs/" + job);
                nanos[i] = System.nanoTime() - start;
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
            long grown = heap() - before;
            Arrays.sort(nanos);
            reporter.publishEntry(Map.of(
                    "answers to submissions", answers.toString(),
                    "heap grown by MiB", "" + (grown >> 20),
                    "get, median ms", "" + nanos[GETS / 2] / 1_000_000.0,
                    "get, 99 of 100 ms", "" + nanos[GETS * 99 / 100] / 1_000_000.0));

            assertThat(answers.keySet())
                    .as("nothing else, and a hint with each refusal")
                    .isSubsetOf("200", "429 with a hint");
            assertThat(answers.get("200")).isBetween(1, QUEUE - 1);
            assertThat(answers.get("429 with a hint")).isGreaterThan(8 * QUEUE);
            assertThat(grown).isLessThan(512L << 20);
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    /** What is done with a connection. */
    private interface Use {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    private static Socket connect(int port, Use use) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        Thread.ofVirtual().start(() -> {
            try {
                use.with(socket);
            } catch (IOException e) {
                // The server need not bear with everyone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return socket;
    }

    private void dribble(Socket socket) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        out.write(head("POST", "/v1/inputs", "slow", "application/octet-stream", 1000));
        while (true) {
            out.write(0);
            Thread.sleep(1000);
        }
    }

    /** Asks for far more than any buffer holds. */
    private static void neverRead(Socket socket) throws IOException {
        byte[] question = head("GET", "/v1/openapi.json", "slow", "text/plain", 0);
        for (int i = 0; i < 10_000; i++) socket.getOutputStream().write(question);
    }

    /** Submits a job; the status, and whether a refusal had a hint. */
    private static String flood(Socket socket, String program) throws IOException {
        byte[] body = spec(program).getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(head("POST", "/v1/jobs", "flood", "application/json", body.length));
        out.write(body);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) throw new SocketException("closed");
            head.append((char) next);
        }
        Matcher length = Pattern.compile("content-length: (\\d+)").matcher(head);
        if (length.find()) socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        String status = head.substring(9, 12);
        return status + (head.indexOf("retry-after: ") < 0 ? "" : " with a hint");
    }

    private static byte[] head(String method, String path, String key, String type, int length) {
        return "%s %s HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n"
                .formatted(method, path, key, type, length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String spec(String program) {
        return "{\"spec\":{\"kind\":\"JOB_KIND_EXECUTE\",\"programId\":\"" + program + "\"}}";
    }

    private static byte[] endless() {
        return new Code().at("_start").op(Op.JAL, 0, 0, 0, 0).elf().build();
    }

    private static HttpResponse<String> submit(HttpClient client, AverServer server, String key, String program)
            throws IOException, InterruptedException {
        return post(client, server, key, "/v1/jobs", spec(program).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(HttpClient client, AverServer server, String key, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(HttpClient client, AverServer server, String key, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("authorization", "Bearer " + key)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static String field(HttpResponse<String> answer, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
        if (!field.find()) throw new AssertionError(answer.body());
        return field.group(1);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
