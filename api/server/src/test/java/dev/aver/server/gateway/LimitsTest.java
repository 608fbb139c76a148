package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.gateway.limit.Limits;
import dev.aver.server.gateway.limit.TokenBuckets;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void tokensComeBackSteadily() {
        AtomicLong clock = new AtomicLong();
        TokenBuckets buckets = new TokenBuckets(10, 3, 2, clock::get);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a")).isEmpty();
        }
        assertThat(buckets.take("a")).contains(Duration.ofMillis(100));
        assertThat(buckets.take("b")).isEmpty();
        clock.addAndGet(100_000_000);
        assertThat(buckets.look("a")).isEmpty();
        assertThat(buckets.take("a")).isEmpty();
        assertThat(buckets.take("a")).isPresent();
        clock.addAndGet(1_000_000_000_000L);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a")).isEmpty();
        }
        assertThat(buckets.take("a")).as("no more than a full bucket").isPresent();
    }

    @Test
    void tooManyRequestsOfAnAccountAreSentAway() throws Exception {
        Limits limits = new Limits(100, 100, 100, 100, 0.1, 3, 1e6, 1e6);
        try (TestServer server = TestServer.start(limits, PATIENCE);
                Rest alice = new Rest(server.port(), TestServer.ALICE);
                Rest bob = new Rest(server.port(), TestServer.BOB)) {
            for (int i = 0; i < 3; i++) {
                assertThat(alice.get("/v1/jobs").statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = alice.get("/v1/jobs");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(Rest.field(refused, "code")).isEqualTo("OVERLOADED");
            assertThat(bob.get("/v1/jobs").statusCode()).isEqualTo(200);
            assertThat(alice.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tooManyRequestsFromAnAddressAreSentAway() throws Exception {
        Limits limits = new Limits(100, 100, 100, 100, 1e6, 1e6, 0.1, 2);
        try (TestServer server = TestServer.start(limits, PATIENCE);
                Rest alice = new Rest(server.port(), TestServer.ALICE)) {
            assertThat(alice.get("/v1/jobs").statusCode()).isEqualTo(200);
            assertThat(alice.get("/v1/nothing").statusCode()).isEqualTo(404);
            assertThat(alice.get("/v1/jobs").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void keysCannotBeGuessedForLong() throws Exception {
        try (TestServer server = TestServer.start();
                Rest guesser = new Rest(server.port(), "guess")) {
            int refused = 0;
            for (int i = 0; i < 30; i++) {
                refused += guesser.get("/v1/jobs").statusCode() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void waitsAreCountedAndEndWithTheirClient() throws Exception {
        Limits limits = new Limits(100, 100, 2, 100, 1e6, 1e6, 1e6, 1e6);
        try (TestServer server = TestServer.start(limits, PATIENCE);
                Rest alice = new Rest(server.port(), TestServer.ALICE)) {
            String id = alice.submit("hang");
            String request = "GET /v1/jobs/" + id + "/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                    + TestServer.ALICE + "\r\n\r\n";
            try (Socket one = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    Socket two = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                for (Socket socket : new Socket[] {one, two}) {
                    socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
                assertThat(alice.get("/v1/jobs/" + id + "/wait?timeoutSeconds=1")
                                .statusCode())
                        .isEqualTo(429);
                assertThat(alice.get("/v1/jobs/" + id).statusCode()).isEqualTo(200);
            }
            int status;
            do {
                status = alice.get("/v1/jobs/" + id + "/wait?timeoutSeconds=1").statusCode();
            } while (status == 429);
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void tooManyConnectionsAreClosed() throws Exception {
        Limits limits = new Limits(2, 100, 100, 100, 1e6, 1e6, 1e6, 1e6);
        try (TestServer server = TestServer.start(limits, PATIENCE);
                Socket one = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Socket two = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            // Connections count when it is known what they speak.
            byte[] request =
                    "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            one.getOutputStream().write(request);
            two.getOutputStream().write(request);
            while (server.gateway().connections() < 2) {
                Thread.sleep(5);
            }
            try (Socket three = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                three.setSoTimeout(5000);
                three.getOutputStream().write(request);
                assertThat(three.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(one.isConnected() && two.isConnected()).isTrue();
        }
    }
}
