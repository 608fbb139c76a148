package dev.aver.server.engine;

import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.Submission;
import dev.aver.server.store.Acceptance;
import dev.aver.server.store.Quota;
import java.time.Duration;

/** Why a submission was not accepted, in words for the caller. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofHours(1);

    private Refusals() {}

    static ServiceException of(Acceptance acceptance, Submission submission, Quota quota) {
        return switch (acceptance) {
            case Acceptance.Accepted accepted -> throw new IllegalArgumentException("it is no refusal");
            case Acceptance.Repeated repeated -> throw new IllegalArgumentException("it is no refusal");
            case Acceptance.Conflict conflict ->
                new ServiceException(
                        ErrorCode.IDEMPOTENCY_CONFLICT, "the idempotency key was used for another submission");
            case Acceptance.NoProgram none -> Errors.notFound("program", submission.program());
            case Acceptance.NoInput none ->
                Errors.notFound("input", submission.input().orElse(""));
            case Acceptance.InputDeleted deleted ->
                new ServiceException(ErrorCode.DELETED, "the input was deleted: upload it again");
            case Acceptance.NotHiding notHiding ->
                new ServiceException(
                        ErrorCode.NOT_HIDING,
                        "the input is private, and receipts do not hide it from whoever studies them: set"
                                + " acceptNotHiding if that is acceptable");
            case Acceptance.DoesNotFit(String why) -> new ServiceException(ErrorCode.DOES_NOT_FIT, why);
            case Acceptance.Overloaded(int jobs) ->
                new ServiceException(ErrorCode.OVERLOADED, "the server has %d jobs to do".formatted(jobs), SOON);
            case Acceptance.TooManyJobs(int jobs) ->
                new ServiceException(
                        ErrorCode.QUOTA_EXCEEDED,
                        "the account has %d unfinished jobs, and may have %d".formatted(jobs, quota.unfinishedJobs()),
                        SOON);
            case Acceptance.TooManyCycles(long cycles) ->
                new ServiceException(
                        ErrorCode.QUOTA_EXCEEDED,
                        "the account has used %d cycles today, and may use %d".formatted(cycles, quota.cyclesADay()),
                        LATER);
            case Acceptance.TooManyBytes(long bytes) ->
                new ServiceException(
                        ErrorCode.QUOTA_EXCEEDED,
                        "the account stores %d bytes, and may store %d".formatted(bytes, quota.storedBytes()),
                        LATER);
        };
    }
}
