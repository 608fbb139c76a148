package dev.aver.cli.remote;

import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.client.AverClient;
import dev.aver.client.RemoteException;
import dev.aver.client.States;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobState;
import java.io.PrintWriter;

/** Follows a job to its end: a live line on a terminal, a line for each state otherwise. */
final class Watching {
    /** To the beginning of the line, and clear it. */
    private static final String CLEAR = "\r\u001b[K";

    private Watching() {}

    /** Returns the exit status. */
    static int follow(AverClient client, String id, Environment environment)
            throws RemoteException, InterruptedException {
        PrintWriter err = environment.errText();
        String[] shown = {""};
        Job last = client.watch(id, job -> {
            if (environment.watched()) {
                err.print(CLEAR + "aver: " + JobLine.progress(job));
                err.flush();
            } else if (!States.isFinal(job.getState()) && !JobLine.state(job).equals(shown[0])) {
                shown[0] = JobLine.state(job);
                err.println("aver: " + shown[0]);
            }
        });
        err.println((environment.watched() ? CLEAR : "") + "aver: " + JobLine.end(last));
        return last.getState() == JobState.JOB_STATE_COMPLETED ? 0 : ExitStatus.NOT_COMPLETED.code();
    }
}
