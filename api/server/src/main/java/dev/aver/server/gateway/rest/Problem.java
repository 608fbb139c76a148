package dev.aver.server.gateway.rest;

import dev.aver.server.gateway.api.ErrorStatus;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A refusal as a problem document (RFC 9457) with the code that clients compare. */
public final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    /** The status that a refusal's code stands for. */
    public static int status(ServiceException refusal) {
        return ErrorStatus.http(refusal.code());
    }

    /** The response's headers. */
    public static Map<String, String> headers(ServiceException refusal) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", MEDIA_TYPE);
        headers.put("cache-control", "no-store");
        refusal.retryAfter()
                .ifPresent(after -> headers.put(
                        "retry-after",
                        Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))));
        if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
            headers.put("www-authenticate", "Bearer");
        }
        return headers;
    }

    /** The response's content. */
    public static Buffer body(ServiceException refusal) {
        return Buffer.buffer(json(refusal));
    }

    static String json(ServiceException refusal) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title(refusal.code()))
                .put("status", status(refusal))
                .put("code", refusal.code().name())
                .put("detail", String.valueOf(refusal.getMessage()))
                .encode();
    }

    private static String title(ErrorCode code) {
        String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
