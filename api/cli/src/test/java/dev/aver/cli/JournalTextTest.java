package dev.aver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "balance: 12\n", "a\tb", "höhe 3 µm", "数"})
    void textIsText(String text) {
        assertThat(JournalText.of(text.getBytes(StandardCharsets.UTF_8))).hasValue(text);
    }

    /** Escape sequences and the characters that turn text around could show something else than is there. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001b[2J", "a\rb", "\u202e", "\u0085"})
    void whatATerminalObeysIsNot(String text) {
        assertThat(JournalText.of(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void otherBytesAreNot() {
        assertThat(JournalText.of(new byte[] {(byte) 0xff})).isEmpty();
        assertThat(JournalText.of(new byte[] {'a', (byte) 0xc3})).isEmpty();
    }
}
