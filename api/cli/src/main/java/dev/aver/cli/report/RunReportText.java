package dev.aver.cli.report;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.segment.CostModel;
import dev.aver.zkvm.segment.SegmentCost;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;

/** Prints a run report for people. */
public final class RunReportText {
    private RunReportText() {}

    /** Prints the last instructions before a trap or a limit, if they are known. */
    public static void printLastInstructions(Outcome outcome, PrintWriter out) {
        Outcome.Location where = switch (outcome) {
            case Outcome.Trapped trapped -> trapped.where();
            case Outcome.LimitReached reached -> reached.where();
            default -> null;
        };
        if (where != null && !where.recent().isEmpty()) {
            out.println("aver: last instructions:");
            where.recent().forEach(line -> out.println("  " + line));
        }
    }

    /** Prints what a run cost; nothing where there was none. */
    public static void print(RunReport report, PrintWriter out) {
        Execution execution = report.execution();
        if (execution == null) {
            return;
        }
        Totals totals = Totals.of(execution);
        RunReport.Verdict verdict = report.verdict();
        line(
                out,
                "outcome",
                verdict.exitCode() == null
                        ? verdict.outcome()
                        : verdict.outcome() + ", exit code " + Integer.toUnsignedString(verdict.exitCode()));
        double rate = report.wallSeconds() == 0 ? 0 : execution.cycles() / report.wallSeconds() / 1e6;
        line(
                out,
                "cycles",
                format(
                        ROOT,
                        "%,d in %.3f s: %.1f million a second (%s)",
                        execution.cycles(),
                        report.wallSeconds(),
                        rate,
                        report.engine()));
        line(out, "instructions", instructions(totals));
        line(
                out,
                "memory",
                format(
                        ROOT,
                        "%,d pages of %d bytes accessed, %,d misaligned accesses",
                        execution.memoryPages(),
                        MemoryMap.PAGE_SIZE,
                        execution.misalignedAccesses()));
        line(
                out,
                "input, journal",
                format(ROOT, "%,d bytes, %,d bytes", report.inputBytes(), execution.journal().length));
        SegmentCost largest = totals.largest();
        if (largest != null) {
            line(
                    out,
                    "segments",
                    format(
                            ROOT,
                            "%,d, the largest %,d cycles on %,d pages",
                            execution.segments().size(),
                            largest.cycles(),
                            largest.pages()));
            line(
                    out,
                    "cells",
                    format(
                            ROOT,
                            "%.1f per cycle with padding, which adds %.1f %%",
                            totals.paddedCellsPerCycle(),
                            100 * totals.paddingWaste()));
            CostModel model = CostModel.measured();
            line(
                    out,
                    "proving",
                    format(
                            ROOT,
                            "%.3g s on one core, %,d MiB (%s)",
                            model.provingSeconds(execution.segments()),
                            (model.peakBytes(execution.segments()) + (1 << 20) - 1) >> 20,
                            CostModel.MEASURED_BASIS));
        }
        if (execution.writes().clipped() + execution.writes().ignored() > 0) {
            line(
                    out,
                    "writes",
                    format(
                            ROOT,
                            "%,d clipped to mapped memory, %,d to unknown descriptors ignored",
                            execution.writes().clipped(),
                            execution.writes().ignored()));
        }
        for (SoftwareRoutine routine : report.warnings()) {
            line(out, "note", routine.message());
        }
    }

    /** Shares of the instruction classes, largest first. */
    private static String instructions(Totals totals) {
        StringJoiner text = new StringJoiner(", ");
        totals.instructions().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> text.add(
                        format(ROOT, "%s %.1f %%", entry.getKey(), 100.0 * entry.getValue() / totals.cycles())));
        return text.toString();
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(format(ROOT, "aver: %-14s  %s", label, text));
    }
}
