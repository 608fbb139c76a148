package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.client.AverClient;
import dev.aver.client.Connection;
import dev.aver.client.RemoteException;
import dev.aver.client.Retries;
import dev.aver.proto.v1.Input;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobSpec;
import dev.aver.proto.v1.JobState;
import dev.aver.proto.v1.ListJobsRequest;
import dev.aver.proto.v1.Program;
import dev.aver.server.gateway.exchange.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientTest {
    private static TestServer server;
    private static AverClient client;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        client = connect(server.port(), Retries.STANDARD);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static AverClient connect(int port, Retries retries) throws IOException {
        return AverClient.connect(
                new Connection(
                        URI.create("http://127.0.0.1:" + port), TestServer.ALICE, Optional.empty(), Optional.empty()),
                retries,
                new Random(1));
    }

    private static JobSpec spec(String label) throws Exception {
        Program program = client.register(() -> new ByteArrayInputStream(Rest.elf()), "sample");
        return JobSpec.newBuilder()
                .setProgramId(program.getId())
                .setLabel(label)
                .build();
    }

    @Test
    void provesFromUploadToReceipt() throws Exception {
        Input input = client.upload(() -> new ByteArrayInputStream(new byte[3_000_001]), false);
        assertThat(input.getSizeBytes()).isEqualTo(3_000_001);
        Job job = client.submit(
                spec("a proof").toBuilder().setInputId(input.getId()).build(), "");
        List<Job> seen = new ArrayList<>();
        Job last = client.watch(job.getId(), seen::add);
        assertThat(last.getState()).isEqualTo(JobState.JOB_STATE_COMPLETED);
        assertThat(seen.stream().map(Job::getVersion)).doesNotHaveDuplicates().isSorted();
        assertThat(client.completion(job.getId()).getResult().getJournal().toStringUtf8())
                .isEqualTo("forty-two");
        ByteArrayOutputStream receipt = new ByteArrayOutputStream();
        assertThat(client.receipt(job.getId(), receipt)).isEqualTo(3_000_000);
        assertThat(client.verify(() -> new ByteArrayInputStream(receipt.toByteArray()), "abab")
                        .getValid())
                .isTrue();
        assertThat(client.jobs(ListJobsRequest.getDefaultInstance()).getJobsList())
                .extracting(Job::getId)
                .contains(job.getId());
    }

    @Test
    void saysWhyItWasRefused() {
        RemoteException refusal = catchThrowableOfType(RemoteException.class, () -> client.job("0".repeat(32)));
        assertThat(refusal.code()).isEqualTo("NOT_FOUND");
        assertThat(refusal).hasMessage("no such job");
    }

    @Test
    void asksAgainWhenTheServerSaysSo() throws Exception {
        JobSpec full = spec("full");
        try (AverClient patient = connect(server.port(), new Retries(2, Duration.ZERO, Duration.ZERO))) {
            long before = refusals();
            long start = System.nanoTime();
            RemoteException refusal = catchThrowableOfType(RemoteException.class, () -> patient.submit(full, ""));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(refusal.code()).isEqualTo("QUOTA_EXCEEDED");
            server.awaitOutcomes(before + 2, ClientTest::isRefusal);
            assertThat(refusals() - before).isEqualTo(2);
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
        }
    }

    private static long refusals() {
        return server.outcomes().stream().filter(ClientTest::isRefusal).count();
    }

    private static boolean isRefusal(Outcome outcome) {
        return outcome.code().equals("QUOTA_EXCEEDED");
    }

    @Test
    void givesUpWhereThereIsNoServer() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        try (AverClient lost = connect(nobody, new Retries(3, Duration.ofMillis(1), Duration.ofMillis(1)))) {
            RemoteException failure = catchThrowableOfType(RemoteException.class, () -> lost.job("0".repeat(32)));
            assertThat(failure.unreachable()).isTrue();
            assertThat(failure.code()).isEmpty();
        }
    }

    /** The connection is cut in the middle: the watch goes on over a new one, and tells of no version twice. */
    @Test
    void watchesAcrossLostConnections() throws Exception {
        try (Cuttable way = new Cuttable(server.port());
                AverClient cut = connect(way.port(), new Retries(20, Duration.ofMillis(5), Duration.ofMillis(50)))) {
            Job job = client.submit(spec("hang"), "");
            List<Long> versions = new CopyOnWriteArrayList<>();
            Thread watcher = Thread.ofVirtual().start(() -> {
                try {
                    cut.watch(job.getId(), seen -> versions.add(seen.getVersion()));
                } catch (RemoteException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            while (versions.isEmpty()) {
                Thread.sleep(10);
            }
            way.cut();
            client.cancel(job.getId());
            assertThat(watcher.join(Duration.ofSeconds(20))).isTrue();
            assertThat(versions)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .endsWith(client.job(job.getId()).getVersion());
        }
    }

    @Test
    void keepsItsKeyToItself() throws Exception {
        Connection connection =
                new Connection(URI.create("https://example.org"), TestServer.ALICE, Optional.empty(), Optional.empty());
        assertThat(connection.toString()).doesNotContain(TestServer.ALICE);
    }

    /** A way to the server that can be cut. */
    private static final class Cuttable implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0);
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Cuttable(int to) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket from = listening.accept();
                        Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
                        open.addAll(List.of(from, onward));
                        Thread.ofVirtual().start(() -> copy(from, onward));
                        Thread.ofVirtual().start(() -> copy(onward, from));
                    }
                } catch (IOException e) {
                    // Closed.
                }
            });
        }

        private static void copy(Socket from, Socket to) {
            try (OutputStream out = to.getOutputStream()) {
                byte[] part = new byte[4096];
                int read;
                while ((read = from.getInputStream().read(part)) >= 0) {
                    out.write(part, 0, read);
                }
            } catch (IOException e) {
                // Cut.
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        void cut() throws IOException {
            for (Socket socket : open) {
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            cut();
        }
    }
}
