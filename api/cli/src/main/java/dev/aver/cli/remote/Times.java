package dev.aver.cli.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times and durations on the command line. */
final class Times {
    private Times() {}

    /** A moment. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.indexOf('T') >= 0
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time such as 2030-01-31 or 2030-01-31T12:00:00Z, in UTC");
            }
        }
    }

    /** A duration, in whole seconds. */
    static final class Span implements ITypeConverter<Duration> {
        private static final int LONGEST = 9;

        @Override
        public Duration convert(String text) {
            int last = text.length() - 1;
            int unit = last < 0 ? -1 : "smhd".indexOf(text.charAt(last));
            String digits = unit < 0 ? text : text.substring(0, last);
            if (digits.isEmpty()
                    || digits.length() > LONGEST
                    || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 90s, 30m, 12h or 7d");
            }
            long number = Long.parseLong(digits);
            return switch (unit) {
                case 1 -> Duration.ofMinutes(number);
                case 2 -> Duration.ofHours(number);
                case 3 -> Duration.ofDays(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }

    /** A protobuf timestamp. */
    static com.google.protobuf.Timestamp timestamp(Instant instant) {
        return com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** A protobuf timestamp, back. */
    static Instant instant(com.google.protobuf.Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
