package dev.aver.cli.serve;

import dev.aver.server.app.Backend;
import dev.aver.server.config.ConfigException;

/** Where the server's engine is chosen: the one place that knows it. */
final class Engines {
    private Engines() {}

    /** What opens the engine. */
    static Backend.Factory factory() {
        return (config, metrics) -> {
            throw new ConfigException("this build has no engine, and serves nothing");
        };
    }
}
