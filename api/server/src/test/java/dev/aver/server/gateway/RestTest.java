package dev.aver.server.gateway;

import static dev.aver.server.gateway.Rest.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestTest {
    private static TestServer server;
    private static Rest alice;
    private static Rest bob;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        alice = new Rest(server.port(), TestServer.ALICE);
        bob = new Rest(server.port(), TestServer.BOB);
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        server.close();
    }

    @Test
    void registersAProgramByContent() throws Exception {
        HttpResponse<String> first = alice.post("/v1/programs?name=sample", Rest.elf());
        HttpResponse<String> again = bob.post("/v1/programs", Rest.elf());
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(field(again, "id")).isEqualTo(field(first, "id"));
        assertThat(alice.get("/v1/programs/" + field(first, "id")).body()).contains("\"name\":\"sample\"");
        assertThat(alice.get("/v1/programs?pageSize=1").body()).contains(field(first, "id"));
    }

    @Test
    void submitsWaitsAndFetches() throws Exception {
        String id = alice.submit("a proof");
        HttpResponse<String> job = alice.get("/v1/jobs/" + id + "/wait?version=0&timeoutSeconds=5");
        while (!field(job, "state").equals("JOB_STATE_COMPLETED")) {
            job = alice.get("/v1/jobs/" + id + "/wait?version=" + field(job, "version"));
        }
        assertThat(job.body()).contains("\"journal\":\"Zm9ydHktdHdv\"").contains("\"provableBits\":128");
        HttpResponse<byte[]> receipt = alice.bytes("/v1/jobs/" + id + "/receipt");
        assertThat(receipt.body()).hasSize(3_000_000);
        assertThat(receipt.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(alice.get("/v1/jobs/" + id + "/profile").body()).isEqualTo(MemoryService.PROFILE);
        assertThat(alice.post("/v1/verify?imageId=abab", receipt.body()).body())
                .contains("\"valid\":true")
                .contains("\"cycles\":\"3000\"");
        assertThat(alice.get("/v1/jobs?states=JOB_STATE_COMPLETED").body())
                .contains(id)
                .contains("\"journal\":\"\"");
    }

    @Test
    void tellsOfAJobUntilItIsFinal() throws Exception {
        String id = alice.submit("watched");
        HttpResponse<String> events = alice.get("/v1/jobs/" + id + "/events");
        assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");
        String[] parts = events.body().split("\n\n");
        assertThat(parts)
                .hasSizeGreaterThan(2)
                .allSatisfy(part -> assertThat(part).startsWith("event: job\ndata: {"));
        assertThat(parts[parts.length - 1]).contains("JOB_STATE_COMPLETED");
    }

    @Test
    void cancelsAgainAndAgain() throws Exception {
        String id = alice.submit("hang");
        assertThat(alice.json("/v1/jobs/" + id + "/cancel", "").body()).contains("JOB_STATE_CANCELLED");
        assertThat(alice.json("/v1/jobs/" + id + "/cancel", "").body()).contains("JOB_STATE_CANCELLED");
    }

    @Test
    void refusesAsAProblemDocument() throws Exception {
        HttpResponse<String> full =
                alice.json("/v1/jobs", "{\"spec\":{\"programId\":\"" + alice.program() + "\",\"label\":\"full\"}}");
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("retry-after")).contains("7");
        assertThat(full.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(field(full, "code")).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void saysNothingOfADefectButWhereToFindIt() throws Exception {
        HttpResponse<String> broken =
                alice.json("/v1/jobs", "{\"spec\":{\"programId\":\"" + "0".repeat(64) + "\",\"label\":\"defect\"}}");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("INTERNAL").contains("reference").doesNotContain("secret");
    }

    @Test
    void repeatsASubmissionWithTheSameKey() throws Exception {
        String body = "{\"spec\":{\"programId\":\"" + alice.program() + "\"},\"idempotencyKey\":\"once\"}";
        assertThat(field(alice.json("/v1/jobs", body), "id")).isEqualTo(field(alice.json("/v1/jobs", body), "id"));
        HttpResponse<String> other = alice.json("/v1/jobs", body.replace("\"},", "\",\"priority\":1},"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(field(other, "code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void hidesWhatBelongsToOthers() throws Exception {
        String id = alice.submit("hers");
        String none = "f".repeat(32);
        for (String path : new String[] {"", "/wait", "/events", "/receipt", "/profile"}) {
            HttpResponse<String> hers = bob.get("/v1/jobs/" + id + path);
            assertThat(hers.statusCode()).as(path).isEqualTo(404);
            assertThat(hers.body())
                    .as(path)
                    .isEqualTo(bob.get("/v1/jobs/" + none + path).body());
        }
        assertThat(bob.json("/v1/jobs/" + id + "/cancel", "").statusCode()).isEqualTo(404);
        assertThat(bob.get("/v1/jobs").body()).doesNotContain(id);
    }
}
