package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent, the answer is a refusal that says why, and the server goes on. */
@Timeout(60)
class HostileTest {
    private static final int SEED = 6;

    private static TestServer server;
    private static Rest alice;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(TestServer.LIMITS, Duration.ofSeconds(1));
        alice = new Rest(server.port(), TestServer.ALICE);
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    @AfterEach
    void noneWasADefect() throws Exception {
        assertThat(server.outcomes()).noneMatch(outcome -> outcome.code().equals("INTERNAL"));
        assertThat(alice.get("/v1/jobs").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesBadJson() throws Exception {
        String id = "0".repeat(64);
        for (String body : List.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{\"spec\":[]}",
                "{\"spec\":{\"programId\":7}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"unknown\":1}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"kind\":\"NO_SUCH\"}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"kind\":77}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"maxCycles\":-1}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"maxCycles\":1e999999999}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"maxCycles\":18446744073709551615}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"securityBits\":8}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"priority\":10}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"deadline\":\"soon\"}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"label\":\"" + "x".repeat(129) + "\"}}",
                "{\"spec\":{\"programId\":\"" + id + "\",\"label\":\"\\u0007\"}}",
                "{\"spec\":{\"programId\":\"../../etc/passwd\"}}",
                "{\"spec\":{\"programId\":\"" + id + "\"},\"idempotencyKey\":\"a b\"}",
                "{\"spec\":".repeat(20_000) + "1" + "}".repeat(20_000).substring(20_000),
                "[".repeat(60_000))) {
            HttpResponse<String> answer = alice.json("/v1/jobs", body);
            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(90, body.length())))
                    .isIn(400, 413);
            assertThat(Rest.field(answer, "code")).isIn("INVALID_ARGUMENT", "TOO_LARGE");
        }
        assertThat(alice.json("/v1/jobs", " ".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(alice.post("/v1/jobs", "{}".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        HttpRequest latin = alice.request("/v1/jobs")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xe4, '"'}))
                .build();
        assertThat(alice.client().send(latin, BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesBadPathsAndQueries() throws Exception {
        String id = "0".repeat(32);
        for (String path : List.of(
                "/v1/jobs?pageSize=x",
                "/v1/jobs?pageSize=201",
                "/v1/jobs?pageSize=-1",
                "/v1/jobs?pageSize=99999999999",
                "/v1/jobs?pageSize=1&pageSize=2",
                "/v1/jobs?pageToken=nonsense",
                "/v1/jobs?states=NONE",
                "/v1/jobs?states=JOB_STATE_UNSPECIFIED",
                "/v1/jobs?unknown=1",
                "/v1/jobs?account=A",
                "/v1/jobs?programId='%20or%201=1",
                "/v1/jobs/" + id.toUpperCase(java.util.Locale.ROOT) + "A",
                "/v1/jobs/..%2f..%2fetc%2fpasswd",
                "/v1/jobs/%00/receipt",
                "/v1/jobs/" + id + "/wait?version=-1",
                "/v1/jobs/" + id + "/wait?version=99999999999999999999",
                "/v1/jobs/" + id + "/wait?version=18446744073709551615",
                "/v1/jobs/" + id + "/wait?timeoutSeconds=61",
                "/v1/jobs/" + id + "?jobId=" + "1".repeat(32),
                "/v1/programs/" + "g".repeat(64))) {
            HttpResponse<String> answer = alice.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(Rest.field(answer, "code")).as(path).isEqualTo("INVALID_ARGUMENT");
        }
        assertThat(alice.get("/v1/../v1/jobs").statusCode()).isEqualTo(404);
        assertThat(alice.get("/v1/jobs/" + id + "/").statusCode()).isEqualTo(404);
        assertThat(alice.get("/../../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(alice.get("/%2e%2e/%2e%2e/etc/passwd").statusCode()).isEqualTo(404);
        assertThat(alice.post("/v1/verify", new byte[1]).statusCode()).isEqualTo(400);
        assertThat(alice.post("/v1/programs?chunk=aaaa", Rest.elf()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesBadAdministration() throws Exception {
        try (Rest admin = new Rest(server.port(), TestServer.ADMIN)) {
            for (String body : List.of(
                    "",
                    "{",
                    "{}",
                    "{\"account\":\"alice\"}",
                    "{\"account\":\"alice\",\"scopes\":[]}",
                    "{\"account\":\"alice\",\"scopes\":[\"KEY_SCOPE_UNSPECIFIED\"]}",
                    "{\"account\":\"alice\",\"scopes\":[\"ROOT\"]}",
                    "{\"account\":\"alice\",\"scopes\":[77]}",
                    "{\"account\":\"../etc\",\"scopes\":[\"KEY_SCOPE_READ\"]}",
                    "{\"account\":\"\",\"scopes\":[\"KEY_SCOPE_READ\"]}",
                    "{\"account\":\"" + "a".repeat(65) + "\",\"scopes\":[\"KEY_SCOPE_READ\"]}",
                    "{\"account\":\"alice\",\"scopes\":[\"KEY_SCOPE_READ\"],\"name\":\"" + "n".repeat(129) + "\"}",
                    "{\"account\":\"alice\",\"scopes\":[\"KEY_SCOPE_READ\"],\"name\":\"\\u001b[2J\"}",
                    "{\"account\":\"alice\",\"scopes\":[\"KEY_SCOPE_READ\"],\"expiresAt\":\"never\"}",
                    "{\"account\":\"alice\",\"scopes\":[\"KEY_SCOPE_READ\"],\"secret\":\"mine\"}")) {
                HttpResponse<String> answer = admin.json("/v1/admin/keys", body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(Rest.field(answer, "code")).isEqualTo("INVALID_ARGUMENT");
                assertThat(alice.json("/v1/admin/keys", body).statusCode())
                        .as(body)
                        .isIn(400, 403);
            }
            assertThat(admin.json("/v1/admin/keys", " ".repeat(70_000)).statusCode())
                    .isEqualTo(413);
            for (String path : List.of(
                    "/v1/admin/keys?pageSize=201",
                    "/v1/admin/keys?pageToken=" + "x".repeat(600),
                    "/v1/admin/keys?pageToken=..%2f",
                    "/v1/admin/keys?account=A",
                    "/v1/admin/backups?pageSize=-1",
                    "/v1/admin/backups/..%2f..%2fetc",
                    "/v1/admin/backups/%2e%2e",
                    "/v1/admin/audit?from=yesterday",
                    "/v1/admin/audit?from=2026-01-01",
                    "/v1/admin/audit?until=0000-01-01T00:00:00Z",
                    "/v1/admin/audit?from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z",
                    "/v1/admin/audit?account=alice%00",
                    "/v1/admin/audit?unknown=1")) {
                HttpResponse<String> answer = admin.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                assertThat(Rest.field(answer, "code")).as(path).isEqualTo("INVALID_ARGUMENT");
            }
            for (String path : List.of(
                    "/v1/admin/keys/x/revoke",
                    "/v1/admin/keys/..%2f/revoke",
                    "/v1/admin/keys/0123456789abcdef/rotate?graceSeconds=-1",
                    "/v1/admin/keys/0123456789abcdef/rotate?graceSeconds=2592001",
                    "/v1/admin/keys/0123456789abcdef/rotate?graceSeconds=99999999999",
                    "/v1/admin/keys/0123456789abcdef/rotate?keyId=0000000000000000",
                    "/v1/admin/backups?name=..%2f..%2fetc",
                    "/v1/admin/backups?name=a&name=b")) {
                assertThat(admin.post(path, new byte[0]).statusCode()).as(path).isEqualTo(400);
            }
            assertThat(admin.post("/v1/admin/keys/" + "0".repeat(16) + "/revoke", new byte[0])
                            .statusCode())
                    .isEqualTo(404);
            assertThat(admin.get("/v1/admin/../admin/keys").statusCode()).isEqualTo(404);
            assertThat(admin.get("/v1/admin").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void refusesBadMessagesToAdministration() throws Exception {
        Random random = new Random(SEED);
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            http2.send(HttpRequest.newBuilder(uri("/healthz")).build(), BodyHandlers.discarding());
            for (String method : List.of(
                    "CreateKey",
                    "ListKeys",
                    "RotateKey",
                    "RevokeKey",
                    "CreateBackup",
                    "GetBackup",
                    "ListBackups",
                    "ListAuditEntries")) {
                for (int i = 0; i < 12; i++) {
                    byte[] body = new byte[6 + random.nextInt(30)];
                    random.nextBytes(body);
                    body[0] = body[1] = body[2] = body[3] = 0;
                    body[4] = (byte) (body.length - 5);
                    // A length that nothing follows, so that none of these is a message by chance.
                    body[5] = 0x0a;
                    body[body.length - 1] = (byte) 0xff;
                    HttpRequest request = HttpRequest.newBuilder(uri("/aver.v1.AdminService/" + method))
                            .header("content-type", "application/grpc")
                            .header("authorization", "Bearer " + TestServer.ADMIN)
                            .timeout(Duration.ofSeconds(20))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
                    assertThat(http2.send(request, BodyHandlers.ofString())
                                    .headers()
                                    .firstValue("grpc-status"))
                            .as("seed %d, %s, round %d", SEED, method, i)
                            .contains("3");
                }
                HttpRequest large = HttpRequest.newBuilder(uri("/aver.v1.AdminService/" + method))
                        .header("content-type", "application/grpc")
                        .header("authorization", "Bearer " + TestServer.ADMIN)
                        .POST(BodyPublishers.ofByteArray(new byte[] {0, 0x7f, -1, -1, -1, 0}))
                        .build();
                assertThat(http2.send(large, BodyHandlers.ofString()).headers().firstValue("grpc-status"))
                        .as(method)
                        .contains("8");
            }
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        HttpResponse<String> large = alice.post("/v1/programs", new byte[(1 << 20) + 1]);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(Rest.field(large, "code")).isEqualTo("TOO_LARGE");
        assertThat(alice.get("/v1/jobs?pageToken=" + "x".repeat(5000)).statusCode())
                .isIn(400, 414);
    }

    @Test
    void refusesForgedKeys() throws Exception {
        for (String key :
                List.of("alice-kez", "alice-ke", "ALICE-KEY", "alice-key0", "alice-key alice-key", "k".repeat(5000))) {
            try (Rest forged = new Rest(server.port(), key)) {
                HttpResponse<String> answer = forged.get("/v1/jobs");
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).doesNotContain(key);
            }
        }
        HttpRequest basic = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/jobs"))
                .header("authorization", "Basic YWxpY2U6YWxpY2Uta2V5")
                .build();
        assertThat(alice.client().send(basic, BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    /** Over HTTP/2, with every length and flag, and random bytes. */
    @Test
    void refusesBadFrames() throws Exception {
        Random random = new Random(SEED);
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            // The first request upgrades the connection.
            http2.send(HttpRequest.newBuilder(uri("/healthz")).build(), BodyHandlers.discarding());
            for (int i = 0; i < 200; i++) {
                byte[] body = new byte[random.nextInt(40)];
                random.nextBytes(body);
                if (body.length > 5 && i % 2 == 0) {
                    body[0] = (byte) (i % 4 / 2);
                    body[1] = body[2] = body[3] = 0;
                    body[4] = (byte) (body.length - 5);
                }
                HttpResponse<String> answer = http2.send(grpc("RegisterProgram", body), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as("seed %d, round %d", SEED, i).isEqualTo(200);
                assertThat(answer.headers().firstValue("grpc-status"))
                        .as(
                                "seed %d, round %d, %s",
                                SEED, i, java.util.HexFormat.of().formatHex(body))
                        .hasValueSatisfying(status -> assertThat(status).isIn("3", "8"));
            }
            assertThat(http2.send(grpc("NoSuchMethod", new byte[5]), BodyHandlers.ofString())
                            .headers()
                            .firstValue("grpc-status"))
                    .contains("12");
            assertThat(http2.send(grpc("GetJob", new byte[0]), BodyHandlers.ofString())
                            .headers()
                            .firstValue("grpc-status"))
                    .contains("3");
            assertThat(http2.send(grpc("ListJobs", new byte[10]), BodyHandlers.ofString())
                            .headers()
                            .firstValue("grpc-message"))
                    .contains("there is more than one message");
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpRequest grpc(String method, byte[] body) {
        return HttpRequest.newBuilder(uri("/aver.v1.ProvingService/" + method))
                .header("content-type", "application/grpc")
                .header("authorization", "Bearer " + TestServer.ALICE)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void gRpcNeedsHttp2() throws Exception {
        HttpRequest one = HttpRequest.newBuilder(uri("/aver.v1.ProvingService/GetJob"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/grpc")
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient http1 = HttpClient.newHttpClient()) {
            assertThat(http1.send(one, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void refusesBadEscapes() throws Exception {
        assertThat(raw("GET /v1/jobs?pageToken=%zz HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("not well encoded");
        assertThat(raw("GET /v1/jobs/%zz HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /v1/jobs/\u0000 HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET http://[ HTTP/1.1")).matches("(?s)HTTP/1.1 (200|400|404).*");
        assertThat(raw("BREW /v1/jobs HTTP/1.1")).startsWith("HTTP/1.1 405");
    }

    private static String raw(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + "\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer " + TestServer.ALICE
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The body stops before its announced end: the sender is told after a while, and the connection goes. */
    @Test
    void doesNotWaitForSlowWriters() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/programs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + TestServer.ALICE
                            + "\r\ncontent-length: 100\r\n\r\n\u007fELF")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("too slowly");
        }
    }

    /** Who asks for a receipt and does not read it loses the connection, and the server little. */
    @Test
    void doesNotWaitForSlowReaders() throws Exception {
        String id = alice.submit("read slowly");
        while (!Rest.field(alice.get("/v1/jobs/" + id + "/wait"), "state").equals("JOB_STATE_COMPLETED")) {}
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /v1/jobs/" + id + "/receipt HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                                    + TestServer.ALICE + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            server.awaitOutcomes(
                    1,
                    outcome -> outcome.operation().equals("FetchReceipt")
                            && outcome.code().equals("GONE"));
            assertThat(drained(socket.getInputStream())).isLessThan(3_000_000);
        }
    }

    private static long drained(InputStream in) {
        long bytes = 0;
        byte[] part = new byte[1 << 16];
        try {
            int read;
            while ((read = in.read(part)) >= 0) {
                bytes += read;
            }
        } catch (IOException e) {
            // Reset.
        }
        return bytes;
    }

    @Test
    void survivesWhatIsNotHttp() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                if (i % 3 == 0) {
                    socket.getOutputStream()
                            .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                socket.getOutputStream().write(noise);
            }
        }
    }
}
