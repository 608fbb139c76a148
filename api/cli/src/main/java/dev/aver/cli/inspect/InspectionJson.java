package dev.aver.cli.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.image.ImageId;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.CodeRange;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.Segment;
import java.io.IOException;
import java.io.Writer;

/** Writes an inspection as JSON; docs/cli.md describes the keys. */
final class InspectionJson {
    private static final int SCHEMA_VERSION = 1;

    private InspectionJson() {}

    static void write(Inspection inspection, Writer out) throws IOException {
        Program program = inspection.program();
        CodeRange code = program.code();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeStringField("file", inspection.path());
            json.writeNumberField("fileBytes", inspection.fileBytes());
            json.writeStringField("sha256", inspection.sha256());
            json.writeStringField("kind", "program");
            json.writeStringField(
                    "imageId", inspection.imageId().map(ImageId::toString).orElse(null));
            json.writeNumberField("machineVersion", Machine.VERSION);
            json.writeObjectFieldStart("entry");
            json.writeStringField("address", hex(program.entry()));
            json.writeStringField("function", program.symbols().describe(program.entry()));
            json.writeEndObject();
            json.writeArrayFieldStart("segments");
            for (Segment segment : inspection.segments()) {
                json.writeStartObject();
                json.writeStringField("address", hex(segment.address()));
                json.writeNumberField("memoryBytes", segment.memorySize());
                json.writeNumberField("fileOffset", segment.fileOffset());
                json.writeNumberField("fileBytes", segment.fileSize());
                json.writeBooleanField("executable", segment.executable());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("memoryBytes", inspection.memoryBytes());
            json.writeStringField("memoryEnd", hex(inspection.memoryEnd()));
            json.writeNumberField("imagePages", program.image().pageCount());
            json.writeNumberField("pageBytes", MemoryMap.PAGE_SIZE);
            json.writeObjectFieldStart("programTable");
            json.writeNumberField("rows", code.rows());
            json.writeStringField("start", hex(code.base()));
            json.writeStringField("end", hex(code.end()));
            json.writeEndObject();
            json.writeNumberField("functions", program.symbols().functions().size());
            json.writeNumberField("unloadedBytes", inspection.unloadedBytes());
            writeSurvey(inspection.survey(), json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeSurvey(CodeSurvey survey, JsonGenerator json) throws IOException {
        json.writeNumberField("instructionCount", survey.instructions());
        json.writeNumberField("compressed", survey.compressed());
        json.writeNumberField("traps", survey.traps());
        json.writeNumberField("walkedBytes", survey.walkedBytes());
        json.writeNumberField("otherBytes", survey.otherBytes());
        json.writeObjectFieldStart("instructions");
        for (Op op : Op.values()) {
            if (survey.counts()[op.ordinal()] > 0) {
                json.writeNumberField(op.mnemonic(), survey.counts()[op.ordinal()]);
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("unsupported");
        for (CodeSurvey.Unsupported at : survey.unsupported()) {
            json.writeStartObject();
            json.writeStringField("address", hex(at.address()));
            json.writeStringField("bits", String.format(at.length() == 2 ? "%04x" : "%08x", at.bits()));
            json.writeNumberField("length", at.length());
            json.writeStringField("function", at.function());
            json.writeStringField("hint", at.hint());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
