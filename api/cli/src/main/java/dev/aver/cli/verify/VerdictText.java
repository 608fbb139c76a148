package dev.aver.cli.verify;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.cli.JournalText;
import dev.aver.verifier.Claim;
import dev.aver.verifier.Receipt;
import java.io.PrintWriter;
import java.util.HexFormat;

/** Prints a verdict for people. */
final class VerdictText {
    /** Bytes of a journal that are shown; the JSON form has them all. */
    private static final int MAX_JOURNAL = 4096;

    private VerdictText() {}

    static void print(Verdict verdict, boolean explain, PrintWriter out) {
        verdict.claim().ifPresent(claim -> print(claim, verdict, out));
        if (explain) {
            verdict.security().ifPresent(security -> {
                if (!verdict.valid()) {
                    out.println("the receipt is not valid; if it were, its security would be:");
                }
                security.lines().forEach(out::println);
            });
        }
    }

    private static void print(Claim claim, Verdict verdict, PrintWriter out) {
        out.println(format(ROOT, "valid, checked in %.3f s", verdict.wallSeconds()));
        line(out, "image id", claim.imageId().toString());
        line(out, "exit code", Integer.toUnsignedString(claim.exitCode()));
        Receipt receipt = verdict.receipt().orElseThrow();
        int segments = receipt.segments().size();
        line(
                out,
                "cycles",
                format(ROOT, "%,d in %s", claim.cycles(), segments == 1 ? "1 segment" : segments + " segments"));
        line(out, "input digest", claim.inputDigest().toString());
        journal(claim.journal(), out);
        line(
                out,
                "security",
                format(
                        ROOT,
                        "%d provable bits, %s",
                        verdict.security().orElseThrow().bits(),
                        receipt.parameters().suite().name()));
    }

    private static void journal(byte[] journal, PrintWriter out) {
        boolean whole = journal.length <= MAX_JOURNAL;
        String cut = whole ? "" : format(ROOT, "; the first %,d, all with --json:", MAX_JOURNAL);
        line(out, "journal", format(ROOT, "%,d bytes%s", journal.length, cut));
        if (journal.length == 0) {
            return;
        }
        line(out, "", HexFormat.of().formatHex(journal, 0, Math.min(journal.length, MAX_JOURNAL)));
        if (whole) {
            JournalText.of(journal).ifPresent(text -> text.lines().forEach(part -> line(out, "", "| " + part)));
        }
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(format(ROOT, "%-14s%s", label, text));
    }
}
