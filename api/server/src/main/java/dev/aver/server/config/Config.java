package dev.aver.server.config;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings in force: a flag before the environment, that before the file, that before the default. */
public final class Config {
    private static final String SUFFIXES = "kmgt";

    private final Map<Setting, Value> values;

    private record Value(String text, String origin) {}

    private Config(Map<Setting, Value> values) {
        this.values = values;
    }

    /**
     * Reads and checks all settings.
     *
     * @param file a properties file, if there is one
     * @param environment variables
     * @param flags values by flag name, as {@code --listen-port}
     */
    public static Config of(Optional<Path> file, Map<String, String> environment, Map<String, String> flags)
            throws ConfigException {
        Map<String, String> inFile = file.isPresent() ? read(file.get()) : Map.of();
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Value value;
            if (flags.containsKey(setting.flag())) {
                value = new Value(flags.getOrDefault(setting.flag(), ""), setting.flag());
            } else if (environment.containsKey(setting.variable())) {
                value = new Value(environment.getOrDefault(setting.variable(), ""), setting.variable());
            } else if (inFile.containsKey(setting.key())) {
                value = new Value(
                        inFile.getOrDefault(setting.key(), ""),
                        file.orElseThrow().toString());
            } else {
                value = new Value(setting.standard(), "default");
            }
            values.put(setting, value);
        }
        Config config = new Config(values);
        config.check();
        return config;
    }

    private static Map<String, String> read(Path file) throws ConfigException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read " + file + ": " + e);
        }
        TreeSet<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(Stream.of(Setting.values()).map(Setting::key).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw new ConfigException(file + " sets " + String.join(", ", unknown) + ", which there is not");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> properties.getProperty(name).strip()));
    }

    private void check() throws ConfigException {
        for (Setting setting : Setting.values()) {
            switch (setting.type()) {
                case COUNT -> number(setting, Integer.MAX_VALUE);
                case BYTES -> number(setting, Long.MAX_VALUE);
                case SWITCH -> {
                    if (!text(setting).equals("true") && !text(setting).equals("false")) {
                        throw wrong(setting, "true or false");
                    }
                }
                case TEXT, PATH, SECRET -> {}
            }
        }
        if (count(Setting.LISTEN_PORT) > 65_535) {
            throw wrong(Setting.LISTEN_PORT, "0 to 65535");
        }
        if (text(Setting.TLS_CERTIFICATE).isEmpty() != text(Setting.TLS_KEY).isEmpty()) {
            throw new ConfigException("tls.certificate and tls.key belong together");
        }
        boolean tls = !text(Setting.TLS_CERTIFICATE).isEmpty();
        if (!tls && !text(Setting.TLS_CLIENTS).isEmpty()) {
            throw new ConfigException("tls.clients needs tls.certificate and tls.key");
        }
        if (!tls && !on(Setting.BEHIND_PROXY) && !loopback(text(Setting.LISTEN_HOST))) {
            throw new ConfigException("listening on " + text(Setting.LISTEN_HOST)
                    + " would send keys over the network in the clear; set tls.certificate and tls.key, or behind.proxy if a"
                    + " proxy ends TLS");
        }
    }

    private static boolean loopback(String host) throws ConfigException {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException("listen.host is " + host + ", which has no address");
        }
    }

    /** A setting's text. */
    public String text(Setting setting) {
        Value value = values.get(setting);
        return value == null ? setting.standard() : value.text;
    }

    /** A setting's path. */
    public Optional<Path> path(Setting setting) {
        String text = text(setting);
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    /** A switch's position. */
    public boolean on(Setting setting) {
        return text(setting).equals("true");
    }

    /** A setting's number. */
    public int count(Setting setting) {
        return (int) bytes(setting);
    }

    /** A setting's number of bytes. */
    public long bytes(Setting setting) {
        try {
            return number(setting, Long.MAX_VALUE);
        } catch (ConfigException e) {
            throw new IllegalStateException("settings are checked when read", e);
        }
    }

    /** A setting's seconds. */
    public Duration seconds(Setting setting) {
        return Duration.ofSeconds(bytes(setting));
    }

    private long number(Setting setting, long most) throws ConfigException {
        String text = text(setting);
        boolean bytes = setting.type() == Setting.Type.BYTES;
        int power = bytes && !text.isEmpty()
                ? SUFFIXES.indexOf(Character.toLowerCase(text.charAt(text.length() - 1))) + 1
                : 0;
        String wanted = bytes ? "a number of bytes, with k, m, g or t" : "a number from 0 to " + most;
        try {
            long number = Long.parseLong(power > 0 ? text.substring(0, text.length() - 1) : text);
            if (number < 0 || number > most >> (10 * power)) {
                throw wrong(setting, wanted);
            }
            return number << (10 * power);
        } catch (NumberFormatException e) {
            throw wrong(setting, wanted);
        }
    }

    private ConfigException wrong(Setting setting, String wanted) {
        Value value = values.get(setting);
        return new ConfigException(setting.key() + " must be " + wanted + ", and "
                + (value == null ? "" : value.origin + " says ")
                + (setting.type() == Setting.Type.SECRET ? "something else" : text(setting)));
    }

    /** The settings in force, one a line: name, value, origin. Secrets are not shown. */
    public String effective() {
        StringBuilder lines = new StringBuilder();
        values.forEach((setting, value) -> {
            String shown = setting.type() == Setting.Type.SECRET && !value.text.isEmpty() ? "(set)" : value.text;
            lines.append(String.format("%-24s = %-32s # %s%n", setting.key(), shown, value.origin));
        });
        return lines.toString();
    }
}
