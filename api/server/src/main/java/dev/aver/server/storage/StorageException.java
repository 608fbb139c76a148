package dev.aver.server.storage;

import java.io.IOException;

/** Storage that did not do what it was asked to. What was asked for has not happened. */
public final class StorageException extends IOException {
    /** What can be done about it. */
    public enum Kind {
        /** The disk is full, or fuller than the server lets it become. */
        FULL,
        /** Another process holds the database. */
        BUSY,
        /** It cannot be read or written: permissions, a read-only or broken disk. */
        BROKEN,
        /** What is stored is not what was written. */
        DAMAGED
    }

    private final Kind kind;

    /** With a message for the operator; it names no secret. */
    public StorageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** With its cause. */
    public StorageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What can be done about it. */
    public Kind kind() {
        return kind;
    }
}
