package dev.aver.server.app;

import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineListener;
import dev.aver.server.ops.Metrics;
import dev.aver.server.service.Job;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/** What an engine does, as metrics and log lines. */
final class EngineFigures implements EngineListener {
    private static final System.Logger LOG = System.getLogger(EngineFigures.class.getName());
    private static final double[] SECONDS = {0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 43_200};
    private static final double[] KHZ = {5, 10, 20, 40, 60, 80, 100, 150, 200, 400};
    private static final double[] GIBIBYTES = {0.5, 1, 2, 3, 4, 6, 8, 12, 16, 32};

    private final Metrics.Counters accepted;
    private final Metrics.Counters finished;
    private final Metrics.Counters failures;
    private final Metrics.Counters cycles;
    private final Metrics.Histograms waiting;
    private final Metrics.Histograms running;
    private final Metrics.Histograms speed;
    private final Metrics.Histograms predicted;
    private final Metrics.Histograms actual;

    EngineFigures(Metrics metrics) {
        accepted = metrics.counters("aver_jobs_accepted_total", "Jobs accepted", "kind");
        finished = metrics.counters("aver_jobs_finished_total", "Jobs that became final", "kind", "state");
        failures = metrics.counters("aver_job_failures_total", "Failed jobs, by whose fault it is", "failure");
        cycles = metrics.counters("aver_cycles_proven_total", "Cycles of proven segments");
        waiting = metrics.histograms("aver_job_wait_seconds", "From acceptance to the first start", SECONDS, "kind");
        running = metrics.histograms("aver_job_run_seconds", "From the first start to the end", SECONDS, "kind");
        speed = metrics.histograms("aver_segment_khz", "Thousand cycles proven a second, by segment", KHZ);
        predicted = metrics.histograms("aver_job_memory_predicted_gibibytes", "Memory admitted for a proof", GIBIBYTES);
        actual = metrics.histograms(
                "aver_job_memory_peak_gibibytes", "The process's peak resident memory while a job ran", GIBIBYTES);
    }

    /** What is asked for when metrics are read. */
    static void gauges(Metrics metrics, Engine engine) {
        metrics.gauge(
                "aver_jobs_waiting",
                "Jobs that wait for a worker or for memory",
                () -> engine.status().waiting());
        metrics.gauge(
                "aver_jobs_running",
                "Jobs that a worker has",
                () -> engine.status().running());
        metrics.gauge(
                "aver_memory_admitted_bytes",
                "Predicted memory of the proofs that run",
                () -> engine.status().memoryTaken());
        metrics.gauge(
                "aver_memory_limit_bytes",
                "Memory that proofs may take together",
                () -> engine.status().memory());
        metrics.gauge(
                "aver_disk_free_bytes",
                "Disk space left where data are kept",
                () -> engine.status().diskFree());
    }

    @Override
    public void accepted(Job job) {
        accepted.of(job.submission().kind().name()).increment();
    }

    @Override
    public void started(Job job) {
        if (job.attempts() == 1)
            seconds(waiting, job, job.created(), job.started().orElse(job.created()));
        LOG.log(Level.INFO, "job " + job.id() + " runs, attempt " + job.attempts());
    }

    @Override
    public void proven(Job job, int count, double seconds) {
        cycles.of().add(count);
        if (seconds > 0) speed.of().record(count / seconds / 1_000);
    }

    @Override
    public void finished(Job job) {
        String kind = job.submission().kind().name();
        finished.of(kind, job.state().name()).increment();
        job.failure().ifPresent(failure -> failures.of(failure.kind().name()).increment());
        if (job.started().isPresent() && job.finished().isPresent()) {
            seconds(running, job, job.started().get(), job.finished().get());
        }
        job.progress().ifPresent(last -> {
            if (last.memoryPredicted() > 0) predicted.of().record(last.memoryPredicted() / 0x1p30);
        });
        job.result().ifPresent(result -> actual.of().record(result.peakRssBytes() / 0x1p30));
        LOG.log(Level.INFO, "job " + job.id() + " is " + job.state());
    }

    @Override
    public void trouble(String jobId, String message, Throwable cause) {
        LOG.log(Level.WARNING, jobId.isEmpty() ? message : "job " + jobId + ": " + message, cause);
    }

    private static void seconds(Metrics.Histograms histograms, Job job, Instant from, Instant to) {
        histograms
                .of(job.submission().kind().name())
                .record(Duration.between(from, to).toMillis() / 1e3);
    }
}
