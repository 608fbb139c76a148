package dev.aver.cli.prove;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.stark.StarkShape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When each phase of each segment began and ended, and how many cells it worked on, in the Trace Event Format that
 * ui.perfetto.dev, chrome://tracing and speedscope open ("complete" events; docs/cli.md has the names).
 */
final class Timeline implements ProgressListener {
    private static final int CELL_BYTES = 4;

    /** One bar: times in nanoseconds since the start. */
    private record Span(String category, String name, int segment, long from, long to, Work work) {}

    /** What a span's bar says besides: each number if there is one. */
    private record Work(OptionalLong cycles, OptionalLong cells, OptionalLong bytes) {
        static final Work UNKNOWN = new Work(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        static Work ofCycles(long cycles) {
            return new Work(OptionalLong.of(cycles), OptionalLong.empty(), OptionalLong.empty());
        }

        static Work ofCells(long cells, long bytesOfEach) {
            return new Work(OptionalLong.empty(), OptionalLong.of(cells), OptionalLong.of(cells * bytesOfEach));
        }
    }

    private final LongSupplier nanoTime;
    private final long start;
    private final List<Span> spans = new ArrayList<>();
    private @Nullable Phase phase;
    private int segment;
    private long phaseSince;
    private long segmentSince;

    /** Of the segment in work, once its tables are filled; before that of the one before it. */
    private @Nullable StarkShape shape;

    /** Begins now. */
    Timeline(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
    }

    @Override
    public void planned(Plan plan) {
        spans.add(new Span("phase", "plan", 0, 0, now(), Work.ofCycles(plan.cycles())));
    }

    @Override
    public void phase(int number, Phase next) {
        endPhase();
        phase = next;
        segment = number;
        phaseSince = now();
        if (next == Phase.RECORD) {
            segmentSince = phaseSince;
            shape = null;
        }
    }

    @Override
    public void filled(int number, StarkShape filled) {
        shape = filled;
    }

    @Override
    public void segment(int number, int cycles, boolean resumed) {
        endPhase();
        spans.add(new Span("segment", "segment " + number, number, segmentSince, now(), Work.ofCycles(cycles)));
    }

    private void endPhase() {
        Phase ended = phase;
        if (ended == null) return;
        String name = ended.name().toLowerCase(Locale.ROOT);
        spans.add(new Span("phase", name, segment, phaseSince, now(), work(ended)));
        phase = null;
    }

    private Work work(Phase ended) {
        StarkShape committed = shape;
        if (committed == null) return Work.UNKNOWN;
        long main = cells(committed, StarkShape.MAIN);
        long permutation = cells(committed, StarkShape.PERMUTATION);
        long quotient = cells(committed, StarkShape.QUOTIENT);
        int codeword = CELL_BYTES << committed.parameters().logBlowup();
        return switch (ended) {
            case TRACE -> Work.ofCells(main, CELL_BYTES);
            case COMMIT -> Work.ofCells(main, codeword);
            case PERMUTATION -> Work.ofCells(permutation, codeword);
            case QUOTIENT -> Work.ofCells(quotient, codeword);
            case OPEN -> Work.ofCells(main + permutation + quotient, codeword);
            case PREPARE, RECORD, VERIFY -> Work.UNKNOWN;
        };
    }

    private static long cells(StarkShape shape, int commitment) {
        long cells = 0;
        for (OpenedMatrix matrix : shape.pcs().commitments().get(commitment).matrices()) {
            cells += (long) matrix.width() << matrix.logHeight();
        }
        return cells;
    }

    private long now() {
        return nanoTime.getAsLong() - start;
    }

    /**
     * Writes what has ended.
     *
     * @param title of the process
     * @param process a number that no other timeline in the same file has
     */
    void write(String title, long process, OutputStream out) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeArrayFieldStart("traceEvents");
            writeTitle(title, process, json);
            for (Span span : spans) write(span, process, json);
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeTitle(String title, long process, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", "M");
        json.writeStringField("name", "process_name");
        json.writeNumberField("pid", process);
        json.writeObjectFieldStart("args");
        json.writeStringField("name", title);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Times in microseconds, as the format has them. */
    private static void write(Span span, long process, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", "X");
        json.writeStringField("cat", span.category);
        json.writeStringField("name", span.name);
        json.writeNumberField("ts", span.from / 1000);
        json.writeNumberField("dur", (span.to - span.from) / 1000);
        json.writeNumberField("pid", process);
        json.writeNumberField("tid", 1);
        json.writeObjectFieldStart("args");
        json.writeNumberField("segment", span.segment);
        if (span.work.cycles.isPresent()) json.writeNumberField("cycles", span.work.cycles.getAsLong());
        if (span.work.cells.isPresent()) json.writeNumberField("cells", span.work.cells.getAsLong());
        if (span.work.bytes.isPresent()) json.writeNumberField("bytes", span.work.bytes.getAsLong());
        json.writeEndObject();
        json.writeEndObject();
    }
}
