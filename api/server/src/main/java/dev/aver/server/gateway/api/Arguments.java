package dev.aver.server.gateway.api;

import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what a caller says before anything is done with it; the errors name the field. */
final class Arguments {
    static final int MOST_IN_PAGE = 200;
    static final int PAGE = 50;
    private static final int LONGEST_LABEL = 128;
    private static final int LONGEST_TOKEN = 512;

    private static final Pattern PROGRAM = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern IMAGE = Pattern.compile("[0-9a-fA-F]{2,256}");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private Arguments() {}

    static String program(String id) throws ServiceException {
        return matching(id, PROGRAM, "programId", "64 lower-case hexadecimal digits");
    }

    static String job(String id) throws ServiceException {
        return matching(id, RANDOM, "jobId", "32 lower-case hexadecimal digits");
    }

    static Optional<String> input(String id) throws ServiceException {
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(matching(id, RANDOM, "inputId", "32 lower-case hexadecimal digits"));
    }

    static String image(String id) throws ServiceException {
        return matching(id, IMAGE, "imageId", "hexadecimal digits");
    }

    static String key(String id) throws ServiceException {
        return matching(id, KEY, "keyId", "16 lower-case hexadecimal digits");
    }

    static String backup(String name) throws ServiceException {
        return matching(name, BackupInfo.NAME, "name", "1 to 64 of a-z, 0-9 and -, the first no -");
    }

    static Optional<String> account(String name) throws ServiceException {
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(matching(name, ACCOUNT, "account", "1 to 64 of a-z, 0-9 and -"));
    }

    static Optional<String> idempotencyKey(String key) throws ServiceException {
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(matching(key, PRINTABLE, "idempotencyKey", "1 to 128 printable ASCII characters"));
    }

    /** A text that is shown to others: no control characters. */
    static String label(String text, String field) throws ServiceException {
        if (text.length() > LONGEST_LABEL) {
            throw invalid(field, "at most " + LONGEST_LABEL + " characters, and it has " + text.length());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, "without control characters");
        }
        return text;
    }

    static int pageSize(int size) throws ServiceException {
        return size == 0 ? PAGE : range(size, 1, MOST_IN_PAGE, "pageSize");
    }

    static Optional<String> token(String token) throws ServiceException {
        if (token.length() > LONGEST_TOKEN) {
            throw invalid("pageToken", "one that a list gave");
        }
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    static int range(int value, int least, int most, String field) throws ServiceException {
        if (value < least || value > most) {
            throw invalid(field, least + " to " + most + ", and it is " + value);
        }
        return value;
    }

    static ServiceException invalid(String field, String wanted) {
        return new ServiceException(ErrorCode.INVALID_ARGUMENT, field + " must be " + wanted);
    }

    private static String matching(String value, Pattern pattern, String field, String wanted) throws ServiceException {
        if (!pattern.matcher(value).matches()) {
            throw invalid(field, wanted);
        }
        return value;
    }
}
