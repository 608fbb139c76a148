package dev.aver.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.aver.proto.v1.AdminServiceProto;
import dev.aver.proto.v1.ProvingServiceProto;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operations;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both transports offer the whole contract, and nothing else. */
@Timeout(60)
class ContractTest {
    private static final String DOCUMENT = "dev/aver/server/gateway/rest/openapi.json";

    /** Every method of every service. */
    private static List<MethodDescriptor> methods() {
        return Stream.of(ProvingServiceProto.getDescriptor(), AdminServiceProto.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .toList();
    }

    private static List<String> contract() {
        return methods().stream().map(MethodDescriptor::getName).toList();
    }

    private static List<Operation<?, ?>> operations() {
        return TestServer.operations(new MemoryService(1, Duration.ZERO), new Operations.Sizes(1, 1, 1));
    }

    private static JsonObject served() throws Exception {
        try (InputStream in = ContractTest.class.getResourceAsStream("/" + DOCUMENT)) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyCallIsAnOperation() {
        assertThat(operations().stream().map(each -> each.rpc().getFullMethodName()))
                .containsExactlyInAnyOrderElementsOf(methods().stream()
                        .map(method -> method.getService().getFullName() + "/" + method.getName())
                        .toList());
        assertThat(contract()).as("a route names a call").doesNotHaveDuplicates();
    }

    @Test
    void theShapesAreThoseOfTheContract() {
        for (Operation<?, ?> operation : operations()) {
            MethodDescriptor method = methods().stream()
                    .filter(each -> each.getName().equals(operation.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(operation instanceof Operation.Upload)
                    .as(operation.name())
                    .isEqualTo(method.toProto().getClientStreaming());
            assertThat(operation instanceof Operation.Download || operation instanceof Operation.Events)
                    .as(operation.name())
                    .isEqualTo(method.toProto().getServerStreaming());
        }
    }

    @Test
    void theDocumentOffersEveryCallOnce() throws Exception {
        List<String> offered = new ArrayList<>();
        JsonObject paths = served().getJsonObject("paths");
        paths.forEach(path -> ((JsonObject) path.getValue())
                .forEach(method -> offered.add(((JsonObject) method.getValue()).getString("operationId"))));
        assertThat(offered).containsExactlyInAnyOrderElementsOf(contract());
    }

    /** {@code -Daver.openapi=FILE} writes it instead. */
    @Test
    void theDocumentIsWhatTheContractSays() throws Exception {
        String document = new OpenApi().document();
        String file = System.getProperty("aver.openapi");
        if (file != null) {
            Files.writeString(Path.of(file), document);
        }
        assertThat(file == null ? served() : new JsonObject(document)).isEqualTo(new JsonObject(document));
    }

    /** What is not in the contract is not there, and what is needs a key on both transports. */
    @Test
    void everythingElseIsMissing() throws Exception {
        try (TestServer server = TestServer.start();
                Rest nobody = new Rest(server.port(), "")) {
            JsonObject paths = served().getJsonObject("paths");
            for (String path : paths.fieldNames()) {
                String url = path.replaceAll("\\{[a-zA-Z]*}", "0".repeat(32));
                for (String method : List.of("GET", "POST")) {
                    boolean offered = paths.getJsonObject(path).containsKey(method.toLowerCase(java.util.Locale.ROOT));
                    int status = (method.equals("GET") ? nobody.get(url) : nobody.json(url, "{}")).statusCode();
                    assertThat(status).as(method + " " + url).isEqualTo(offered ? 401 : 405);
                }
            }
            assertThat(nobody.get("/v1/nothing").statusCode()).isEqualTo(404);
            assertThat(nobody.get("/v1/openapi.json").statusCode()).isEqualTo(200);
        }
    }
}
