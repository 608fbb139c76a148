package dev.aver.server.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks over REST. */
record Rest(HttpClient client, int port, String key) implements AutoCloseable {
    Rest(int port, String key) {
        this(HttpClient.newHttpClient(), port, key);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return client.send(request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> json(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
    }

    /** The first value of a field, wherever it is. */
    static String field(HttpResponse<String> response, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(response.body());
        if (!field.find()) {
            throw new AssertionError("no " + name + " in " + response.body());
        }
        return field.group(1);
    }

    /** A registered program's id. */
    String program() throws IOException, InterruptedException {
        return field(post("/v1/programs?name=sample", elf()), "id");
    }

    /** A submitted job's id. */
    String submit(String label) throws IOException, InterruptedException {
        return field(
                json("/v1/jobs", "{\"spec\":{\"programId\":\"" + program() + "\",\"label\":\"" + label + "\"}}"), "id");
    }

    static byte[] elf() {
        return "\u007fELF and the rest".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
