package dev.aver.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.aver.server.app.AverServer;
import dev.aver.server.app.Backend;
import dev.aver.server.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How often a second the server answers {@code GET /v1/jobs/ID}, its key checked, against a Vert.x handler that does
 * nothing but send the same bytes. Both in this process, in turns, over as many connections, with blocking clients that
 * ask again as soon as they have the answer.
 */
public final class GetRate {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 4;
    private static final long ROUND_MILLIS = 2_000;

    private GetRate() {}

    /** Prints the median rates, and the median ratio of neighbouring rounds, with the least and the greatest. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("aver-get");
        Map<String, String> flags = Map.of(
                "--data", data.toString(),
                "--listen-port", "0",
                "--disk-floor", "0",
                "--limit-account-rate", "10000000",
                "--limit-address-rate", "10000000");
        Vertx vertx = Vertx.vertx();
        try (AverServer server = AverServer.start(Config.of(Optional.empty(), Map.of(), flags), Backend.engine())) {
            String key = Files.readString(data.resolve("first.key")).strip();
            int port = URI.create(server.url()).getPort();
            String path = "/v1/jobs/" + job(server.url(), key);
            byte[] question = ("GET " + path + " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + key
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] answer = get(port, question);
            int bare = bare(vertx, answer);

            List<Round> served = new ArrayList<>();
            List<Round> base = new ArrayList<>();
            for (int i = 0; i < 2 * WARM_UP; i++) round(i % 2 == 0 ? bare : port, question);
            for (int i = 0; i < ROUNDS; i++) {
                base.add(round(bare, question));
                served.add(round(port, question));
            }
            report("answers a second", base, served, Round::rate);
            report("answers per second of CPU time, clients included", base, served, Round::rateOfCpu);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** A job that has ended, by its id. */
    private static String job(String url, String key) throws Exception {
        byte[] elf = Files.readAllBytes(Path.of("zkvm/guest/prebuilt/fibonacci.elf"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String program = ask(client, key, url + "/v1/programs?name=fibonacci", "application/octet-stream", elf);
            String spec = "{\"spec\":{\"kind\":\"JOB_KIND_EXECUTE\",\"programId\":\"" + program + "\"}}";
            String id = ask(client, key, url + "/v1/jobs", "application/json", spec.getBytes(StandardCharsets.UTF_8));
            HttpRequest wait = HttpRequest.newBuilder(URI.create(url + "/v1/jobs/" + id + "/events"))
                    .header("authorization", "Bearer " + key)
                    .build();
            client.send(wait, BodyHandlers.ofString());
            return id;
        }
    }

    private static String ask(HttpClient client, String key, String url, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("authorization", "Bearer " + key)
                .header("content-type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        String answer = client.send(request, BodyHandlers.ofString()).body();
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer);
        if (!id.find()) throw new IllegalStateException(answer);
        return id.group(1);
    }

    private static int bare(Vertx vertx, byte[] answer) throws Exception {
        Buffer body = Buffer.buffer(answer);
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(body))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private static void report(String what, List<Round> base, List<Round> served, ToDoubleFunction<Round> figure) {
        double[] ratios = IntStream.range(0, ROUNDS)
                .mapToDouble(i -> figure.applyAsDouble(served.get(i)) / figure.applyAsDouble(base.get(i)))
                .sorted()
                .toArray();
        System.out.printf(
                "%s: get with key check %,.0f, bare handler %,.0f, ratio %.2f (%.2f to %.2f)%n",
                what, median(served, figure), median(base, figure), ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray()[ROUNDS / 2];
    }

    /** What came of one. */
    private record Round(long answers, long nanos, long cpuNanos) {
        double rate() {
            return answers * 1e9 / nanos;
        }

        double rateOfCpu() {
            return answers * 1e9 / cpuNanos;
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Round round(int port, byte[] question) throws InterruptedException {
        LongAdder answers = new LongAdder();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long end = start + ROUND_MILLIS * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setTcpNoDelay(true);
                    Answers reader = new Answers(socket.getInputStream());
                    while (System.nanoTime() < end) {
                        socket.getOutputStream().write(question);
                        reader.next();
                        answers.increment();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) thread.join();
        return new Round(answers.sum(), System.nanoTime() - start, cpuNanos() - cpu);
    }

    private static byte[] get(int port, byte[] question) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(question);
            return new Answers(socket.getInputStream()).next();
        }
    }

    /** The answers on a connection. */
    private record Answers(InputStream in, byte[] buffer) {
        Answers(InputStream in) {
            this(in, new byte[1 << 16]);
        }

        /** The body of the next one, whose status must be 200. */
        byte[] next() throws IOException {
            int filled = 0;
            int head = -1;
            while (head < 0) {
                filled += read(filled);
                head = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            }
            String headers = new String(buffer, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            if (!headers.startsWith("http/1.1 200")) throw new IOException(headers);
            int at = headers.indexOf("content-length: ") + "content-length: ".length();
            int lineEnd = headers.indexOf('\r', at);
            int length = Integer.parseInt(headers.substring(at, lineEnd < 0 ? head : lineEnd));
            while (filled < head + 4 + length) filled += read(filled);
            return Arrays.copyOfRange(buffer, head + 4, head + 4 + length);
        }

        private int read(int filled) throws IOException {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) throw new IOException("closed");
            return count;
        }
    }
}
