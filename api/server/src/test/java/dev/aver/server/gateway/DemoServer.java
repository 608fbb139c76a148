package dev.aver.server.gateway;

import dev.aver.server.gateway.exchange.Exchange.Times;
import dev.aver.server.gateway.http.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A gateway before a {@link MemoryService}, for clients from outside the JVM: prints its port, and serves until its
 * standard input ends.
 */
final class DemoServer {
    private DemoServer() {}

    /**
     * Starts it.
     *
     * @param arguments milliseconds for each step of a job, and a port
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration step = Duration.ofMillis(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30);
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        try (TestServer server = TestServer.start(
                TestServer.LIMITS,
                TestServer.SIZES,
                new Times(Duration.ofSeconds(10), Duration.ofSeconds(60)),
                new Endpoint("127.0.0.1", port, Optional.empty(), false),
                step)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Whoever started it holds its input open.
            }
        }
    }
}
