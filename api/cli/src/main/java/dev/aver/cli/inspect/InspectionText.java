package dev.aver.cli.inspect;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.image.ImageId;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Segment;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prints an inspection for people. */
final class InspectionText {
    /** Unsupported instructions printed; the JSON form has them all. */
    private static final int MAX_UNSUPPORTED = 50;

    private static final int COLUMNS = 6;

    private final Inspection inspection;
    private final PrintWriter out;

    InspectionText(Inspection inspection, PrintWriter out) {
        this.inspection = inspection;
        this.out = out;
    }

    void print() {
        var program = inspection.program();
        var code = program.code();
        line("file", format(ROOT, "%s, %,d bytes", inspection.path(), inspection.fileBytes()));
        line("sha256", inspection.sha256());
        line(
                "image id",
                inspection.imageId().map(ImageId::toString).orElse("none: the code is too long for a proof's tables"));
        line(
                "",
                format(
                        ROOT,
                        "it covers machine version %d, the program table, the entry and the memory at the start;",
                        Machine.VERSION));
        line("", "not the input, nor what is not loaded");
        line(
                "entry",
                format(ROOT, "0x%08x  %s", program.entry(), program.symbols().describe(program.entry())));
        String label = "segments";
        for (Segment segment : inspection.segments()) {
            line(
                    label,
                    format(
                            ROOT,
                            "0x%08x to 0x%08x  %,11d bytes, %,d from the file at 0x%x%s",
                            segment.address(),
                            segment.end(),
                            segment.memorySize(),
                            segment.fileSize(),
                            segment.fileOffset(),
                            segment.executable() ? ", executable" : ""));
            label = "";
        }
        line(
                "memory",
                format(
                        ROOT,
                        "%,d bytes up to 0x%x, %,d pages of %d bytes not zero",
                        inspection.memoryBytes(),
                        inspection.memoryEnd(),
                        program.image().pageCount(),
                        MemoryMap.PAGE_SIZE));
        line("program table", format(ROOT, "%,d rows, 0x%08x to 0x%08x", code.rows(), code.base(), code.end()));
        line(
                "not loaded",
                format(
                        ROOT,
                        "%,d bytes of the file, with the symbols of %,d functions: the machine does not see them",
                        inspection.unloadedBytes(),
                        program.symbols().functions().size()));
        printInstructions(inspection.survey());
        printUnsupported(inspection.survey());
    }

    private void printInstructions(CodeSurvey survey) {
        line(
                "instructions",
                format(
                        ROOT,
                        "%,d in %,d bytes of code, %,d of them compressed; %,d deliberate traps",
                        survey.instructions(),
                        survey.walkedBytes(),
                        survey.compressed(),
                        survey.traps()));
        List<Op> used = Stream.of(Op.values())
                .filter(op -> survey.counts()[op.ordinal()] > 0)
                .sorted(Comparator.comparingLong((Op op) -> -survey.counts()[op.ordinal()]))
                .toList();
        for (int i = 0; i < used.size(); i += COLUMNS) {
            StringBuilder row = new StringBuilder();
            for (Op op : used.subList(i, Math.min(i + COLUMNS, used.size()))) {
                row.append(format(ROOT, "%-10s%,8d  ", op.mnemonic(), survey.counts()[op.ordinal()]));
            }
            line("", row.toString().stripTrailing());
        }
        if (survey.otherBytes() > 0) {
            line(
                    "other bytes",
                    format(ROOT, "%,d executable bytes outside of functions, not walked", survey.otherBytes()));
        }
    }

    private void printUnsupported(CodeSurvey survey) {
        List<CodeSurvey.Unsupported> unsupported = survey.unsupported();
        if (unsupported.isEmpty()) {
            line("unsupported", "none");
            return;
        }
        line(
                "unsupported",
                format(
                        ROOT,
                        "%,d: they trap if they are executed; recompile with -march=rv64imac -mabi=lp64",
                        unsupported.size()));
        for (CodeSurvey.Unsupported at : unsupported.subList(0, Math.min(MAX_UNSUPPORTED, unsupported.size()))) {
            String bits = format(ROOT, at.length() == 2 ? "%04x    " : "%08x", at.bits());
            line("", format(ROOT, "0x%08x  %s  %-24s %s", at.address(), bits, at.function(), at.hint()));
        }
        if (unsupported.size() > MAX_UNSUPPORTED) {
            line("", format(ROOT, "and %,d more; --json lists all", unsupported.size() - MAX_UNSUPPORTED));
        }
    }

    private void line(String label, String text) {
        out.println(format(ROOT, "%-14s %s", label, text));
    }
}
