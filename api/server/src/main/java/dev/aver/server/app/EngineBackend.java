package dev.aver.server.app;

import dev.aver.prover.ProverOptions;
import dev.aver.server.blob.MasterKey;
import dev.aver.server.config.Config;
import dev.aver.server.config.ConfigException;
import dev.aver.server.config.Setting;
import dev.aver.server.engine.Engine;
import dev.aver.server.engine.EngineOptions;
import dev.aver.server.gateway.api.Authenticator;
import dev.aver.server.ops.Metrics;
import dev.aver.server.service.Administration;
import dev.aver.server.service.ProvingService;
import dev.aver.server.store.Quota;
import dev.aver.server.store.Retention;
import dev.aver.zkvm.Limits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The engine as the settings want it. */
final class EngineBackend implements Backend {
    private static final System.Logger LOG = System.getLogger(EngineBackend.class.getName());

    /** Where the first key goes, in the data directory. */
    private static final String FIRST_KEY = "first.key";

    private final Engine engine;

    private EngineBackend(Engine engine) {
        this.engine = engine;
    }

    static Backend open(Config config, Metrics metrics) throws IOException, ConfigException {
        Path data = config.path(Setting.DATA).orElseThrow(() -> new ConfigException("data must name a directory"));
        Engine engine = Engine.open(options(config, data), new EngineFigures(metrics), InstantSource.system());
        try {
            Path first = data.resolve(FIRST_KEY).toAbsolutePath();
            if (engine.keys().createFirst(first)) {
                LOG.log(Level.INFO, "an administrator's key is in " + first);
            }
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
        EngineFigures.gauges(metrics, engine);
        return new EngineBackend(engine);
    }

    private static EngineOptions options(Config config, Path data) throws IOException, ConfigException {
        long memory = config.bytes(Setting.MEMORY);
        try {
            Limits limits = Limits.standard()
                    .withCycles(config.bytes(Setting.MAX_CYCLES))
                    .withInput(config.bytes(Setting.MAX_INPUT));
            return EngineOptions.standard(
                            data, masterKey(config, data), memory == 0 ? ProverOptions.available() : memory)
                    .withWorkers(config.count(Setting.PROVERS), config.count(Setting.EXECUTORS))
                    .withLimits(
                            limits,
                            size(config, Setting.MAX_PROGRAM),
                            size(config, Setting.MAX_RECEIPT),
                            Duration.ofHours(config.count(Setting.JOB_HOURS)))
                    .withQuota(
                            config.count(Setting.QUEUE),
                            new Quota(
                                    config.count(Setting.QUOTA_JOBS),
                                    config.bytes(Setting.QUOTA_CYCLES),
                                    config.bytes(Setting.QUOTA_BYTES)))
                    .withStorage(
                            new Retention(
                                    Duration.ofDays(config.count(Setting.KEEP_INPUTS)),
                                    Duration.ofDays(config.count(Setting.KEEP_RECEIPTS)),
                                    Duration.ofDays(config.count(Setting.KEEP_JOBS))),
                            config.bytes(Setting.DISK_FLOOR),
                            Duration.ofSeconds(5))
                    .withStrikes(config.count(Setting.STRIKES))
                    .withBackups(config.path(Setting.BACKUPS));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** These are held in an array. */
    private static int size(Config config, Setting setting) throws ConfigException {
        long bytes = config.bytes(setting);
        if (bytes > Integer.MAX_VALUE - 8) throw new ConfigException(setting.key() + " is at most 2g less 9 bytes");
        return (int) bytes;
    }

    private static MasterKey masterKey(Config config, Path data) throws IOException, ConfigException {
        String digits = config.text(Setting.MASTER_KEY);
        if (!digits.isEmpty()) {
            return MasterKey.parse(digits)
                    .orElseThrow(() -> new ConfigException(Setting.MASTER_KEY.key() + " is 64 hexadecimal digits"));
        }
        Optional<Path> file = config.path(Setting.MASTER_KEY_FILE);
        Path absolute = data.toAbsolutePath().normalize();
        return MasterKey.readOrCreate(file.orElseGet(() -> absolute.resolveSibling(absolute.getFileName() + ".key")));
    }

    @Override
    public ProvingService service() {
        return engine;
    }

    @Override
    public Administration administration() {
        return engine.administration();
    }

    @Override
    public Authenticator keys() {
        return engine.keys()::authenticate;
    }

    @Override
    public boolean ready() {
        return engine.ready();
    }

    @Override
    public void drain(Duration atMost) {
        engine.drain(atMost);
    }

    @Override
    public void close() {
        engine.close();
    }
}
