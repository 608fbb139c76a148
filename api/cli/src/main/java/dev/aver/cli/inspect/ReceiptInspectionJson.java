package dev.aver.cli.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.circuits.chips.Machine;
import dev.aver.cli.JournalText;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;

/** Writes what a receipt says as JSON; docs/cli.md describes the keys. */
final class ReceiptInspectionJson {
    private static final int SCHEMA_VERSION = 1;

    private ReceiptInspectionJson() {}

    static void write(ReceiptInspection inspection, Writer out) throws IOException {
        Receipt receipt = inspection.receipt();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("file", inspection.path());
            json.writeNumberField("fileBytes", inspection.fileBytes());
            json.writeStringField("kind", "composite-receipt");
            json.writeNumberField("formatVersion", Receipt.FORMAT_VERSION);
            json.writeNumberField("machineVersion", Machine.VERSION);
            json.writeStringField("keyDigest", receipt.keyDigest());
            json.writeStringField("imageId", receipt.image().id().toString());
            json.writeStringField("inputDigest", receipt.inputDigest().toString());
            json.writeNumberField("exitCode", Integer.toUnsignedLong(receipt.exitCode()));
            json.writeNumberField("cycles", receipt.cycles());
            json.writeObjectFieldStart("journal");
            json.writeNumberField("bytes", receipt.journal().length);
            json.writeStringField("hex", HexFormat.of().formatHex(receipt.journal()));
            json.writeStringField("text", JournalText.of(receipt.journal()).orElse(null));
            json.writeEndObject();
            writeParameters(receipt.parameters(), json);
            json.writeNumberField("provableBits", inspection.security().bits());
            json.writeArrayFieldStart("segments");
            for (Receipt.Segment segment : receipt.segments()) {
                writeSegment(segment, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeParameters(Parameters parameters, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("parameters");
        json.writeStringField("hash", parameters.suite().name());
        json.writeNumberField("logBlowup", parameters.logBlowup());
        json.writeNumberField("queries", parameters.queries());
        json.writeNumberField("grindingBits", parameters.grindingBits());
        json.writeNumberField("capLog", parameters.capLog());
        json.writeNumberField("finalLog", parameters.finalLog());
        json.writeNumberField("arityLog", parameters.arityLog());
        json.writeEndObject();
    }

    private static void writeSegment(Receipt.Segment segment, JsonGenerator json) throws IOException {
        ProofTables tables = segment.tables();
        json.writeStartObject();
        json.writeNumberField("cycles", segment.cycles());
        json.writeNumberField("endRow", segment.endRow());
        json.writeNumberField("proofBytes", segment.proof().length);
        json.writeArrayFieldStart("tables");
        for (int place = 0; place < tables.tables().size(); place++) {
            json.writeStartObject();
            json.writeStringField("name", tables.kind(place).air().name());
            json.writeNumberField("instance", tables.tables().get(place).instance());
            json.writeNumberField("rows", 1L << tables.tables().get(place).logHeight());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
