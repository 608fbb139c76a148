package dev.aver.server.store;

/** What became of a submission. */
public sealed interface Acceptance {
    /** A new job. */
    record Accepted(JobRow job) implements Acceptance {}

    /** The job that the same submission with this idempotency key gave before. */
    record Repeated(JobRow job) implements Acceptance {}

    /** The idempotency key belongs to another submission. */
    record Conflict() implements Acceptance {}

    /** The program is not registered. */
    record NoProgram() implements Acceptance {}

    /** The account has no such input. */
    record NoInput() implements Acceptance {}

    /** It had, and it was deleted. */
    record InputDeleted() implements Acceptance {}

    /** The input is private, and the submission does not accept that the receipt does not hide it. */
    record NotHiding() implements Acceptance {}

    /** What it would take is known, and exceeds what the server has. */
    record DoesNotFit(String why) implements Acceptance {}

    /** The server has as many unfinished jobs as it takes. */
    record Overloaded(int jobs) implements Acceptance {}

    /** The account has as many unfinished jobs as it may. */
    record TooManyJobs(int jobs) implements Acceptance {}

    /** The account has used its cycles of today. */
    record TooManyCycles(long cycles) implements Acceptance {}

    /** The account stores as many bytes as it may. */
    record TooManyBytes(long bytes) implements Acceptance {}
}
