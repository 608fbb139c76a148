package dev.aver.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PeakMemoryTest {
    @Test
    void readsTheFigureInKibibytes() {
        assertThat(PeakMemory.parse("Name:\tjava\nVmHWM:\t  1024 kB\nVmRSS:\t 10 kB\n"))
                .hasValue(1 << 20);
        assertThat(PeakMemory.parse("Name:\tjava\n")).isEmpty();
        assertThat(PeakMemory.parse("VmHWM:\tmuch kB\n")).isEmpty();
    }
}
