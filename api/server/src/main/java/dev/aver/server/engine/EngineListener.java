package dev.aver.server.engine;

import dev.aver.server.service.Job;

/**
 * Told what an engine does, for logs and metrics. Called on the engine's threads, which wait: be quick. What it is told
 * holds no secret and no input.
 */
public interface EngineListener {
    /** Is told everything and says nothing. */
    EngineListener NONE = new EngineListener() {};

    /** A job was accepted. */
    default void accepted(Job job) {}

    /** A job runs, for the first time or again. */
    default void started(Job job) {}

    /** A segment is proven: its cycles and the seconds since the one before it. */
    default void proven(Job job, int cycles, double seconds) {}

    /** A job is final. */
    default void finished(Job job) {}

    /** Something went wrong that an operator should know of; {@code jobId} is empty if it is about no job. */
    default void trouble(String jobId, String message, Throwable cause) {}
}
