package dev.aver.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An Aver that was started as a process of its own, with {@code --json}, and has ended.
 *
 * @param status its exit status
 * @param json what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Child(int status, String json, String err) {
    /** Starts one and waits for its end. */
    static Child run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Child(process.waitFor(), out, Files.readString(err));
    }

    /** The numbers in the object, those of inner objects by {@code outer.inner}. */
    Map<String, Double> numbers() throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    numbers.put(
                            parser.getParsingContext()
                                    .pathAsPointer()
                                    .toString()
                                    .substring(1)
                                    .replace('/', '.'),
                            parser.getDoubleValue());
                }
            }
        }
        return numbers;
    }
}
