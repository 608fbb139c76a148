package dev.aver.cli.inspect;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.circuits.chips.Machine;
import dev.aver.cli.JournalText;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.ProofTables;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Prints what a receipt says for people. */
final class ReceiptInspectionText {
    /** Bytes of the journal and segments that are shown; the JSON form has them all. */
    private static final int MAX_JOURNAL = 256;

    private static final int MAX_SEGMENTS = 16;

    private ReceiptInspectionText() {}

    static void print(ReceiptInspection inspection, PrintWriter out) {
        Receipt receipt = inspection.receipt();
        line(out, "file", format(ROOT, "%s, %,d bytes", inspection.path(), inspection.fileBytes()));
        line(
                out,
                "kind",
                format(
                        ROOT,
                        "composite receipt, format %d, machine %d; not verified",
                        Receipt.FORMAT_VERSION,
                        Machine.VERSION));
        line(out, "key", receipt.keyDigest());
        line(out, "image id", receipt.image().id().toString());
        line(out, "input digest", receipt.inputDigest().toString());
        line(out, "exit code", Integer.toUnsignedString(receipt.exitCode()));
        journal(receipt.journal(), out);
        Parameters parameters = receipt.parameters();
        line(
                out,
                "parameters",
                format(
                        ROOT,
                        "%s, rate 1/%d, %d queries, %d bits of work",
                        parameters.suite().name(),
                        1 << parameters.logBlowup(),
                        parameters.queries(),
                        parameters.grindingBits()));
        line(
                out,
                "security",
                format(
                        ROOT,
                        "%d provable bits if it is valid",
                        inspection.security().bits()));
        line(
                out,
                "cycles",
                format(
                        ROOT,
                        "%,d in %,d segments",
                        receipt.cycles(),
                        receipt.segments().size()));
        for (int i = 0; i < Math.min(MAX_SEGMENTS, receipt.segments().size()); i++) {
            Receipt.Segment segment = receipt.segments().get(i);
            line(
                    out,
                    "segment " + i,
                    format(ROOT, "%,d cycles, a proof of %,d bytes", segment.cycles(), segment.proof().length));
            line(out, "", tables(segment.tables()));
        }
        if (receipt.segments().size() > MAX_SEGMENTS) {
            line(
                    out,
                    "",
                    format(
                            ROOT,
                            "and %,d more; --json lists all",
                            receipt.segments().size() - MAX_SEGMENTS));
        }
    }

    private static void journal(byte[] journal, PrintWriter out) {
        line(out, "journal", format(ROOT, "%,d bytes", journal.length));
        if (journal.length > 0) {
            String more = journal.length > MAX_JOURNAL ? "…" : "";
            line(out, "", HexFormat.of().formatHex(journal, 0, Math.min(journal.length, MAX_JOURNAL)) + more);
        }
        if (journal.length <= MAX_JOURNAL) {
            JournalText.of(journal).ifPresent(text -> text.lines().forEach(part -> line(out, "", "| " + part)));
        }
    }

    private static String tables(ProofTables tables) {
        StringJoiner text = new StringJoiner(", ");
        for (int place = 0; place < tables.tables().size(); place++) {
            text.add(format(
                    ROOT,
                    "%s 2^%d",
                    tables.kind(place).air().name(),
                    tables.tables().get(place).logHeight()));
        }
        return text.toString();
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(format(ROOT, "%-14s %s", label, text));
    }
}
