package dev.aver.server.service;

/** What a job does. */
public enum JobKind {
    /** Runs the program and keeps the journal and the run report. */
    EXECUTE,
    /** Proves the run: a composite receipt. */
    PROVE,
    /** Reserved: wraps a receipt for a chain. */
    WRAP,
    /** Reserved: joins receipts. */
    AGGREGATE
}
