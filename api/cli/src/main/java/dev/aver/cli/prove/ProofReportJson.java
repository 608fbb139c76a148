package dev.aver.cli.prove;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.verifier.Receipt;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes what a proof took as JSON. docs/cli.md describes the keys; keys are added, never changed or removed. */
final class ProofReportJson {
    private static final int SCHEMA_VERSION = 1;

    private ProofReportJson() {}

    static void write(ProofReport report, Writer out) throws IOException {
        Plan plan = report.proved().plan();
        Receipt receipt = report.proved().receipt();
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeBooleanField("proved", true);
            json.writeStringField("program", report.program());
            json.writeStringField("receipt", report.out());
            json.writeStringField("imageId", report.imageId().toString());
            json.writeNumberField("exitCode", Integer.toUnsignedLong(receipt.exitCode()));
            json.writeNumberField("journalBytes", receipt.journal().length);
            json.writeBooleanField("inputBound", report.inputBound());
            json.writeStringField("inputDigest", receipt.inputDigest().toString());
            json.writeNumberField("cycles", report.cycles());
            json.writeNumberField("segments", plan.segments());
            json.writeNumberField("segmentCycles", plan.segmentCycles());
            json.writeNumberField("resumedSegments", report.resumed());
            number(json, "wallSeconds", report.wallSeconds());
            number(json, "predictedSeconds", plan.seconds());
            number(json, "kHz", report.kilohertz());
            json.writeFieldName("peakRssBytes");
            if (report.peakBytes().isPresent()) {
                json.writeNumber(report.peakBytes().getAsLong());
            } else {
                json.writeNull();
            }
            json.writeNumberField("predictedPeakBytes", plan.peakBytes());
            json.writeNumberField("proofBytes", report.proofBytes());
            json.writeNumberField("provableBits", report.proved().provableBits());
            json.writeStringField("hash", receipt.parameters().suite().name());
            json.writeNumberField("queries", plan.queries());
            json.writeStringField("backend", plan.backend());
            json.writeNumberField("cores", plan.cores());
            json.writeNumberField("paddedCells", plan.paddedCells());
            number(json, "paddedCellsPerCycle", report.paddedCellsPerCycle());
            json.writeObjectFieldStart("phases");
            for (Phase phase : Phase.values()) {
                number(json, name(phase), report.seconds(phase));
            }
            number(json, "other", report.otherSeconds());
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** Says why there is no proof. */
    static void writeRefusal(String reason, String message, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeBooleanField("proved", false);
            json.writeStringField("reason", reason);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static JsonGenerator generator(Writer out) throws IOException {
        return new JsonFactory()
                .createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** Six decimals: microseconds, and enough for ratios. */
    private static void number(JsonGenerator json, String key, double value) throws IOException {
        json.writeNumberField(key, Math.round(value * 1e6) / 1e6);
    }

    /** PROGRAM_SIZE becomes program-size. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
