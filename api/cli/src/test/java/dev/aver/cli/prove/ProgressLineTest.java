package dev.aver.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aver.prover.Plan;
import dev.aver.prover.ProgressListener.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressLineTest {
    private static final Plan PLAN = new Plan(4_000_000, 4, 1 << 20, 1 << 28, 1L << 30, 100, 2, 230, "scalar");

    @Test
    void beforeAnythingIsMeasuredThePlanIsBelieved() {
        ProgressLine line = new ProgressLine(PLAN);
        assertThat(line.done()).isZero();
        assertThat(line.left(10)).isEqualTo(90);
        assertThat(line.text(10)).contains("segment 1 of 4", "0 %", "1 min 30 s left");
    }

    @Test
    void afterwardsTheClockIs() {
        ProgressLine line = new ProgressLine(PLAN);
        line.segment(1_000_000, false, 50);
        assertThat(line.done()).isEqualTo(0.25);
        assertThat(line.left(50)).isEqualTo(150);
        assertThat(line.left(60)).isEqualTo(140);
        line.phase(Phase.OPEN, 80);
        assertThat(line.done()).isEqualTo(0.25 + 0.8 / 4, within(1e-9));
        assertThat(line.text(80)).contains("segment 2 of 4", "open", "22.5 kHz");
    }

    @Test
    void foundSegmentsTookNoTime() {
        ProgressLine line = new ProgressLine(PLAN);
        line.segment(1_000_000, true, 0);
        line.segment(1_000_000, true, 0);
        assertThat(line.done()).isEqualTo(0.5);
        assertThat(line.left(0)).isEqualTo(50);
        line.segment(1_000_000, false, 40);
        assertThat(line.left(40)).isEqualTo(40);
    }

    @Test
    void theEndIsReached() {
        ProgressLine line = new ProgressLine(PLAN);
        for (int i = 1; i <= 4; i++) {
            line.segment(1_000_000, false, 10 * i);
        }
        assertThat(line.done()).isEqualTo(1);
        assertThat(line.left(40)).isZero();
        assertThat(line.text(40)).contains("segment 4 of 4", "100 %");
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59, 59 s", "60, 1 min 00 s", "125, 2 min 05 s", "3600, 1 h 00 min", "9000, 2 h 30 min"})
    void durationsAreReadable(double seconds, String text) {
        assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
    }
}
