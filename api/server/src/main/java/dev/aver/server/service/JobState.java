package dev.aver.server.service;

/**
 * Where a job stands. A job goes forward only; the last four are final. Clients must tolerate states they do not know.
 */
public enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** Its deadline came first. */
    EXPIRED;

    /** Whether it never changes again. */
    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }
}
