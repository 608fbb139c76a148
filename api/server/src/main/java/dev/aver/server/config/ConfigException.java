package dev.aver.server.config;

/** A setting is wrong; the message names it, where it was set, and what it may be. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    /** One line for the operator. */
    public ConfigException(String message) {
        super(message);
    }
}
