package dev.aver.client;

import dev.aver.proto.v1.JobState;

/** What the states of a job mean. */
public final class States {
    private States() {}

    /** Whether a job in this state never changes again; a state that is not known may change. */
    public static boolean isFinal(JobState state) {
        return switch (state) {
            case JOB_STATE_COMPLETED, JOB_STATE_FAILED, JOB_STATE_CANCELLED, JOB_STATE_EXPIRED -> true;
            case JOB_STATE_UNSPECIFIED, JOB_STATE_QUEUED, JOB_STATE_RUNNING, UNRECOGNIZED -> false;
        };
    }
}
