package dev.aver.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One file of several. */
final class TimelinesTest {
    private static String joined(String... files) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Timelines.join(List.of(files), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void allEventsInOrder() throws Exception {
        String first =
                "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[{\"pid\":1,\"args\":{\"cells\":[2]}},{\"pid\":1}]}\n";
        String second = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[{\"pid\":3}]}\n";
        assertThat(joined(first, second))
                .isEqualTo("{\"displayTimeUnit\":\"ms\",\"traceEvents\":"
                        + "[{\"pid\":1,\"args\":{\"cells\":[2]}},{\"pid\":1},{\"pid\":3}]}\n");
    }

    @Test
    void nothingIsAFileToo() throws Exception {
        assertThat(joined()).isEqualTo("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[]}\n");
    }
}
