package dev.aver.prover;

/** A backend was asked for that this JVM or machine has not; the message says what is missing. */
public final class UnavailableBackendException extends Exception {
    UnavailableBackendException(String message) {
        super(message);
    }
}
