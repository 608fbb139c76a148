package dev.aver.server.ops;

import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logs as lines of JSON, on {@code java.util.logging}, which is what the JDK, gRPC and Vert.x log to when there is
 * nothing else. A 32-digit id in a message that says "job" before it becomes the field {@code job}.
 */
public final class JsonLog extends Formatter {
    private static final Pattern JOB = Pattern.compile("\\bjob ([0-9a-f]{32})\\b");
    /** Report as errors what anyone can cause by sending nonsense. */
    private static final String[] NOISY = {"io.vertx.core.net.impl.ConnectionBase", "io.netty"};

    private final Logger[] noisy = new Logger[NOISY.length];

    private JsonLog() {}

    /** Sends all logs to {@code out} from now on, those of this level and above. */
    public static void install(OutputStream out, Level level) {
        JsonLog format = new JsonLog();
        Handler handler = new StreamHandler(out, format) {
            @Override
            public synchronized void publish(LogRecord record) {
                super.publish(record);
                flush();
            }
        };
        handler.setLevel(level);
        Logger root = Logger.getLogger("");
        for (Handler old : root.getHandlers()) {
            root.removeHandler(old);
        }
        root.addHandler(handler);
        root.setLevel(level);
        for (int i = 0; i < NOISY.length; i++) {
            // Held, because otherwise the logging system forgets the level with the logger.
            format.noisy[i] = Logger.getLogger(NOISY[i]);
            format.noisy[i].setLevel(Level.OFF);
        }
    }

    @Override
    public String format(LogRecord record) {
        String message = formatMessage(record);
        JsonObject line = new JsonObject()
                .put("time", record.getInstant().toString())
                .put("level", level(record.getLevel()))
                .put("logger", record.getLoggerName())
                .put("message", message);
        Matcher job = JOB.matcher(message);
        if (job.find()) {
            line.put("job", job.group(1));
        }
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.put("trace", trace.toString());
        }
        return line.encode() + "\n";
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue()
                ? "error"
                : level.intValue() >= Level.WARNING.intValue()
                        ? "warning"
                        : level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }
}
