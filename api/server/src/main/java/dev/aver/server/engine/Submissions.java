package dev.aver.server.engine;

import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.Submission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a submission before anything is looked up. Messages name the field. */
final class Submissions {
    private static final Set<String> SUITES = Set.of("poseidon2", "blake3");
    private static final Pattern PROGRAM = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");
    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}{0,128}");

    private Submissions() {}

    /** The submission, its deadline as precise as the store keeps it. */
    static Submission checked(Submission submission, Instant now, long mostCycles) throws ServiceException {
        JobKind kind = submission.kind();
        if (kind != JobKind.EXECUTE && kind != JobKind.PROVE) {
            throw new ServiceException(ErrorCode.UNIMPLEMENTED, "this server does not " + kind + " yet");
        }
        require(PROGRAM.matcher(submission.program()).matches(), "program", "is 64 hexadecimal digits in lower case");
        require(
                submission.input().map(id -> ID.matcher(id).matches()).orElse(true),
                "input",
                "is 32 hexadecimal digits in lower case");
        require(SUITES.contains(submission.suite()), "suite", "is poseidon2 or blake3");
        require(submission.securityBits() >= 100 && submission.securityBits() <= 128, "securityBits", "is 100 to 128");
        OptionalLong cycles = submission.maxCycles();
        require(
                cycles.isEmpty() || (cycles.getAsLong() >= 1 && cycles.getAsLong() <= mostCycles),
                "maxCycles",
                "is 1 to the server's limit of " + mostCycles);
        require(submission.priority() >= 0 && submission.priority() <= 9, "priority", "is 0 to 9");
        Optional<Instant> deadline = submission.deadline();
        require(deadline.isEmpty() || deadline.get().isAfter(now), "deadline", "is in the future");
        require(
                submission
                        .idempotencyKey()
                        .map(key -> PRINTABLE.matcher(key).matches())
                        .orElse(true),
                "idempotencyKey",
                "is 1 to 128 printable ASCII characters");
        requireText("label", submission.label());
        return new Submission(
                kind,
                submission.program(),
                submission.input(),
                submission.suite(),
                submission.securityBits(),
                submission.bindInput(),
                cycles,
                submission.priority(),
                deadline.map(at -> at.truncatedTo(ChronoUnit.MILLIS)),
                submission.acceptNotHiding(),
                submission.deleteWhenDone(),
                submission.idempotencyKey(),
                submission.label());
    }

    static void requireText(String field, String value) throws ServiceException {
        require(TEXT.matcher(value).matches(), field, "is at most 128 characters, none of them control characters");
    }

    /** Refuses a page size out of range. */
    static void requirePageSize(int size) throws ServiceException {
        require(size >= 1 && size <= 1000, "pageSize", "is 1 to 1000");
    }

    static void require(boolean holds, String field, String rule) throws ServiceException {
        if (!holds) throw Errors.invalid(field + " " + rule);
    }
}
