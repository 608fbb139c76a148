package dev.aver.server.config;

import java.util.Locale;

/**
 * Every setting, once: its name in the file, its default and what it means. The environment's name and the flag follow
 * from the name: {@code listen.port} is {@code AVER_LISTEN_PORT} and {@code --listen-port}.
 */
public enum Setting {
    /** Where data are kept. */
    DATA("data", Type.PATH, "aver-data", "directory of the database, programs, inputs and receipts"),

    /** The master key itself, for those who keep secrets in the environment. */
    MASTER_KEY(
            "master.key",
            Type.SECRET,
            "",
            "64 hexadecimal digits that private inputs are encrypted with; else in the file"),
    MASTER_KEY_FILE(
            "master.key.file",
            Type.PATH,
            "",
            "file of the master key, made if it is not there; by default beside the data directory, ending in .key"),

    BACKUPS("backups", Type.PATH, "", "directory below which backups go; without one none are made"),

    MEMORY(
            "memory",
            Type.BYTES,
            "0",
            "memory that proofs may take together, as predicted; 0 for what the JVM may have"),
    PROVERS("provers", Type.COUNT, "2", "proofs at once, if their memory fits"),
    EXECUTORS("executors", Type.COUNT, "1", "programs that run at once, to be planned or as jobs"),
    JOB_HOURS("job.hours", Type.COUNT, "24", "hours that one attempt at a job may take"),
    QUEUE("queue", Type.COUNT, "10000", "unfinished jobs of all accounts together"),
    QUOTA_JOBS("quota.jobs", Type.COUNT, "1000", "unfinished jobs of an account"),
    QUOTA_CYCLES("quota.cycles", Type.BYTES, "4t", "cycles that an account's jobs may run in a day (UTC)"),
    QUOTA_BYTES("quota.bytes", Type.BYTES, "64g", "bytes of inputs and receipts kept for an account"),
    KEEP_INPUTS("keep.inputs.days", Type.COUNT, "7", "days that an input is kept, and as long as a job needs it"),
    KEEP_RECEIPTS("keep.receipts.days", Type.COUNT, "30", "days that receipts and profiles are kept"),
    KEEP_JOBS("keep.jobs.days", Type.COUNT, "90", "days that finished jobs are listed, no fewer than for receipts"),
    DISK_FLOOR("disk.floor", Type.BYTES, "1g", "disk space below which nothing is accepted"),
    STRIKES("strikes", Type.COUNT, "3", "deaths of the process in a row with a job before the job is given up"),

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
    MAX_CYCLES("limit.cycles", Type.BYTES, "64g", "cycles that a run may take"),
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
