package dev.aver.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @Test
    void flagsComeBeforeTheEnvironmentBeforeTheFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("aver.properties"), "listen.port = 1\nlimit.waits = 2\nlimit.input = 3m\n");
        Config config = Config.of(
                Optional.of(file),
                Map.of("AVER_LISTEN_PORT", "4", "AVER_LIMIT_WAITS", "5"),
                Map.of("--listen-port", "6"));
        assertThat(config.count(Setting.LISTEN_PORT)).isEqualTo(6);
        assertThat(config.count(Setting.WAITS)).isEqualTo(5);
        assertThat(config.bytes(Setting.MAX_INPUT)).isEqualTo(3 << 20);
        assertThat(config.text(Setting.LISTEN_HOST)).isEqualTo("127.0.0.1");
        assertThat(config.effective())
                .contains("listen.port")
                .contains("# --listen-port")
                .contains("# AVER_LIMIT_WAITS")
                .contains("# " + file);
    }

    private static Config with(String... flags) throws ConfigException {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < flags.length; i += 2) {
            given.put(flags[i], flags[i + 1]);
        }
        return Config.of(Optional.empty(), Map.of(), given);
    }

    @Test
    void namesWhatIsWrong(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> with("--listen-port", "70000")).hasMessageContaining("listen.port must be 0 to 65535");
        assertThatThrownBy(() -> with("--limit-waits", "-1")).hasMessageContaining("limit.waits");
        assertThatThrownBy(() -> with("--limit-input", "1e")).hasMessageContaining("limit.input");
        assertThatThrownBy(() -> with("--limit-input", "9999999999g")).hasMessageContaining("limit.input");
        assertThatThrownBy(() -> with("--limit-input", "")).hasMessageContaining("limit.input");
        assertThatThrownBy(() -> with("--behind-proxy", "yes")).hasMessageContaining("true or false");
        Path file = Files.writeString(directory.resolve("f"), "listen.prot = 1\n");
        assertThatThrownBy(() -> Config.of(Optional.of(file), Map.of(), Map.of()))
                .hasMessageContaining("listen.prot");
        assertThatThrownBy(() -> Config.of(Optional.of(directory.resolve("none")), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class);
    }

    /** Keys must not go over a network in the clear by accident. */
    @Test
    void beyondLoopbackTakesTls() throws Exception {
        for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1", ""}) {
            assertThatThrownBy(() -> with("--listen-host", host)).as(host).hasMessageContaining("tls.certificate");
        }
        assertThat(with("--listen-host", "0.0.0.0", "--behind-proxy", "true").on(Setting.BEHIND_PROXY))
                .isTrue();
        assertThat(with("--listen-host", "0.0.0.0", "--tls-certificate", "c", "--tls-key", "k")
                        .path(Setting.TLS_KEY))
                .contains(Path.of("k"));
        assertThat(with("--listen-host", "::1").text(Setting.LISTEN_HOST)).isEqualTo("::1");
        assertThatThrownBy(() -> with("--tls-certificate", "c")).hasMessageContaining("belong together");
        assertThatThrownBy(() -> with("--tls-clients", "c")).hasMessageContaining("tls.clients needs");
    }

    @Test
    void everyDefaultIsValidAndEveryNameIsOnce() throws Exception {
        assertThat(with().effective().lines()).hasSize(Setting.values().length);
        assertThat(Stream.of(Setting.values()).map(Setting::flag)).doesNotHaveDuplicates();
        assertThat(Stream.of(Setting.values()).map(Setting::variable)).doesNotHaveDuplicates();
    }

    /** What operators read is what there is: docs/server.md has a row for every setting. */
    @Test
    void everySettingIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../../docs/server.md"));
        assertThat(Setting.values()).allSatisfy(setting -> assertThat(page).contains("| `" + setting.key() + "` |"));
    }
}
