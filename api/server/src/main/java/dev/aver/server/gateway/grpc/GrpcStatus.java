package dev.aver.server.gateway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.aver.server.gateway.api.ErrorStatus;
import dev.aver.server.service.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a call ended, as trailers. */
final class GrpcStatus {
    /** Whose the reasons are. */
    static final String DOMAIN = "aver";

    private static final String HEX = "0123456789ABCDEF";

    private GrpcStatus() {}

    static Map<String, String> ok() {
        return Map.of("grpc-status", "0");
    }

    static Map<String, String> of(ServiceException refusal) {
        int code = ErrorStatus.grpc(refusal.code()).value();
        String message = String.valueOf(refusal.getMessage());
        Status.Builder details = Status.newBuilder()
                .setCode(code)
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(refusal.code().name())
                        .setDomain(DOMAIN)
                        .build()));
        refusal.retryAfter()
                .ifPresent(after -> details.addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder()
                                .setSeconds(after.toSeconds())
                                .setNanos(after.toNanosPart()))
                        .build())));
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("grpc-status", Integer.toString(code));
        trailers.put("grpc-message", percentEncoded(message));
        trailers.put(
                "grpc-status-details-bin",
                Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(details.build().toByteArray()));
        return trailers;
    }

    /** Printable ASCII but for %, and the rest of UTF-8's bytes as %XX. */
    static String percentEncoded(String message) {
        StringBuilder encoded = new StringBuilder(message.length());
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return encoded.toString();
    }
}
