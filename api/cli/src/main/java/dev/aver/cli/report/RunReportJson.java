package dev.aver.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.circuits.hash.Sha256;
import dev.aver.cli.Main;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.Outcome.Location;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.machine.TrapCause;
import dev.aver.zkvm.segment.CostModel;
import dev.aver.zkvm.segment.SegmentCost;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a run report as JSON. docs/run-report.md describes every key; keys are added, never changed or removed. */
public final class RunReportJson {
    /** Raised when a reader of the previous version could misunderstand a report. */
    static final int SCHEMA_VERSION = 1;

    private final JsonGenerator json;
    private final RunReport report;

    private RunReportJson(JsonGenerator json, RunReport report) {
        this.json = json;
        this.report = report;
    }

    /** Writes the whole report; every key is there whatever happened. */
    public static void write(RunReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            new RunReportJson(json, report).write();
            json.writeRaw('\n');
        }
    }

    /** SHA-256 as 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    private void write() throws IOException {
        Execution execution = report.execution();
        Totals totals = Totals.of(execution);
        json.writeStartObject();
        json.writeNumberField("schemaVersion", SCHEMA_VERSION);
        json.writeObjectFieldStart("versions");
        json.writeStringField("aver", Main.VERSION);
        json.writeStringField("java", Runtime.version().toString());
        json.writeEndObject();
        writeVerdict();
        writeInputs();
        json.writeNumberField("journalBytes", execution == null ? 0 : execution.journal().length);
        json.writeStringField("journalSha256", execution == null ? null : sha256(execution.journal()));
        json.writeNumberField("cycles", execution == null ? 0 : execution.cycles());
        writeSeconds("loadSeconds", report.loadSeconds());
        writeSeconds("wallSeconds", report.wallSeconds());
        writeCosts(totals, execution);
        writePrediction(execution == null ? List.of() : execution.segments());
        json.writeObjectFieldStart("writes");
        json.writeNumberField(
                "clipped", execution == null ? 0 : execution.writes().clipped());
        json.writeNumberField(
                "ignored", execution == null ? 0 : execution.writes().ignored());
        json.writeEndObject();
        writeLimits();
        writeWarnings();
        json.writeEndObject();
    }

    private void writeVerdict() throws IOException {
        RunReport.Verdict verdict = report.verdict();
        json.writeStringField("outcome", verdict.outcome());
        json.writeNumberField("exitStatus", verdict.exitStatus());
        if (verdict.exitCode() == null) {
            json.writeNullField("exitCode");
        } else {
            json.writeNumberField("exitCode", Integer.toUnsignedLong(verdict.exitCode()));
        }
        json.writeStringField("message", verdict.message());
        Outcome outcome = report.execution() == null ? null : report.execution().outcome();
        json.writeFieldName("trap");
        if (outcome instanceof Outcome.Trapped(TrapCause cause, long value, Location where)) {
            json.writeStartObject();
            json.writeStringField("cause", name(cause));
            json.writeStringField("explanation", cause.explanation());
            json.writeStringField("value", hex(value));
            writeLocation(where);
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeFieldName("limit");
        if (outcome instanceof Outcome.LimitReached(var limit, long allowed, var where)) {
            json.writeStartObject();
            json.writeStringField("name", name(limit));
            json.writeNumberField("allowed", allowed);
            writeLocation(where);
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeFieldName("journalMismatch");
        if (outcome instanceof Outcome.JournalMismatch(int exitCode, String claimed, String actual)) {
            json.writeStartObject();
            json.writeStringField("claimed", claimed);
            json.writeStringField("actual", actual);
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }

    private void writeLocation(@Nullable Location where) throws IOException {
        json.writeStringField("pc", where == null ? null : hex(where.pc()));
        json.writeStringField("function", where == null ? null : where.function());
        json.writeArrayFieldStart("recent");
        if (where != null) {
            for (String line : where.recent()) {
                json.writeString(line);
            }
        }
        json.writeEndArray();
    }

    private void writeInputs() throws IOException {
        RunReport.ProgramFile program = report.program();
        json.writeObjectFieldStart("program");
        json.writeStringField("file", program.path());
        json.writeNumberField("bytes", program.bytes());
        json.writeStringField("sha256", program.sha256());
        json.writeEndObject();
        json.writeStringField("engine", report.engine());
        json.writeNumberField("inputBytes", report.inputBytes());
    }

    private void writeCosts(Totals totals, @Nullable Execution execution) throws IOException {
        json.writeObjectFieldStart("instructions");
        for (Map.Entry<String, Long> entry : totals.instructions().entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("chipRows");
        for (int i = 0; i < Chip.COUNT; i++) {
            json.writeNumberField(name(Chip.of(i)), totals.rows()[i]);
        }
        json.writeEndObject();
        json.writeNumberField("misalignedAccesses", execution == null ? 0 : execution.misalignedAccesses());
        json.writeNumberField("pages", execution == null ? 0 : execution.memoryPages());
        json.writeNumberField("segmentPages", totals.pages());
        json.writeNumberField(
                "segments", execution == null ? 0 : execution.segments().size());
        json.writeFieldName("largestSegment");
        SegmentCost largest = totals.largest();
        if (largest == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("cycles", largest.cycles());
            json.writeNumberField("pages", largest.pages());
            json.writeNumberField("cells", largest.cells());
            json.writeNumberField("paddedCells", largest.paddedCells());
            json.writeEndObject();
        }
        json.writeNumberField("cells", totals.cells());
        json.writeNumberField("paddedCells", totals.paddedCells());
        json.writeNumberField("paddedCellsPerCycle", rounded(totals.paddedCellsPerCycle()));
        json.writeNumberField("paddingWaste", rounded(totals.paddingWaste()));
    }

    private void writePrediction(List<SegmentCost> segments) throws IOException {
        CostModel model = CostModel.measured();
        json.writeObjectFieldStart("predicted");
        writeSeconds("provingSeconds", model.provingSeconds(segments));
        json.writeNumberField("cores", 1);
        json.writeNumberField("peakBytes", model.peakBytes(segments));
        json.writeStringField("basis", CostModel.MEASURED_BASIS);
        json.writeEndObject();
    }

    private void writeLimits() throws IOException {
        Limits limits = report.limits();
        json.writeObjectFieldStart("limits");
        json.writeNumberField("cycles", limits.cycles());
        json.writeNumberField("memory", limits.memory());
        json.writeNumberField("journal", limits.journal());
        json.writeNumberField("input", limits.input());
        json.writeNumberField("segmentCycles", report.segmentCycles());
        json.writeEndObject();
    }

    private void writeWarnings() throws IOException {
        json.writeArrayFieldStart("warnings");
        for (SoftwareRoutine routine : report.warnings()) {
            json.writeStartObject();
            json.writeStringField(
                    "kind", routine.cycles() == null ? "contains-software-routine" : "software-routine-ran");
            json.writeStringField("routine", routine.routine());
            json.writeArrayFieldStart("functions");
            for (String function : routine.functions()) {
                json.writeString(function);
            }
            json.writeEndArray();
            if (routine.cycles() == null) {
                json.writeNullField("cycles");
            } else {
                json.writeNumberField("cycles", routine.cycles());
            }
            json.writeStringField("message", routine.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeSeconds(String key, double seconds) throws IOException {
        json.writeNumberField(key, rounded(seconds));
    }

    /** Six decimals: microseconds, and enough for ratios. */
    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** LOAD_DOUBLE becomes loadDouble. */
    private static String name(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }
}
