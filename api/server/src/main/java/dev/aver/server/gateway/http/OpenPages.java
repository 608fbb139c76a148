package dev.aver.server.gateway.http;

import dev.aver.server.gateway.api.ErrorStatus;
import dev.aver.server.gateway.exchange.Exchange;
import dev.aver.server.gateway.exchange.Outcome;
import dev.aver.server.service.ServiceException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What needs no key: health, the OpenAPI document, and the web page's files, which hold no one's data. */
public final class OpenPages {
    /** Where the OpenAPI document is. */
    static final String OPENAPI = "/v1/openapi.json";

    /** The web page. A name that is not here is not served, whatever is in the jar. */
    private static final List<String> PAGE = List.of(
            "index.html",
            "icon.svg",
            "style.css",
            "main.js",
            "api.js",
            "dom.js",
            "format.js",
            "jobs.js",
            "job.js",
            "new.js",
            "chart.js",
            "flame.js");

    private static final Map<String, String> SECURITY = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "no-referrer",
            "cross-origin-opener-policy",
            "same-origin",
            "cross-origin-resource-policy",
            "same-origin");

    private final Map<String, File> files;
    private final BooleanSupplier ready;
    private final MetricsPage metrics;

    private record File(String mediaType, Buffer content) {}

    /**
     * These pages.
     *
     * @param ready whether jobs are accepted
     */
    public OpenPages(BooleanSupplier ready, MetricsPage metrics) {
        this.ready = ready;
        this.metrics = metrics;
        Map<String, File> loaded = new LinkedHashMap<>();
        loaded.put(OPENAPI, new File("application/json", resource("/dev/aver/server/gateway/rest/openapi.json")));
        for (String name : PAGE) {
            File file = new File(mediaType(name), resource("/dev/aver/server/web/" + name));
            loaded.put("/" + name, file);
            if (name.equals("index.html")) {
                loaded.put("/", file);
            }
        }
        files = Map.copyOf(loaded);
    }

    /** Serves a request; what is told of health is not worth observing. */
    @Nullable
    Outcome serve(Exchange exchange) {
        try {
            if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
                text(exchange, 405, "here one may GET");
                return new Outcome("page", "page", "NOT_FOUND");
            }
            String path = exchange.path();
            if (path.equals("/healthz")) {
                text(exchange, 200, "ok");
                return null;
            }
            if (path.equals("/readyz")) {
                boolean isReady = ready.getAsBoolean();
                text(exchange, isReady ? 200 : 503, isReady ? "ready" : "not ready");
                return null;
            }
            if (path.equals("/metrics")) {
                figures(exchange);
                return null;
            }
            return file(exchange, files.get(path));
        } catch (IOException e) {
            return new Outcome("page", "page", "GONE");
        }
    }

    private void figures(Exchange exchange) throws IOException {
        try {
            text(exchange, 200, metrics.read(exchange));
        } catch (ServiceException e) {
            text(exchange, ErrorStatus.http(e.code()), e.getMessage());
        }
    }

    private static Outcome file(Exchange exchange, @Nullable File file) throws IOException {
        if (file == null) {
            text(exchange, 404, "there is nothing here");
            return new Outcome("page", "page", "NOT_FOUND");
        }
        Map<String, String> headers = new LinkedHashMap<>(SECURITY);
        headers.put("content-type", file.mediaType);
        headers.put("cache-control", "no-cache");
        exchange.send(200, headers, file.content);
        return new Outcome("page", "page", "OK");
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static void text(Exchange exchange, int status, @Nullable String said) throws IOException {
        String text = String.valueOf(said);
        Map<String, String> headers = new LinkedHashMap<>(SECURITY);
        headers.put("content-type", "text/plain; charset=utf-8");
        headers.put("cache-control", "no-store");
        exchange.send(status, headers, Buffer.buffer(text.endsWith("\n") ? text : text + "\n"));
    }

    private static Buffer resource(String name) {
        try (InputStream in = OpenPages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
