package dev.aver.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Timelines of several processes in one file, each from its own beginning. */
final class Timelines {
    private Timelines() {}

    /** Writes all events of files that {@code aver prove --trace} wrote. */
    static void join(List<String> files, OutputStream out) throws IOException {
        JsonFactory factory = new JsonFactory();
        try (JsonGenerator json = factory.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeArrayFieldStart("traceEvents");
            for (String file : files) {
                try (JsonParser parser = factory.createParser(file)) {
                    while (parser.nextToken() != JsonToken.START_ARRAY) {}
                    while (parser.nextToken() == JsonToken.START_OBJECT) json.copyCurrentStructure(parser);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
