package dev.aver.server.config;

import java.util.Locale;

/**
 * Every setting, once: its name in the file, its default and what it means. The environment's name and the flag follow
 * from the name: {@code listen.port} is {@code AVER_LISTEN_PORT} and {@code --listen-port}.
 */
public enum Setting {
    /** Where data are kept. */
    DATA("data", Type.PATH, "aver-data", "directory of the database, programs, inputs and receipts"),

    LISTEN_HOST(
            "listen.host",
            Type.TEXT,
            "127.0.0.1",
            "address to listen on; beyond loopback it takes TLS or behind.proxy"),
    LISTEN_PORT("listen.port", Type.COUNT, "8547", "port, 0 for any"),
    BEHIND_PROXY(
            "behind.proxy",
            Type.SWITCH,
            "false",
            "a proxy before the server ends TLS, and its X-Forwarded-For names the clients"),
    TLS_CERTIFICATE("tls.certificate", Type.PATH, "", "PEM file of the certificate chain, the server's first"),
    TLS_KEY("tls.key", Type.PATH, "", "PEM file of its private key (PKCS #8)"),
    TLS_CLIENTS("tls.clients", Type.PATH, "", "PEM file of who signs the certificates that clients must then show"),

    MAX_PROGRAM("limit.program", Type.BYTES, "64m", "largest ELF file"),
    MAX_INPUT("limit.input", Type.BYTES, "512m", "largest input"),
    MAX_RECEIPT("limit.receipt", Type.BYTES, "256m", "largest receipt to verify"),
    CONNECTIONS("limit.connections", Type.COUNT, "2048", "open connections; more are closed"),
    REQUESTS("limit.requests", Type.COUNT, "256", "requests in work; more are refused with a hint when to ask again"),
    WAITS("limit.waits", Type.COUNT, "1024", "requests that wait for a job or watch it"),
    PER_ACCOUNT("limit.account.requests", Type.COUNT, "64", "of both, for one account each"),
    ACCOUNT_RATE("limit.account.rate", Type.COUNT, "200", "requests of one account in a second"),
    ADDRESS_RATE("limit.address.rate", Type.COUNT, "400", "requests from one address in a second"),
    PATIENCE("limit.seconds", Type.COUNT, "30", "seconds to wait for the next part of a body, or until one is taken"),
    UPLOAD_TIME("limit.upload.seconds", Type.COUNT, "900", "seconds for all of a body"),
    DRAIN("drain.seconds", Type.COUNT, "30", "seconds for requests and the step in work to end when told to stop"),

    METRICS_OPEN("metrics.open", Type.SWITCH, "false", "/metrics answers without an administrator's key"),
    LOG_LEVEL("log.level", Type.TEXT, "info", "error, warning, info or debug");

    /** What a value may be. */
    public enum Type {
        /** Anything. */
        TEXT,
        /** A path; empty for none. */
        PATH,
        /** true or false. */
        SWITCH,
        /** A number, from 0. */
        COUNT,
        /** A number of bytes, with k, m, g or t for powers of 1024. */
        BYTES,
        /** Anything, and never shown. */
        SECRET
    }

    private final String key;
    private final Type type;
    private final String standard;
    private final String meaning;

    Setting(String key, Type type, String standard, String meaning) {
        this.key = key;
        this.type = type;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** Its name in the file. */
    public String key() {
        return key;
    }

    /** What its value may be. */
    public Type type() {
        return type;
    }

    /** Its value if nothing says otherwise. */
    public String standard() {
        return standard;
    }

    /** What it means, in a line. */
    public String meaning() {
        return meaning;
    }

    /** Its name in the environment. */
    public String variable() {
        return "AVER_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Its flag. */
    public String flag() {
        return "--" + key.replace('.', '-');
    }
}
