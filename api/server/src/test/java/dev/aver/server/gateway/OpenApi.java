package dev.aver.server.gateway;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.aver.proto.v1.AdminServiceProto;
import dev.aver.proto.v1.ProvingServiceProto;
import dev.aver.server.gateway.rest.Route;
import dev.aver.server.service.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The OpenAPI document, from the contract, its comments, and the table of routes. What the comments say of ranges
 * stands here once more, as schemas.
 */
final class OpenApi {
    private static final String HEX = "^[0-9a-f]{%d}$";
    private static final Map<String, JsonObject> CONSTRAINTS = constraints();

    private static final List<MethodDescriptor> METHODS = Stream.of(
                    ProvingServiceProto.getDescriptor(), AdminServiceProto.getDescriptor())
            .flatMap(file -> file.getServices().stream())
            .flatMap(each -> each.getMethods().stream())
            .toList();

    private final Map<String, String> comments = new HashMap<>();
    private final Map<String, JsonObject> schemas = new TreeMap<>();

    OpenApi() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ProvingServiceProto.class.getResourceAsStream("/dev/aver/proto/v1/aver.binpb"))) {
            FileDescriptorSet.parseFrom(in).getFileList().forEach(this::read);
        }
    }

    private static Map<String, JsonObject> constraints() {
        Map<String, JsonObject> all = new HashMap<>();
        JsonObject program = new JsonObject().put("pattern", HEX.formatted(64));
        JsonObject job = new JsonObject().put("pattern", HEX.formatted(32));
        for (String message : List.of(
                "GetJobRequest",
                "WaitJobRequest",
                "WatchJobRequest",
                "CancelJobRequest",
                "FetchReceiptRequest",
                "FetchProfileRequest")) {
            all.put(message + ".jobId", job);
        }
        all.put("GetProgramRequest.programId", program);
        all.put("JobSpec.programId", program);
        all.put("ListJobsRequest.programId", new JsonObject().put("pattern", "^([0-9a-f]{64})?$"));
        all.put("JobSpec.inputId", new JsonObject().put("pattern", "^([0-9a-f]{32})?$"));
        all.put("VerifyReceiptRequest.imageId", new JsonObject().put("pattern", "^[0-9a-fA-F]{2,256}$"));
        for (String list : List.of("ListJobsRequest", "ListKeysRequest", "ListAuditEntriesRequest")) {
            all.put(list + ".account", new JsonObject().put("pattern", "^[a-z0-9-]{0,64}$"));
        }
        JsonObject key = new JsonObject().put("pattern", HEX.formatted(16));
        all.put("RotateKeyRequest.keyId", key);
        all.put("RevokeKeyRequest.keyId", key);
        all.put(
                "RotateKeyRequest.graceSeconds",
                new JsonObject().put("minimum", 0).put("maximum", 2_592_000));
        all.put("CreateKeyRequest.account", new JsonObject().put("pattern", "^[a-z0-9-]{1,64}$"));
        all.put("CreateBackupRequest.name", new JsonObject().put("pattern", "^([a-z0-9][a-z0-9-]{0,63})?$"));
        all.put("GetBackupRequest.name", new JsonObject().put("pattern", "^[a-z0-9][a-z0-9-]{0,63}$"));
        JsonObject label =
                new JsonObject().put("maxLength", 128).put("pattern", "^[^\\u0000-\\u001f\\u007f-\\u009f]*$");
        all.put("JobSpec.label", label);
        all.put("RegisterProgramRequest.name", label);
        all.put("CreateKeyRequest.name", label);
        all.put("SubmitJobRequest.idempotencyKey", new JsonObject().put("pattern", "^[!-~]{0,128}$"));
        for (String list : List.of(
                "ListJobsRequest",
                "ListProgramsRequest",
                "ListKeysRequest",
                "ListBackupsRequest",
                "ListAuditEntriesRequest")) {
            all.put(list + ".pageSize", new JsonObject().put("minimum", 0).put("maximum", 200));
            all.put(list + ".pageToken", new JsonObject().put("maxLength", 512));
        }
        all.put(
                "WaitJobRequest.timeoutSeconds",
                new JsonObject().put("minimum", 0).put("maximum", 60));
        all.put(
                "JobSpec.securityBits",
                new JsonObject()
                        .put(
                                "anyOf",
                                new JsonArray()
                                        .add(new JsonObject().put("const", 0))
                                        .add(new JsonObject()
                                                .put("minimum", 100)
                                                .put("maximum", 128))));
        all.put("JobSpec.priority", new JsonObject().put("minimum", 0).put("maximum", 9));
        return all;
    }

    private void read(FileDescriptorProto file) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String comment = location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " ");
            if (!comment.isEmpty()) {
                comments.put(file.getName() + location.getPathList(), comment);
            }
        }
    }

    private String comment(String file, Integer... path) {
        return comments.getOrDefault(file + List.of(path), "");
    }

    private String comment(FieldDescriptor field) {
        return comment(field.getFile().getName(), 4, field.getContainingType().getIndex(), 2, field.getIndex());
    }

    /** The document. */
    String document() {
        JsonObject paths = new JsonObject();
        for (Route route : Route.ALL) {
            JsonObject path = paths.getJsonObject(route.template(), new JsonObject());
            path.put(route.method().toLowerCase(java.util.Locale.ROOT), operation(route));
            paths.put(route.template(), path);
        }
        JsonObject components = new JsonObject();
        schemas.forEach(components::put);
        components.put("Problem", problem());
        return new JsonObject()
                        .put("openapi", "3.1.0")
                        .put(
                                "info",
                                new JsonObject()
                                        .put("title", "Aver proving service")
                                        .put("version", "v1")
                                        .put("summary", "Runs programs and proves their runs.")
                                        .put(
                                                "license",
                                                new JsonObject()
                                                        .put("name", "Apache-2.0")
                                                        .put("identifier", "Apache-2.0")))
                        .put("security", new JsonArray().add(new JsonObject().put("key", new JsonArray())))
                        .put("paths", paths)
                        .put(
                                "components",
                                new JsonObject()
                                        .put(
                                                "securitySchemes",
                                                new JsonObject()
                                                        .put(
                                                                "key",
                                                                new JsonObject()
                                                                        .put("type", "http")
                                                                        .put("scheme", "bearer")))
                                        .put("schemas", components))
                        .encodePrettily()
                + "\n";
    }

    private JsonObject operation(Route route) {
        MethodDescriptor method = METHODS.stream()
                .filter(each -> each.getName().equals(route.operation()))
                .findFirst()
                .orElseThrow();
        Descriptor question = method.getInputType();
        boolean json = Route.JSON.contains(route.operation());
        JsonArray parameters = new JsonArray();
        for (FieldDescriptor field : question.getFields()) {
            boolean inPath = route.template().contains("{" + field.getJsonName() + "}");
            if (json || field.getName().equals("chunk")) {
                continue;
            }
            JsonObject parameter = new JsonObject()
                    .put("name", field.getJsonName())
                    .put("in", inPath ? "path" : "query")
                    .put("description", comment(field))
                    .put("required", inPath || field.getJsonName().equals("imageId"))
                    .put("schema", withConstraints(field));
            parameters.add(parameter);
        }
        JsonObject operation = new JsonObject()
                .put("operationId", route.operation())
                .put("description", comment(method.getFile().getName(), 6, 0, 2, method.getIndex()));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (json || method.toProto().getClientStreaming()) {
            String type = json ? "application/json" : "application/octet-stream";
            JsonObject schema = json ? reference(question) : new JsonObject();
            operation.put(
                    "requestBody",
                    new JsonObject()
                            .put("required", true)
                            .put("content", new JsonObject().put(type, new JsonObject().put("schema", schema))));
        }
        return operation.put("responses", responses(method));
    }

    private JsonObject responses(MethodDescriptor method) {
        boolean bytes = method.getOutputType().findFieldByName("chunk") != null;
        boolean events = method.toProto().getServerStreaming() && !bytes;
        String type = events
                ? "text/event-stream"
                : bytes
                        ? method.getName().equals("FetchProfile") ? "application/json" : "application/octet-stream"
                        : "application/json";
        JsonObject schema = bytes ? new JsonObject() : events ? events(method) : reference(method.getOutputType());
        JsonObject responses = new JsonObject()
                .put(
                        "200",
                        new JsonObject()
                                .put("description", comment(method.getOutputType()))
                                .put("content", new JsonObject().put(type, new JsonObject().put("schema", schema))));
        JsonObject refused = new JsonObject()
                .put(
                        "content",
                        new JsonObject()
                                .put(
                                        "application/problem+json",
                                        new JsonObject()
                                                .put(
                                                        "schema",
                                                        new JsonObject().put("$ref", "#/components/schemas/Problem"))));
        Map<String, String> refusals = new TreeMap<>(Map.of(
                "400", "The request is not as described.",
                "401", "A valid key is needed.",
                "403", "The key may not do this.",
                "404", "It does not exist, or belongs to another account.",
                "413", "The body is too large.",
                "422", "It cannot be done as things are.",
                "429", "Too much at once; Retry-After says when to ask again.",
                "501", "Reserved.",
                "503", "The server is going down or not ready; Retry-After says when to ask again.",
                "default", "Refused."));
        if (method.getName().equals("SubmitJob")) {
            refusals.put("409", "The idempotency key was used for another submission.");
        }
        refusals.forEach((status, why) -> responses.put(status, refused.copy().put("description", why)));
        return responses;
    }

    /** Server-sent events: their data are these in JSON. */
    private JsonObject events(MethodDescriptor method) {
        return new JsonObject()
                .put("type", "string")
                .put(
                        "description",
                        "Events \"job\", whose data are "
                                + reference(method.getOutputType()).getString("$ref")
                                + ", and at most one \"problem\" at the end, whose data are #/components/schemas/Problem.");
    }

    private String comment(Descriptor message) {
        String comment =
                message.getContainingType() == null ? comment(message.getFile().getName(), 4, message.getIndex()) : "";
        return comment.isEmpty() ? "The answer." : comment;
    }

    private JsonObject reference(Descriptor message) {
        String name = message.getName();
        if (!schemas.containsKey(name)) {
            JsonObject schema = new JsonObject();
            schemas.put(name, schema);
            schema.put("type", "object").put("additionalProperties", false);
            String comment = comment(message);
            schema.put("description", comment);
            JsonObject properties = new JsonObject();
            for (FieldDescriptor field : message.getFields()) {
                properties.put(field.getJsonName(), withConstraints(field).put("description", comment(field)));
            }
            schema.put("properties", properties);
            if (name.equals("SubmitJobRequest")) {
                schema.put("required", new JsonArray().add("spec"));
            } else if (name.equals("CreateKeyRequest")) {
                schema.put("required", new JsonArray().add("account").add("scopes"));
            } else if (name.equals("JobSpec")) {
                schema.put("required", new JsonArray().add("programId"));
            }
        }
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private JsonObject reference(EnumDescriptor type) {
        String name = (type.getContainingType() == null
                        ? ""
                        : type.getContainingType().getName())
                + type.getName();
        JsonArray values = new JsonArray();
        type.getValues().forEach(value -> values.add(value.getName()));
        schemas.putIfAbsent(name, new JsonObject().put("type", "string").put("enum", values));
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private JsonObject withConstraints(FieldDescriptor field) {
        JsonObject schema = schema(field);
        JsonObject more = CONSTRAINTS.get(field.getContainingType().getName() + "." + field.getJsonName());
        if (more != null) {
            schema.mergeIn(more);
        }
        return field.isRepeated() ? new JsonObject().put("type", "array").put("items", schema) : schema;
    }

    private JsonObject schema(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> new JsonObject().put("type", "string");
            case BYTES -> new JsonObject().put("type", "string").put("contentEncoding", "base64");
            case BOOL -> new JsonObject().put("type", "boolean");
            case INT32 -> new JsonObject().put("type", "integer").put("format", "int32");
            case UINT32 ->
                new JsonObject().put("type", "integer").put("format", "uint32").put("minimum", 0);
            case UINT64 ->
                new JsonObject().put("type", "string").put("format", "uint64").put("pattern", "^[0-9]{1,18}$");
            case DOUBLE -> new JsonObject().put("type", "number");
            case ENUM -> reference(field.getEnumType());
            case MESSAGE ->
                field.getMessageType().getFullName().equals("google.protobuf.Timestamp")
                        ? new JsonObject().put("type", "string").put("format", "date-time")
                        : reference(field.getMessageType());
            default -> throw new AssertionError("no schema for " + field);
        };
    }

    private static JsonObject problem() {
        JsonArray codes = new JsonArray();
        new TreeSet<>(Stream.of(ErrorCode.values()).map(Enum::name).toList()).forEach(codes::add);
        return new JsonObject()
                .put("type", "object")
                .put("description", "Why a request was refused (RFC 9457).")
                .put("required", new JsonArray().add("status").add("code").add("detail"))
                .put(
                        "properties",
                        new JsonObject()
                                .put("type", new JsonObject().put("type", "string"))
                                .put("title", new JsonObject().put("type", "string"))
                                .put("status", new JsonObject().put("type", "integer"))
                                .put(
                                        "code",
                                        new JsonObject()
                                                .put("type", "string")
                                                .put("description", "Never changes its meaning.")
                                                .put("enum", codes))
                                .put(
                                        "detail",
                                        new JsonObject().put("type", "string").put("description", "For people.")));
    }
}
