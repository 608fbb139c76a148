package dev.aver.cli.serve;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.server.app.AverServer;
import dev.aver.server.app.Backend;
import dev.aver.server.config.Config;
import dev.aver.server.config.ConfigException;
import dev.aver.server.config.Setting;
import dev.aver.server.ops.JsonLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.stream.Stream;

/** Starts a server, and stops it when the process is told to end. */
final class Serving {
    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "AVER_CONFIG";

    private Serving() {}

    /**
     * What the command line says.
     *
     * @param file the settings' file
     * @param check whether to print the settings only
     * @param help whether to print what there is to set only
     * @param flags values of settings by their flags
     */
    record Arguments(Optional<Path> file, boolean check, boolean help, Map<String, String> flags) {}

    static Arguments parse(List<String> arguments, Map<String, String> variables) throws CliException {
        Map<String, Setting> known = new LinkedHashMap<>();
        Stream.of(Setting.values()).forEach(setting -> known.put(setting.flag(), setting));
        Map<String, String> flags = new LinkedHashMap<>();
        Optional<String> file = Optional.ofNullable(variables.get(CONFIG_VARIABLE));
        boolean check = false;
        boolean help = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            Setting setting = known.get(name);
            if (name.equals("--check")) {
                check = true;
            } else if (name.equals("--help") || name.equals("-h")) {
                help = true;
            } else if (setting != null && setting.type() == Setting.Type.SWITCH && equals < 0) {
                flags.put(name, "true");
            } else if (setting != null && setting.type() == Setting.Type.SECRET) {
                throw usage(name + " would be seen by all users of the machine; use " + setting.variable());
            } else if (setting != null || name.equals(CONFIG)) {
                if (equals < 0 && ++i == arguments.size()) {
                    throw usage(name + " needs a value");
                }
                String value = equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
                if (setting == null) {
                    file = Optional.of(value);
                } else {
                    flags.put(name, value);
                }
            } else {
                throw usage("there is no " + name + "; see 'aver serve --help'");
            }
        }
        return new Arguments(file.map(Path::of), check, help, flags);
    }

    static int run(
            List<String> arguments, Environment environment, Map<String, String> variables, Backend.Factory factory)
            throws CliException, InterruptedException {
        PrintWriter out = environment.outText();
        Arguments given = parse(arguments, variables);
        if (given.help) {
            out.print(help());
            out.flush();
            return 0;
        }
        try {
            Config config = Config.of(given.file, variables, given.flags);
            if (given.check) {
                out.print(config.effective());
                out.flush();
                return 0;
            }
            JsonLog.install(environment.err(), level(config.text(Setting.LOG_LEVEL)));
            AverServer server = AverServer.start(config, factory);
            out.println("aver: serving on " + server.url());
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stopped.countDown();
            }));
            stopped.await();
            return 0;
        } catch (ConfigException e) {
            throw usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, String.valueOf(e.getMessage()));
        }
    }

    private static Level level(String name) throws ConfigException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> throw new ConfigException("log.level must be error, warning, info or debug, and it is " + name);
        };
    }

    private static CliException usage(String message) {
        return new CliException(ExitStatus.USAGE, message);
    }

    /** Every setting, as the table has it. */
    static String help() {
        StringBuilder help = new StringBuilder("""
                Usage: aver serve [--config FILE] [--check] [SETTINGS]
                Serves proofs to others: jobs that survive restarts, over gRPC, REST and a web page.

                --config FILE  a properties file of settings; also AVER_CONFIG
                --check        prints the settings in force and where each comes from, and ends

                A setting is a flag, a variable of the environment, or a line of the file; the first of these counts.

                """);
        for (Setting setting : Setting.values()) {
            String shown = setting.standard().isEmpty() ? "none" : setting.standard();
            help.append(String.format(
                    "%s, %s, %s%n    %s (%s)%n",
                    setting.flag(), setting.variable(), setting.key(), setting.meaning(), shown));
        }
        return help.toString();
    }
}
