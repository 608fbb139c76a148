package dev.aver.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.client.AverClient;
import dev.aver.client.Connection;
import dev.aver.client.RemoteException;
import dev.aver.client.Retries;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.server.config.Config;
import dev.aver.server.gateway.MemoryAdministration;
import dev.aver.server.gateway.MemoryService;
import dev.aver.server.gateway.api.Authenticator;
import dev.aver.server.service.Administration;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ProvingService;
import dev.aver.server.service.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AverServerTest {
    /** Remembers what it was told. */
    private static final class Recording implements Backend {
        private final List<String> told = new ArrayList<>();
        private final MemoryService service = new MemoryService(1000, Duration.ofMillis(1));

        @Override
        public ProvingService service() {
            return service;
        }

        @Override
        public Administration administration() {
            return new MemoryAdministration();
        }

        @Override
        public Authenticator keys() {
            Map<String, Caller> callers = Map.of(
                    "admin", new Caller("root", "k1", Set.of(Scope.ADMIN)),
                    "alice", new Caller("alice", "k2", Set.of(Scope.SUBMIT, Scope.READ)));
            return key -> Optional.ofNullable(callers.get(key));
        }

        @Override
        public boolean ready() {
            return told.isEmpty();
        }

        @Override
        public void drain(Duration atMost) {
            told.add("drain " + atMost.toSeconds());
        }

        @Override
        public void close() {
            told.add("close");
        }
    }

    private static AverServer start(Backend backend, String... flags) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of("--listen-port", "0", "--drain-seconds", "5"));
        for (int i = 0; i < flags.length; i += 2) {
            given.put(flags[i], flags[i + 1]);
        }
        return AverServer.start(Config.of(Optional.empty(), Map.of(), given), (config, metrics) -> backend);
    }

    private static HttpResponse<String> get(AverServer server, String path, String key) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path))
                            .header("authorization", "Bearer " + key)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void tellsItsHealthAndFigures() throws Exception {
        try (AverServer server = start(new Recording())) {
            assertThat(get(server, "/healthz", "").statusCode()).isEqualTo(200);
            assertThat(get(server, "/readyz", "").body()).isEqualTo("ready\n");
            get(server, "/v1/jobs", "alice");
            assertThat(get(server, "/metrics", "").statusCode()).isEqualTo(401);
            assertThat(get(server, "/metrics", "alice").statusCode()).isEqualTo(403);
            String figures = get(server, "/metrics", "admin").body();
            assertThat(figures)
                    .contains("aver_requests_total{transport=\"rest\",operation=\"ListJobs\",code=\"OK\"} 1\n")
                    .contains("aver_request_seconds_bucket{transport=\"rest\",operation=\"ListJobs\",le=\"+Inf\"} 1\n")
                    .contains("# TYPE aver_connections gauge");
        }
    }

    @Test
    void drainsBeforeItStops() throws Exception {
        Recording backend = new Recording();
        AverServer server = start(backend);
        server.close();
        assertThat(backend.told).containsExactly("drain 5", "close");
        assertThatThrownBy(() -> get(server, "/healthz", "")).isInstanceOf(IOException.class);
    }

    @Test
    void closesTheBackendWhenItCannotListen() throws Exception {
        Recording second = new Recording();
        try (AverServer first = start(new Recording())) {
            String port = Integer.toString(URI.create(first.url()).getPort());
            assertThatThrownBy(() -> start(second, "--listen-port", port))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
        }
        assertThat(second.told).containsExactly("close");
    }

    @Test
    void speaksTlsToThoseWhoHaveACertificate(@TempDir Path directory) throws Exception {
        Path serverPem = certificate(directory, "server");
        Path clientPem = certificate(directory, "client");
        try (AverServer server = start(
                new Recording(),
                "--listen-host",
                "localhost",
                "--tls-certificate",
                serverPem + ".crt",
                "--tls-key",
                serverPem + ".key",
                "--tls-clients",
                clientPem + ".crt")) {
            Optional<Path> trusted = Optional.of(Path.of(serverPem + ".crt"));
            URI url = URI.create(server.url());
            assertThat(url.getScheme()).isEqualTo("https");
            Connection.Identity identity =
                    new Connection.Identity(Path.of(clientPem + ".crt"), Path.of(clientPem + ".key"));
            try (AverClient known = AverClient.connect(new Connection(url, "alice", trusted, Optional.of(identity)));
                    AverClient stranger = AverClient.connect(
                            new Connection(url, "alice", trusted, Optional.empty()), Retries.NONE, new Random(1))) {
                assertThat(known.jobs(ListJobsRequest.getDefaultInstance()).getJobsCount())
                        .isZero();
                assertThatThrownBy(() -> stranger.jobs(ListJobsRequest.getDefaultInstance()))
                        .isInstanceOf(RemoteException.class);
            }
        }
    }

    /** Makes NAME.crt and NAME.key, for localhost, signed by itself; returns NAME's path. */
    private static Path certificate(Path directory, String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
        Path base = directory.resolve(name);
        Files.writeString(
                Path.of(base + ".crt"),
                pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
        Files.writeString(
                Path.of(base + ".key"),
                pem("PRIVATE KEY", keys.getKey("a", "password".toCharArray()).getEncoded()));
        return base;
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
