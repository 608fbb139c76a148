package dev.aver.cli.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.cli.JournalText;
import dev.aver.verifier.Claim;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes a verdict as JSON. docs/cli.md describes the keys; keys are added, never changed or removed. What the receipt
 * only says, and has not proven, is not written.
 */
final class VerdictJson {
    private static final int SCHEMA_VERSION = 1;

    private VerdictJson() {}

    static void write(Verdict verdict, boolean explain, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeBooleanField("valid", verdict.valid());
            if (verdict.rejection().isPresent()) {
                InvalidReceiptException rejection = verdict.rejection().get();
                json.writeStringField("reason", reason(rejection));
                json.writeStringField("message", rejection.getMessage());
            }
            if (verdict.claim().isPresent()) {
                write(verdict.claim().get(), json);
            }
            if (verdict.valid() && verdict.receipt().isPresent()) {
                Receipt receipt = verdict.receipt().get();
                json.writeNumberField("segments", receipt.segments().size());
                json.writeStringField("hash", receipt.parameters().suite().name());
            }
            if (verdict.valid() && verdict.security().isPresent()) {
                json.writeNumberField("provableBits", verdict.security().get().bits());
            }
            json.writeNumberField("receiptBytes", verdict.receiptBytes());
            json.writeNumberField("wallSeconds", Math.round(verdict.wallSeconds() * 1e6) / 1e6);
            if (explain && verdict.security().isPresent()) {
                json.writeArrayFieldStart("security");
                for (String line : verdict.security().get().lines()) {
                    json.writeString(line);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(Claim claim, JsonGenerator json) throws IOException {
        json.writeStringField("imageId", claim.imageId().toString());
        json.writeNumberField("exitCode", Integer.toUnsignedLong(claim.exitCode()));
        json.writeNumberField("cycles", claim.cycles());
        json.writeStringField("inputDigest", claim.inputDigest().toString());
        json.writeObjectFieldStart("journal");
        json.writeNumberField("bytes", claim.journal().length);
        json.writeStringField("hex", HexFormat.of().formatHex(claim.journal()));
        json.writeStringField("text", JournalText.of(claim.journal()).orElse(null));
        json.writeEndObject();
    }

    /** NOT_CANONICAL becomes not-canonical. */
    static String reason(InvalidReceiptException rejection) {
        return rejection.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
