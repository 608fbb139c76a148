package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.gateway.limit.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand connections, and far more requests than may be in work: the rest is sent away, and others are served. */
@Tag("long")
@Timeout(300)
class OverloadTest {
    private static final int CONNECTIONS = 1000;

    @Test
    void sendsAwayWhatIsTooMuch() throws Exception {
        Limits limits = new Limits(2 * CONNECTIONS, 50, 100, 100, 1e6, 1e6, 1e6, 1e6);
        try (TestServer server = TestServer.start(limits, Duration.ofSeconds(10));
                Rest bob = new Rest(server.port(), TestServer.BOB)) {
            String id;
            try (Rest alice = new Rest(server.port(), TestServer.ALICE)) {
                id = alice.submit("hang");
            }
            String program = bob.program();
            long before = heap();
            String watch = "GET /v1/jobs/" + id + "/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                    + TestServer.ALICE + "\r\n\r\n";
            Map<String, Integer> statuses = new ConcurrentHashMap<>();
            List<Socket> sockets = new ArrayList<>();
            CountDownLatch answered = new CountDownLatch(CONNECTIONS);
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    socket.setSoTimeout(30_000);
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> {
                        statuses.merge(status(socket, watch), 1, Integer::sum);
                        answered.countDown();
                    });
                }
                assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(statuses).containsOnlyKeys("200", "429");
                assertThat(statuses.get("200")).isEqualTo(100);
                assertThat(bob.get("/v1/programs/" + program).statusCode()).isEqualTo(200);
                assertThat(server.gateway().connections()).isGreaterThanOrEqualTo(CONNECTIONS);
                assertThat(heap() - before).isLessThan(128L << 20);
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String status(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(12);
            return new String(line, StandardCharsets.US_ASCII).substring(9);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
