package dev.aver.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.cli.Main;
import dev.aver.zkvm.profile.Profile;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a profile in speedscope's file format (https://www.speedscope.app, file-format-spec.ts). The profile is a call
 * tree, not a record of when what was called, so it is written as one walk through the tree: every path is opened once
 * and lasts as many units as it took cycles. The file grows with the number of distinct paths, never with the run.
 */
public final class Speedscope {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private final JsonGenerator json;
    private final Profile profile;
    private final long[] totals;
    private final int[] firstChild;
    private final int[] nextSibling;

    private Speedscope(JsonGenerator json, Profile profile) {
        this.json = json;
        this.profile = profile;
        this.totals = profile.totals();
        this.firstChild = new int[profile.nodes()];
        this.nextSibling = new int[profile.nodes()];
        for (int node = profile.nodes() - 1; node > 0; node--) {
            int parent = profile.parents()[node];
            nextSibling[node] = firstChild[parent];
            firstChild[parent] = node;
        }
    }

    /**
     * Writes the whole file.
     *
     * @param name the profile's title
     */
    public static void write(Profile profile, String name, OutputStream out) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            new Speedscope(json, profile).write(name);
            json.writeRaw('\n');
        }
    }

    private void write(String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("name", name);
        json.writeStringField("exporter", "aver " + Main.VERSION);
        json.writeNumberField("activeProfileIndex", 0);
        json.writeObjectFieldStart("shared");
        json.writeArrayFieldStart("frames");
        for (Profile.Frame frame : profile.frames()) {
            json.writeStartObject();
            json.writeStringField(
                    "name",
                    switch (frame.kind()) {
                        case FUNCTION -> RustName.readable(frame.name());
                        case REGION -> "[" + frame.name() + "]";
                    });
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("profiles");
        json.writeStartObject();
        json.writeStringField("type", "evented");
        json.writeStringField("name", "cycles" + (profile.truncated() ? " (rare paths cut short)" : ""));
        json.writeStringField("unit", "none");
        json.writeNumberField("startValue", 0);
        json.writeNumberField("endValue", profile.cycles());
        json.writeArrayFieldStart("events");
        writeEvents();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Walks the tree without recursion: it may be as deep as the guest's calls. */
    private void writeEvents() throws IOException {
        long at = 0;
        int node = firstChild[0];
        int open = 0;
        while (node != 0 || open != 0) {
            if (node == 0) {
                writeEvent("C", open, at);
                node = nextSibling[open];
                open = profile.parents()[open];
            } else if (totals[node] == 0) {
                node = nextSibling[node];
            } else {
                writeEvent("O", node, at);
                at += profile.self()[node];
                open = node;
                node = firstChild[node];
            }
        }
    }

    private void writeEvent(String type, int node, long at) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeNumberField("frame", profile.frameOf()[node]);
        json.writeNumberField("at", at);
        json.writeEndObject();
    }
}
