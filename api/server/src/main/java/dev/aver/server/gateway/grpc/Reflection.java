package dev.aver.server.gateway.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** gRPC's reflection protocol, so that generic clients need no definitions. */
final class Reflection {
    private static final long MOST = 64 << 10;

    private final TreeSet<String> services = new TreeSet<>();
    private final Map<String, FileDescriptor> files = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> symbols = new LinkedHashMap<>();

    /** Knows these services, and all that their files import. */
    Reflection(List<FileDescriptor> served) {
        for (FileDescriptor file : served) {
            file.getServices().forEach(service -> services.add(service.getFullName()));
            add(file);
        }
    }

    private void add(FileDescriptor file) {
        if (files.putIfAbsent(file.getName(), file) != null) {
            return;
        }
        file.getDependencies().forEach(this::add);
        for (ServiceDescriptor service : file.getServices()) {
            symbols.put(service.getFullName(), file);
            for (MethodDescriptor method : service.getMethods()) {
                symbols.put(method.getFullName(), file);
            }
        }
        file.getMessageTypes().forEach(this::add);
        file.getEnumTypes().forEach(this::add);
    }

    private void add(Descriptor message) {
        symbols.put(message.getFullName(), message.getFile());
        message.getNestedTypes().forEach(this::add);
        message.getEnumTypes().forEach(this::add);
    }

    private void add(EnumDescriptor type) {
        symbols.put(type.getFullName(), type.getFile());
    }

    GrpcMethod<ServerReflectionRequest, ServerReflectionResponse> method() {
        return new GrpcMethod<>(
                ServerReflectionGrpc.getServerReflectionInfoMethod(),
                Optional.empty(),
                MOST,
                false,
                (caller, questions, answers, interruption) -> {
                    ServerReflectionRequest question;
                    while ((question = questions.next()) != null) {
                        answers.send(answer(question));
                    }
                });
    }

    private ServerReflectionResponse answer(ServerReflectionRequest question) {
        ServerReflectionResponse.Builder answer = ServerReflectionResponse.newBuilder()
                .setValidHost(question.getHost())
                .setOriginalRequest(question);
        switch (question.getMessageRequestCase()) {
            case LIST_SERVICES -> {
                ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
                services.forEach(
                        name -> list.addService(ServiceResponse.newBuilder().setName(name)));
                answer.setListServicesResponse(list);
            }
            case FILE_BY_FILENAME -> file(answer, files.get(question.getFileByFilename()));
            case FILE_CONTAINING_SYMBOL -> file(answer, symbols.get(question.getFileContainingSymbol()));
            default -> answer.setErrorResponse(error(Status.Code.UNIMPLEMENTED, "not offered"));
        }
        return answer.build();
    }

    /** The file and all that it imports, which saves the client from asking for each. */
    private static void file(ServerReflectionResponse.Builder answer, @Nullable FileDescriptor file) {
        if (file == null) {
            answer.setErrorResponse(error(Status.Code.NOT_FOUND, "no such file or symbol"));
            return;
        }
        Map<String, FileDescriptor> all = new LinkedHashMap<>();
        collect(file, all);
        FileDescriptorResponse.Builder response = FileDescriptorResponse.newBuilder();
        all.values()
                .forEach(each -> response.addFileDescriptorProto(each.toProto().toByteString()));
        answer.setFileDescriptorResponse(response);
    }

    private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
        if (into.putIfAbsent(file.getName(), file) == null) {
            file.getDependencies().forEach(imported -> collect(imported, into));
        }
    }

    private static ErrorResponse error(Status.Code code, String message) {
        return ErrorResponse.newBuilder()
                .setErrorCode(code.value())
                .setErrorMessage(message)
                .build();
    }
}
