package dev.aver.cli.prove;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener.Phase;
import dev.aver.verifier.Receipt;
import java.io.PrintWriter;
import java.util.StringJoiner;

/** Prints what a proof took for people. */
final class ProofReportText {
    private ProofReportText() {}

    static void print(ProofReport report, PrintWriter out) {
        Plan plan = report.proved().plan();
        Receipt receipt = report.proved().receipt();
        line(out, "receipt", format(ROOT, "%s, %,d bytes", report.out(), report.proofBytes()));
        line(out, "image id", report.imageId().toString());
        line(out, "exit code", Integer.toUnsignedString(receipt.exitCode()));
        line(out, "journal", format(ROOT, "%,d bytes", receipt.journal().length));
        if (report.inputBound()) {
            line(out, "input digest", receipt.inputDigest().toString());
        }
        line(
                out,
                "cycles",
                format(
                        ROOT,
                        "%,d in %s of at most %,d",
                        report.cycles(),
                        plan.segments() == 1 ? "1 segment" : plan.segments() + " segments",
                        plan.segmentCycles()));
        if (report.resumed() > 0) {
            line(out, "", report.resumed() + " found in the checkpoint");
        }
        line(
                out,
                "time",
                format(
                        ROOT,
                        "%.1f s on %d cores, %.1f kHz (%.1f s predicted)",
                        report.wallSeconds(),
                        plan.cores(),
                        report.kilohertz(),
                        plan.seconds()));
        line(out, "phases", phases(report));
        report.peakBytes()
                .ifPresent(bytes -> line(
                        out,
                        "memory",
                        format(
                                ROOT,
                                "%,d MiB at the peak (%,d MiB of heap predicted)",
                                bytes >> 20,
                                plan.peakBytes() >> 20)));
        line(
                out,
                "security",
                format(
                        ROOT,
                        "%d provable bits, %d queries, %s",
                        report.proved().provableBits(),
                        plan.queries(),
                        receipt.parameters().suite().name()));
        line(out, "backend", plan.backend());
    }

    private static String phases(ProofReport report) {
        StringJoiner text = new StringJoiner(", ");
        for (Phase phase : Phase.values()) {
            text.add(format(ROOT, "%s %.1f s", ProofReportJson.name(phase), report.seconds(phase)));
        }
        return text.add(format(ROOT, "other %.1f s", report.otherSeconds())).toString();
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(format(ROOT, "%-14s%s", label, text));
    }
}
