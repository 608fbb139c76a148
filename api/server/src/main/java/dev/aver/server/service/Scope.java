package dev.aver.server.service;

/** What a key may be used for. */
public enum Scope {
    /** Registering programs, uploading inputs, submitting and cancelling the account's own jobs. */
    SUBMIT,
    /** Reading the account's own jobs and receipts. */
    READ,
    /** Everything, of every account, and keys. */
    ADMIN
}
