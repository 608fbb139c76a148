package dev.aver.server.service;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A copy of the server's data, in a directory of its own below the one for backups.
 *
 * @param name the directory's
 * @param state where it stands
 * @param at when this was so; when it was completed, if it is
 * @param bytes what is in it by now
 * @param failure why it failed, if this process knows, or empty
 */
public record BackupInfo(String name, State state, Instant at, long bytes, String failure) {
    /** What a backup may be called: nothing that a file system gives a meaning to. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /** Where a backup stands. */
    public enum State {
        /** Is being written. */
        RUNNING,
        /** A server can be started from it. */
        COMPLETED,
        /** Was not finished; asking for it again goes on. */
        FAILED
    }
}
