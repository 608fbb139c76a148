package dev.aver.cli.remote;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.client.States;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobState;
import dev.aver.proto.v1.Progress;

/** A job in one line. */
final class JobLine {
    private static final int WIDTH = 24;
    private static final String PREFIX = "JOB_STATE_";

    private JobLine() {}

    /** Its state in lower case. */
    static String state(Job job) {
        JobState state = job.getState();
        return state == JobState.UNRECOGNIZED || state == JobState.JOB_STATE_UNSPECIFIED
                ? "state " + job.getStateValue()
                : state.name().substring(PREFIX.length()).toLowerCase(ROOT);
    }

    /** How far it is, with a bar. */
    static String progress(Job job) {
        if (!job.hasProgress() || States.isFinal(job.getState()) || job.getState() == JobState.JOB_STATE_QUEUED) {
            return state(job);
        }
        Progress progress = job.getProgress();
        double done = progress.getCycles() > 0
                ? (double) progress.getCyclesDone() / progress.getCycles()
                : progress.getSegments() > 0 ? (double) progress.getSegmentsDone() / progress.getSegments() : 0;
        int filled = (int) Math.round(Math.clamp(done, 0, 1) * WIDTH);
        return format(
                ROOT,
                "segment %d of %s  %-11s  [%s%s] %d %%  %.1f kHz%s",
                Math.min(progress.getSegmentsDone() + 1, Math.max(1, progress.getSegments())),
                progress.hasSegments() ? progress.getSegments() : "?",
                progress.getPhase(),
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                (int) (100 * done),
                progress.getKhz(),
                progress.hasSecondsLeft() ? format(ROOT, "  %.0f s left", progress.getSecondsLeft()) : "");
    }

    /** What it came to. */
    static String end(Job job) {
        return switch (job.getState()) {
            case JOB_STATE_COMPLETED ->
                format(
                        ROOT,
                        "completed: exit code %d, %,d cycles%s",
                        job.getResult().getExitCode(),
                        job.getResult().getCycles(),
                        job.getResult().hasReceiptBytes()
                                ? format(
                                        ROOT,
                                        ", receipt of %,d bytes at %d provable bits",
                                        job.getResult().getReceiptBytes(),
                                        job.getResult().getProvableBits())
                                : "");
            case JOB_STATE_FAILED ->
                "failed: "
                        + (job.getFailure().getCode().isEmpty()
                                ? ""
                                : job.getFailure().getCode() + ": ")
                        + job.getFailure().getMessage()
                        + (job.getFailure().getRetryable() ? " (may succeed again)" : "");
            default -> state(job);
        };
    }
}
