package dev.aver.zkvm.profile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a profile in speedscope's file format (https://www.speedscope.app, file-format-spec.ts). The profile is a call
 * tree, not a record of when what was called, so it is written as one walk through the tree: every path is opened once
 * and lasts as many units as it took cycles. The file grows with the number of distinct paths, never with the run.
 */
public final class Speedscope {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private final Writer out;
    private final Profile profile;
    private final long[] totals;
    private final int[] firstChild;
    private final int[] nextSibling;
    /** Before the next event. */
    private String comma = "";

    private Speedscope(Writer out, Profile profile) {
        this.out = out;
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
     * Writes the whole file, UTF-8; closing {@code to} is not its business.
     *
     * @param name the profile's title
     * @param exporter what wrote it
     */
    public static void write(Profile profile, String name, String exporter, OutputStream to) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        new Speedscope(out, profile).write(name, exporter);
        out.flush();
    }

    private void write(String name, String exporter) throws IOException {
        out.write("{\"$schema\":" + quoted(SCHEMA));
        out.write(",\"name\":" + quoted(name));
        out.write(",\"exporter\":" + quoted(exporter));
        out.write(",\"activeProfileIndex\":0,\"shared\":{\"frames\":[");
        String separator = "";
        for (Profile.Frame frame : profile.frames()) {
            String title = switch (frame.kind()) {
                case FUNCTION -> RustName.readable(frame.name());
                case REGION -> "[" + frame.name() + "]";
            };
            out.write(separator + "{\"name\":" + quoted(title) + "}");
            separator = ",";
        }
        out.write("]},\"profiles\":[{\"type\":\"evented\",\"name\":");
        out.write(quoted("cycles" + (profile.truncated() ? " (rare paths cut short)" : "")));
        out.write(",\"unit\":\"none\",\"startValue\":0,\"endValue\":" + profile.cycles() + ",\"events\":[");
        writeEvents();
        out.write("]}]}\n");
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
        out.write(comma);
        comma = ",";
        out.write("{\"type\":\"" + type + "\",\"frame\":" + profile.frameOf()[node] + ",\"at\":" + at + "}");
    }

    /** A JSON string: names are the guest's, and may hold anything. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
