package dev.aver.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class TimesTest {
    @Test
    void readsDurations() {
        Times.Span span = new Times.Span();
        assertThat(span.convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(span.convert("90")).isEqualTo(Duration.ofSeconds(90));
        assertThat(span.convert("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(span.convert("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(span.convert("7d")).isEqualTo(Duration.ofDays(7));
        for (String wrong : new String[] {"", "d", "-1d", "1.5h", "1w", "9999999999d", "\u0661d"}) {
            assertThatExceptionOfType(TypeConversionException.class).as(wrong).isThrownBy(() -> span.convert(wrong));
        }
    }

    @Test
    void readsTimes() {
        Times.Moment moment = new Times.Moment();
        assertThat(moment.convert("2030-01-31")).isEqualTo(Instant.parse("2030-01-31T00:00:00Z"));
        assertThat(moment.convert("2030-01-31T12:00:00Z")).isEqualTo(Instant.parse("2030-01-31T12:00:00Z"));
        for (String wrong : new String[] {"", "tomorrow", "2030-02-30", "2030-01-31T12:00"}) {
            assertThatExceptionOfType(TypeConversionException.class).as(wrong).isThrownBy(() -> moment.convert(wrong));
        }
    }
}
