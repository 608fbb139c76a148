package dev.aver.cli.prove;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener.Phase;

/** How far a proof is, in one line. Knows no terminal and no clock: seconds count from the plan. */
final class ProgressLine {
    /** Shares of a segment's time, by phase; rough, since they depend on the program and the machine. */
    private static final double[] SHARES = {0, 0.01, 0.04, 0.35, 0.15, 0.25, 0.18, 0.02};

    /** Before this much is done, the plan knows better than the clock how long the rest takes. */
    private static final double MEASURABLE = 0.05;

    private static final int WIDTH = 24;

    private final Plan plan;
    private Phase phase = Phase.RECORD;
    private double since;
    private int segmentsDone;
    private long cyclesDone;
    private long cyclesResumed;

    ProgressLine(Plan plan) {
        this.plan = plan;
    }

    /** A phase begins. */
    void phase(Phase begun, double seconds) {
        phase = begun;
        since = seconds;
    }

    /** A segment is there. */
    void segment(int cycles, boolean resumed, double seconds) {
        segmentsDone++;
        cyclesDone += cycles;
        if (resumed) {
            cyclesResumed += cycles;
        }
        phase(Phase.RECORD, seconds);
    }

    /** How much of the proof is there, 0 to 1: finished segments, and the finished phases of the one in work. */
    double done() {
        double inWork = segmentsDone == plan.segments()
                ? 0
                : (double) (plan.cycles() - cyclesDone) / (plan.segments() - segmentsDone);
        double finished = 0;
        for (int i = 0; i < phase.ordinal(); i++) {
            finished += SHARES[i];
        }
        return (cyclesDone + finished * inWork) / plan.cycles();
    }

    /** Seconds that the rest will take. */
    double left(double seconds) {
        double done = done();
        double proven = proven();
        double rest = proven < MEASURABLE ? plan.seconds() * (1 - done) : since / proven * (1 - done);
        return Math.max(0, rest - (seconds - since));
    }

    /** What of it was proven now and not found. */
    private double proven() {
        return done() - (double) cyclesResumed / plan.cycles();
    }

    /** The line. */
    String text(double seconds) {
        double done = done();
        int filled = (int) Math.round(done * WIDTH);
        double rate = since == 0 ? 0 : proven() * plan.cycles() / since / 1e3;
        return format(
                ROOT,
                "segment %d of %d  %-11s  [%s%s] %d %%  %.1f kHz  %s left",
                Math.min(segmentsDone + 1, plan.segments()),
                plan.segments(),
                ProofReportJson.name(phase),
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                (int) (100 * done),
                rate,
                duration(left(seconds)));
    }

    /** 5 s, 2 min 05 s, 3 h 20 min. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? format(ROOT, "%d min %02d s", whole / 60, whole % 60)
                : format(ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
}
