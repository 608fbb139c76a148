package dev.aver.server.store;

/** A page token that no page gave. */
public final class BadTokenException extends Exception {
    BadTokenException() {
        super("the page token is not one that an earlier page gave");
    }
}
