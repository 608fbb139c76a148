package dev.aver.server.app;

import dev.aver.server.config.Config;
import dev.aver.server.config.ConfigException;
import dev.aver.server.gateway.api.Authenticator;
import dev.aver.server.ops.Metrics;
import dev.aver.server.service.Administration;
import dev.aver.server.service.ProvingService;
import java.io.IOException;
import java.time.Duration;

/** What does the work behind the gateway. */
public interface Backend extends AutoCloseable {
    /** The service. */
    ProvingService service();

    /** What administrators may do besides. */
    Administration administration();

    /** The keys. */
    Authenticator keys();

    /** Whether it accepts jobs. */
    boolean ready();

    /** Accepts no more jobs, and stops those in work where they can go on later. */
    void drain(Duration atMost);

    @Override
    void close();

    /** The proving engine. */
    static Factory engine() {
        return EngineBackend::open;
    }

    /** Starts one. */
    @FunctionalInterface
    interface Factory {
        /**
         * Opens what the settings say.
         *
         * @param metrics where its figures go
         */
        Backend open(Config config, Metrics metrics) throws IOException, ConfigException;
    }
}
