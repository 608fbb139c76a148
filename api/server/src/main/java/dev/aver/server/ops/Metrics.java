package dev.aver.server.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Counters, gauges and histograms by name, written in Prometheus' text format (version 0.0.4). Labels have few values:
 * no ids, and nothing that a client chose.
 */
public final class Metrics {
    private final Map<String, Family> families = new ConcurrentHashMap<>();

    /** What is written of a family for some values of its labels. */
    sealed interface Series {
        /** Writes its lines. */
        void write(StringBuilder out, String name, String labels);
    }

    private record Family(String name, String type, String help, String[] labels, Map<List<String>, Series> series) {}

    /** Grows. */
    public static final class Counter implements Series {
        private final LongAdder count = new LongAdder();

        /** By one. */
        public void increment() {
            count.increment();
        }

        /** By {@code amount}, not below 0. */
        public void add(long amount) {
            count.add(amount);
        }

        @Override
        public void write(StringBuilder out, String name, String labels) {
            line(out, name, labels, (double) count.sum());
        }
    }

    /** How often values were how large. */
    public static final class Histogram implements Series {
        private final double[] bounds;
        private final long[] counts;
        private double sum;

        private Histogram(double[] bounds) {
            this.bounds = bounds;
            counts = new long[bounds.length + 1];
        }

        /** One more value. */
        public synchronized void record(double value) {
            int at = Arrays.binarySearch(bounds, value);
            counts[at < 0 ? -at - 1 : at]++;
            sum += value;
        }

        @Override
        public synchronized void write(StringBuilder out, String name, String labels) {
            String before = labels.isEmpty() ? "" : labels + ",";
            long below = 0;
            for (int i = 0; i < counts.length; i++) {
                below += counts[i];
                String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
                line(out, name + "_bucket", before + "le=\"" + bound + "\"", (double) below);
            }
            line(out, name + "_sum", labels, sum);
            line(out, name + "_count", labels, (double) below);
        }
    }

    /** Counters of a name, one for each value of the labels. */
    public static final class Counters {
        private final Family family;

        private Counters(Family family) {
            this.family = family;
        }

        /** The one for these values. */
        public Counter of(String... values) {
            return (Counter) family.series.computeIfAbsent(List.of(values), key -> new Counter());
        }
    }

    /** Histograms of a name, one for each value of the labels. */
    public static final class Histograms {
        private final Family family;
        private final double[] bounds;

        private Histograms(Family family, double[] bounds) {
            this.family = family;
            this.bounds = bounds;
        }

        /** The one for these values. */
        public Histogram of(String... values) {
            return (Histogram) family.series.computeIfAbsent(List.of(values), key -> new Histogram(bounds));
        }
    }

    private record Gauge(DoubleSupplier value) implements Series {
        @Override
        public void write(StringBuilder out, String name, String labels) {
            line(out, name, labels, value.getAsDouble());
        }
    }

    /** Counters named {@code name}, which ends in {@code _total}. */
    public Counters counters(String name, String help, String... labels) {
        return new Counters(family(name, "counter", help, labels));
    }

    /** Histograms named {@code name}, with these upper bounds, ascending. */
    public Histograms histograms(String name, String help, double[] bounds, String... labels) {
        return new Histograms(family(name, "histogram", help, labels), bounds.clone());
    }

    /** A value that is asked for when written. */
    public void gauge(String name, String help, DoubleSupplier value) {
        family(name, "gauge", help).series.put(List.of(), new Gauge(value));
    }

    private Family family(String name, String type, String help, String... labels) {
        return families.computeIfAbsent(name, key -> new Family(name, type, help, labels, new ConcurrentHashMap<>()));
    }

    /** All of them. */
    public String text() {
        StringBuilder out = new StringBuilder();
        List<String> names = new ArrayList<>(families.keySet());
        names.sort(null);
        for (String name : names) {
            Family family = families.get(name);
            if (family == null) {
                continue;
            }
            out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            family.series.forEach((values, series) -> series.write(out, name, labels(family.labels, values)));
        }
        return out.toString();
    }

    private static String labels(String[] names, List<String> values) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            String value =
                    values.get(i).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "" : ",")
                    .append(names[i])
                    .append("=\"")
                    .append(value)
                    .append('"');
        }
        return labels.toString();
    }

    private static void line(StringBuilder out, String name, String labels, double value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
